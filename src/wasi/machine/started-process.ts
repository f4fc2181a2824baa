import type {
  ProcessObserver,
  ProcessSettings,
  ProcessUsage,
  RunningProcess,
  TerminalSize,
} from "../../machine/process.js";
import { processText } from "../../machine/process-text.js";
import { AT_FDCWD, O_RDONLY } from "../abi/linux/fcntl.js";
import { SIGKILL, signalNumber } from "../abi/linux/signal.js";
import { Errno } from "../errno.js";
import { checkForkAllowed } from "../kernel/fork.js";
import { Job } from "../kernel/job.js";
import type { Kernel } from "../kernel/kernel.js";
import { exitProcess, waitStatus } from "../kernel/lifecycle.js";
import type { OpenFile } from "../kernel/open-file.js";
import type { CommandSource, Process, WaitStatus } from "../kernel/process.js";
import { type Checkpoint, openFilesOf, restoreCheckpoint } from "./checkpoint.js";
import { encodeCommand } from "./command-block.js";
import { CommandInput } from "./command-input.js";
import { CommandOutput } from "./command-output.js";
import { toOutcome } from "./outcome.js";

/** Hands the one command of a process to the copy of the shell that it begins as. */
class OneCommand implements CommandSource {
  constructor(
    private readonly block: Uint8Array,
    private readonly process: Process,
  ) {}

  next(): number {
    return this.block.length;
  }

  /** A copy draws other random numbers than the shell. */
  fetch(into: Uint8Array): number {
    into.set(this.block.subarray(0, into.length));
    return RESTORED;
  }

  /** Where an error has kept the shell from its `exit`. */
  done(status: number): void {
    this.process.exiting = waitStatus.exited(status);
  }
}

/** What session_fetch returns to a shell that is to seed its random numbers anew (guest/programs/bash/session.c). */
const RESTORED = 1;

/** A process beside the session's shell, which begins as a copy of it. Its processes are a job. */
export class StartedProcess implements RunningProcess {
  private readonly job: Job;
  private readonly process: Process;
  private readonly input: CommandInput | undefined;
  private readonly outputs: readonly CommandOutput[];
  private openOutputs = 2;
  private ended = false;

  /** `shell`: what it begins as. `cwd`: an absolute path, or "" for the shell's. EAGAIN, ENOMEM when there is no room for it. */
  constructor(
    private readonly kernel: Kernel,
    shell: Checkpoint,
    settings: ProcessSettings,
    cwd: string,
    private readonly observer: ProcessObserver,
    /** Calls back when nothing of the job is about to run. */
    private readonly whenQuiet: (job: Job, done: () => void) => void,
  ) {
    checkForkAllowed(kernel.init);
    this.job = new Job(kernel);
    const process = kernel.createProcess(kernel.init, shell.credentials, shell.fs);
    this.process = process;
    const closed = (): void => this.outputClosed();
    this.outputs = [
      new CommandOutput(process, (bytes) => observer.output("stdout", bytes), closed),
      new CommandOutput(process, (bytes) => observer.output("stderr", bytes), closed),
    ];
    this.input =
      settings.stdin === "pipe"
        ? new CommandInput(process, (bytes) => observer.inputTaken(bytes))
        : undefined;
    const fds = openFilesOf(shell);
    const [output, error] = this.outputs as [CommandOutput, CommandOutput];
    fds.set(0, this.input ?? emptyInput(process));
    fds.set(1, output);
    fds.set(2, error);
    process.commands = new OneCommand(
      encodeCommand({ ...settings, text: processText(settings.text) }, cwd),
      process,
    );
    this.job.add(process);
    try {
      restoreCheckpoint(process, { ...shell, children: [] }, fds);
    } catch (error) {
      process.fds = fds;
      this.openOutputs = 0;
      exitProcess(process, SIGKILL);
      throw error instanceof RangeError ? Errno.ENOMEM : error;
    }
    process.onExit = (status) => this.exited(status);
    observer.started(process.pid);
  }

  write(bytes: Uint8Array): void {
    if (this.input === undefined) this.observer.inputTaken(bytes.length);
    else this.input.push(bytes);
  }

  closeInput(): void {
    this.input?.end();
  }

  signal(name: string): void {
    const signal = signalNumber(name);
    if (signal !== undefined) this.job.signal(signal);
  }

  kill(): void {
    this.job.end();
  }

  resize(_size: TerminalSize): void {}

  resume(): void {
    for (const output of this.outputs) output.resume();
  }

  usage(): ProcessUsage {
    const { process, kernel } = this;
    return {
      state: process.state === "stopped" ? "stopped" : "running",
      cpuMs: kernel.scheduler.cpuMs(process) + process.childrenCpuMs,
    };
  }

  private exited(status: WaitStatus): void {
    const cpuMs = this.process.cpuMs + this.process.childrenCpuMs;
    this.whenQuiet(this.job, () => {
      this.ended = true;
      this.observer.ended({ outcome: toOutcome(status), cpuMs, limit: this.job.limit });
      if (this.openOutputs === 0) this.observer.closed();
    });
  }

  private outputClosed(): void {
    this.openOutputs--;
    if (this.openOutputs === 0 && this.ended) this.observer.closed();
  }
}

function emptyInput(process: Process): OpenFile {
  return process.kernel.vfs.open(process, AT_FDCWD, "/dev/null", O_RDONLY, 0) as OpenFile; // a device does not block
}
