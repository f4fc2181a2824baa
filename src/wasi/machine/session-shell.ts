import type { Command } from "../../machine/machine.js";
import { SIGKILL, SIGTERM } from "../abi/linux/signal.js";
import { MemorySnapshot } from "../abi/linux/snapshot.js";
import type { FdTable } from "../kernel/fd-table.js";
import type { Job } from "../kernel/job.js";
import type { Kernel } from "../kernel/kernel.js";
import { exitProcess, waitStatus } from "../kernel/lifecycle.js";
import type { CommandSource, Process, WaitStatus } from "../kernel/process.js";
import { WaitQueue } from "../kernel/wait-queue.js";
import { SESSION_NEXT } from "../syscalls/session.js";
import type { FsContext } from "../vfs/vfs.js";
import { type Checkpoint, openFilesOf, restoreCheckpoint, takeCheckpoint } from "./checkpoint.js";
import { encodeCommand } from "./command-block.js";
import type { CommandFiles } from "./command-files.js";

interface Assignment {
  readonly block: Uint8Array;
  readonly files: CommandFiles;
  readonly job: Job;
  readonly onEnd: (status: WaitStatus) => void;
}

/** What session_fetch tells a shell: whether it was restored from an image and has to seed its random numbers anew. */
const STARTED_HERE = 0;
const RESTORED = 1;

/**
 * The session's long-lived bash. It gets one command at a time through its private system calls (syscalls/session.ts). Whenever
 * it waits, its state is kept, so that a command that ends the shell (exit, exec, a signal, a crash) leaves the session with
 * the shell as it was before that command.
 */
export class SessionShell implements CommandSource {
  private readonly waiting = new WaitQueue();
  private assignment: Assignment | undefined;
  private pristine: Checkpoint | undefined;
  /** The shell has not been restored from one that had worked already. */
  private isNew = true;
  /** The shell as it waits, or waited for the command in hand. */
  private latest: Checkpoint | undefined;
  private latestIsCurrent = false;
  private salvaged: FdTable | undefined;
  private restored = false;
  private readonly copiers: ((state: Checkpoint) => void)[] = [];

  /** `process` is about to run bash, or is restored from an image of it; it becomes the session's shell. */
  constructor(
    private readonly kernel: Kernel,
    public process: Process,
  ) {
    this.adopt(process);
  }

  /** The shell as it was when it first waited for a command; undefined before that. */
  get initialState(): Checkpoint | undefined {
    return this.pristine;
  }

  /** The shell as it waits, or as it was before the command in hand; undefined before it first waited. */
  get state(): Checkpoint | undefined {
    return this.latest ?? this.pristine;
  }

  /** What a copy begins as: `state`, but undefined after a command until the shell waits again. */
  get stateToCopy(): Checkpoint | undefined {
    return this.assignment !== undefined || this.latestIsCurrent ? this.state : undefined;
  }

  /** Calls back when the shell waits. */
  whenWaiting(callback: (state: Checkpoint) => void): void {
    this.copiers.push(callback);
  }

  /** Begins with a shell in the state `image`, which was taken elsewhere; `isNew`: before its first command. */
  restore(image: Checkpoint, isNew: boolean): void {
    this.restored = true;
    this.isNew = isNew;
    restoreCheckpoint(this.process, image, this.process.fds);
  }

  /** The shell as it waits for a command, valid until it gets one; undefined while it does not wait. */
  get waitingState(): Checkpoint | undefined {
    const { process, assignment } = this;
    const waits = process.state !== "running" && process.call?.number === SESSION_NEXT;
    return waits && assignment === undefined ? this.current(process) : undefined;
  }

  /** Hands over a command; `onEnd` gets the status it ended with, as wait(2) would report it. */
  run(
    command: Command,
    cwd: string,
    files: CommandFiles,
    job: Job,
    onEnd: (status: WaitStatus) => void,
  ): void {
    this.assignment = { block: encodeCommand(command, cwd), files, job, onEnd };
    this.waiting.wake();
  }

  /** Goes back to the shell as it was when the session began, standing in `fs`. False if it had begun elsewhere: then it is gone. */
  reset(fs: FsContext): boolean {
    this.stop();
    const { pristine } = this;
    if (pristine === undefined) return false;
    this.restored = true;
    this.revive({ ...pristine, fs, children: [] }, openFilesOf(pristine));
    return true;
  }

  /** Ends the shell for good. */
  stop(): void {
    this.assignment = undefined;
    const { process } = this;
    process.onDying = undefined;
    process.onExit = undefined;
    exitProcess(process, SIGKILL);
  }

  next(process: Process): number {
    // The first run of the call comes from within the program. Only when it is run again is the program suspended, with its
    // state in memory.
    if (process.state === "running") {
      this.latestIsCurrent = false;
      return process.sleepUntil(0);
    }
    if (this.isNew) this.pristine ??= takeCheckpoint(process);
    const state = this.current(process);
    for (const begin of this.copiers.splice(0)) begin(state);
    const { assignment } = this;
    if (assignment === undefined) return process.sleepOn(this.waiting);
    if (assignment.job.ended) {
      this.end(waitStatus.killed(SIGTERM));
      return process.sleepOn(this.waiting);
    }
    assignment.job.add(process);
    assignment.files.installIn(process);
    this.latestIsCurrent = false;
    return assignment.block.length;
  }

  fetch(into: Uint8Array): number {
    if (this.assignment !== undefined) into.set(this.assignment.block.subarray(0, into.length));
    const answer = this.restored ? RESTORED : STARTED_HERE;
    this.restored = false;
    return answer;
  }

  done(status: number): void {
    this.process.job?.remove(this.process);
    this.process.job = undefined;
    this.end(waitStatus.exited(status));
  }

  /** The state of the suspended shell. */
  private current(process: Process): Checkpoint {
    if (this.latest === undefined || !this.latestIsCurrent)
      this.latest = takeCheckpoint(process, this.latest?.memory ?? new MemorySnapshot());
    this.latestIsCurrent = true;
    return this.latest;
  }

  private end(status: WaitStatus): void {
    const { assignment } = this;
    this.assignment = undefined;
    assignment?.onEnd(status);
  }

  private adopt(process: Process): void {
    this.process = process;
    process.commands = this;
    process.onDying = () => {
      const checkpoint = this.state;
      this.salvaged = checkpoint === undefined ? undefined : openFilesOf(checkpoint);
    };
    process.onExit = (status) => {
      const checkpoint = this.state;
      if (checkpoint === undefined || this.salvaged === undefined) {
        this.kernel.host.log("error", "the session's shell could not be started", { status });
      } else this.revive(checkpoint, this.salvaged);
      this.end(status);
    };
  }

  private revive(checkpoint: Checkpoint, fds: FdTable): void {
    const { kernel, process: old } = this;
    const process = kernel.createProcess(kernel.init, checkpoint.credentials, checkpoint.fs, old.pid);
    this.adopt(process);
    restoreCheckpoint(process, checkpoint, fds);
  }
}
