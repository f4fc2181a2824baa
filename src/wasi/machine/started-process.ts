import type {
  ProcessObserver,
  ProcessSettings,
  ProcessUsage,
  RunningProcess,
  TerminalSize,
} from "../../machine/process.js";
import { processText } from "../../machine/process-text.js";
import { TERMINAL_TYPE } from "../../machine/session-environment.js";
import { SIGKILL, signalNumber } from "../abi/linux/signal.js";
import { Errno } from "../errno.js";
import { checkForkAllowed } from "../kernel/fork.js";
import { Job } from "../kernel/job.js";
import type { Kernel } from "../kernel/kernel.js";
import { exitProcess, waitStatus } from "../kernel/lifecycle.js";
import type { CommandSource, Process, WaitStatus } from "../kernel/process.js";
import { type Checkpoint, openFilesOf, restoreCheckpoint } from "./checkpoint.js";
import { encodeCommand } from "./command-block.js";
import { toOutcome } from "./outcome.js";
import { type ProcessFiles, ProcessPipes } from "./process-files.js";
import { ProcessTerminal } from "./process-terminal.js";
import type { SessionShell } from "./session-shell.js";
import { whenQuiet } from "./when-quiet.js";

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
  private readonly files: ProcessFiles;
  private ended = false;

  /**
   * `shell`: what it begins as, at once or when that waits for a command again. `cwd`: an absolute path, or "" for the shell's. EAGAIN,
   * ENOMEM, ENOSPC when there is no room for it.
   */
  constructor(
    private readonly kernel: Kernel,
    shell: SessionShell,
    settings: ProcessSettings,
    cwd: string,
    private readonly observer: ProcessObserver,
  ) {
    checkForkAllowed(kernel.init);
    this.job = new Job(kernel);
    const { credentials, fs } = shell.process;
    const process = kernel.createProcess(kernel.init, credentials, fs);
    this.process = process;
    const { terminal, stdin, text, env } = settings;
    this.files = makeFiles(process, terminal ?? stdin, observer, () => this.outputClosed());
    this.files.installIn(process.fds);
    const command = {
      text: processText(text),
      env: terminal === undefined ? (env ?? {}) : { TERM: TERMINAL_TYPE, ...env },
    };
    process.commands = new OneCommand(encodeCommand(command, cwd), process);
    this.job.add(process);
    const { stateToCopy } = shell;
    if (stateToCopy !== undefined) this.begin(stateToCopy);
    else shell.whenWaiting((state) => this.beginLater(state));
  }

  write(bytes: Uint8Array): void {
    this.files.write(bytes);
  }

  closeInput(): void {
    this.files.closeInput();
  }

  signal(name: string): void {
    const signal = signalNumber(name);
    if (signal !== undefined) this.job.signal(signal);
  }

  kill(): void {
    this.job.end();
  }

  resize(size: TerminalSize): void {
    this.files.resize(size);
  }

  resume(): void {
    this.files.resume();
  }

  usage(): ProcessUsage {
    const { process, kernel } = this;
    return {
      state: process.state === "stopped" ? "stopped" : "running",
      cpuMs: kernel.scheduler.cpuMs(process) + process.childrenCpuMs,
    };
  }

  private begin(shell: Checkpoint): void {
    const { process } = this;
    const fds = openFilesOf(shell);
    this.files.installIn(fds);
    process.fds.closeAll();
    process.fds = fds;
    try {
      restoreCheckpoint(process, { ...shell, children: [] }, fds);
    } catch (error) {
      exitProcess(process, SIGKILL);
      throw error instanceof RangeError ? Errno.ENOMEM : error;
    }
    process.onExit = (status) => this.exited(status);
    this.observer.started(process.pid);
  }

  private beginLater(shell: Checkpoint): void {
    if (!this.process.alive) return;
    try {
      this.begin(shell);
    } catch (error) {
      if (!(error instanceof Errno)) throw error;
      this.observer.failed(error);
    }
  }

  private exited(status: WaitStatus): void {
    const cpuMs = this.process.cpuMs + this.process.childrenCpuMs;
    whenQuiet(this.job, this.kernel, () => {
      this.ended = true;
      this.observer.ended({ outcome: toOutcome(status), cpuMs, limit: this.job.limit });
      if (!this.files.open) this.observer.closed();
    });
  }

  private outputClosed(): void {
    if (this.ended) this.observer.closed();
  }
}

function makeFiles(
  process: Process,
  kind: "null" | "pipe" | TerminalSize,
  observer: ProcessObserver,
  closed: () => void,
): ProcessFiles {
  if (typeof kind === "string") return new ProcessPipes(process, kind, observer, closed);
  try {
    return new ProcessTerminal(process, kind, observer, closed);
  } catch (error) {
    exitProcess(process, SIGKILL);
    throw error;
  }
}
