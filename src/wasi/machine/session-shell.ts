import type { Command } from "../../machine/machine.js";
import { LinuxInstance } from "../abi/linux/instance.js";
import type { Program } from "../abi/linux/program.js";
import { MemorySnapshot } from "../abi/linux/snapshot.js";
import type { Credentials } from "../kernel/credentials.js";
import type { FdTable } from "../kernel/fd-table.js";
import type { Job } from "../kernel/job.js";
import type { Kernel } from "../kernel/kernel.js";
import { Process, type CommandSource, type PendingCall, type WaitStatus } from "../kernel/process.js";
import type { ResourceLimits } from "../kernel/limits.js";
import type { SignalState } from "../kernel/signal-state.js";
import { SIGKILL } from "../abi/linux/signal.js";
import { exitProcess, waitStatus } from "../kernel/lifecycle.js";
import { WaitQueue } from "../kernel/wait-queue.js";
import type { FsContext } from "../vfs/vfs.js";
import { encodeName } from "../vfs/name.js";
import type { CommandFiles } from "./command-files.js";

/** All that makes up a shell that waits for its next command. */
interface Checkpoint {
  readonly program: Program;
  readonly memory: MemorySnapshot;
  readonly call: PendingCall;
  readonly fds: FdTable;
  readonly fs: FsContext;
  readonly credentials: Credentials;
  readonly signals: SignalState;
  readonly limits: ResourceLimits;
  readonly children: readonly Process[];
  readonly identity: Pick<Process, "comm" | "exe" | "argv" | "environ">;
}

interface Assignment {
  readonly block: Uint8Array;
  readonly files: CommandFiles;
  readonly job: Job;
  readonly onEnd: (status: WaitStatus) => void;
  started: boolean;
}

/**
 * The session's long-lived bash. It gets one command at a time through its private system calls (syscalls/session.ts). Before
 * each command its state is kept, so that a command that ends the shell (exit, exec, a signal, a crash) leaves the session with
 * the shell as it was before that command.
 */
export class SessionShell implements CommandSource {
  process: Process;
  private readonly waiting = new WaitQueue();
  private assignment: Assignment | undefined;
  private pristine: Checkpoint | undefined;
  /** The shell as it waits or waited for the command in hand. */
  private latest: Checkpoint | undefined;
  private latestIsCurrent = false;

  /** `process` is about to run bash; it becomes the session's shell. */
  constructor(
    private readonly kernel: Kernel,
    process: Process,
  ) {
    this.process = process;
    this.adopt(process);
  }

  /** Hands over a command; `onEnd` gets the status it ended with, as wait(2) would report it. */
  run(command: Command, cwd: string, files: CommandFiles, job: Job, onEnd: (status: WaitStatus) => void): void {
    this.assignment = { block: encodeCommand(command, cwd), files, job, onEnd, started: false };
    this.waiting.wake();
    this.kernel.scheduler.run();
  }

  /** Goes back to the shell as it was when the session began, standing in `fs`. */
  reset(fs: FsContext): void {
    this.assignment = undefined;
    this.process.onExit = undefined;
    exitProcess(this.process, SIGKILL);
    const { pristine } = this;
    if (pristine !== undefined) this.revive({ ...pristine, fs, children: [] });
  }

  next(process: Process): number {
    // The first run of the call comes from within the program. Only when it is run again is the program suspended, with its
    // state in memory.
    if (process.state === "running") {
      this.latestIsCurrent = false;
      return process.sleepUntil(0);
    }
    this.pristine ??= this.checkpoint(process, new MemorySnapshot());
    if (!this.latestIsCurrent) {
      const previous = this.latest;
      this.latest = this.checkpoint(process, previous?.memory ?? new MemorySnapshot());
      previous?.fds.closeAll();
      this.latestIsCurrent = true;
    }
    const { assignment } = this;
    if (assignment === undefined) return process.sleepOn(this.waiting);
    assignment.job.add(process);
    assignment.files.installIn(process);
    assignment.started = true;
    return assignment.block.length;
  }

  fetch(into: Uint8Array): number {
    const block = this.assignment?.block ?? new Uint8Array();
    into.set(block.subarray(0, into.length));
    return block.length;
  }

  done(status: number): void {
    this.process.job?.remove(this.process);
    this.process.job = undefined;
    this.end(waitStatus.exited(status));
  }

  private end(status: WaitStatus): void {
    const { assignment } = this;
    this.assignment = undefined;
    assignment?.onEnd(status);
  }

  private adopt(process: Process): void {
    this.process = process;
    process.commands = this;
    process.onExit = (status) => {
      const checkpoint = this.latest ?? this.pristine;
      if (checkpoint === undefined) {
        this.kernel.host.log("error", "the session's shell could not be started", { status });
      } else this.revive(checkpoint);
      this.end(status);
    };
  }

  private checkpoint(process: Process, memory: MemorySnapshot): Checkpoint {
    const instance = process.instance as LinuxInstance; // bash is a program of the Linux ABI
    instance.snapshotTo(memory);
    return {
      program: instance.program,
      memory,
      call: process.call as PendingCall, // it is in the call that asks for a command
      fds: process.fds.clone(),
      fs: process.fs.clone(),
      credentials: process.credentials,
      signals: process.signals.clone(),
      limits: process.limits.clone(),
      children: [...process.children],
      identity: { comm: process.comm, exe: process.exe, argv: process.argv, environ: process.environ },
    };
  }

  private revive(checkpoint: Checkpoint): void {
    const { kernel } = this;
    const process = new Process(kernel, this.process.pid, kernel.init, {
      fds: checkpoint.fds.clone(),
      fs: checkpoint.fs.clone(),
      credentials: checkpoint.credentials,
      signals: checkpoint.signals.clone(),
      limits: checkpoint.limits.clone(),
    });
    Object.assign(process, checkpoint.identity);
    process.pgid = process.pid;
    process.sid = process.pid;
    process.instance = LinuxInstance.restore(process, checkpoint.program, checkpoint.memory);
    process.call = { ...checkpoint.call, interrupted: false };
    for (const child of checkpoint.children) {
      if (!child.alive) continue;
      child.parent?.children.delete(child);
      child.parent = process;
      process.children.add(child);
    }
    kernel.init.children.add(process);
    kernel.processes.add(process);
    this.adopt(process);
    kernel.scheduler.enqueue(process);
  }
}

/** The block of strings that guest/programs/bash/session.c takes apart. */
function encodeCommand(command: Command, cwd: string): Uint8Array {
  const assignments = Object.entries(command.env ?? {}).map(([name, value]) => (value === null ? name : `${name}=${value}`));
  return encodeName([cwd, ...assignments, "", command.text, ""].join("\0"));
}
