import { Errno } from "../errno.js";
import type { FsContext } from "../vfs/vfs.js";
import { inheritedAttributes, type ProcessAttributes } from "./attributes.js";
import { BLOCKED, type Result } from "./blocked.js";
import type { Credentials } from "./credentials.js";
import type { FdTable } from "./fd-table.js";
import type { Instance } from "./instance.js";
import type { Job } from "./job.js";
import type { Kernel } from "./kernel.js";
import type { ResourceLimits } from "./limits.js";
import { ProcessTimers } from "./process-timers.js";
import type { SignalState } from "./signal-state.js";
import { StringVector } from "./string-vector.js";
import type { Timer } from "./timers.js";
import type { Terminal } from "./tty/terminal.js";
import type { UserMemory } from "./user-memory.js";
import { WaitQueue } from "./wait-queue.js";

/**
 * - `ready`: in the run queue; `running`: on the JavaScript stack now, or below a nested run of the scheduler
 * - `blocked`: its system call waits; `stopped`: by SIGSTOP, SIGTSTP, SIGTTIN or SIGTTOU until SIGCONT
 * - `zombie`: ended, not waited for; `dead`: reaped
 */
export type ProcessState = "ready" | "running" | "blocked" | "stopped" | "zombie" | "dead";

/** The six arguments of a system call as the program gave them. */
export type Registers = readonly [a: number, b: number, c: number, d: number, e: number, f: number];

/** The system call under way, with what a handler that is run again has to remember. */
export interface PendingCall {
  readonly number: number;
  readonly args: Registers;
  /** Bytes already transferred by this call. */
  done: number;
  /** `kernel.clock.monotonic()` time in ms at which the call gives up; undefined until set. */
  deadline: number | undefined;
  /** Anything else a handler keeps between runs, for example the FIFO end it has opened. */
  scratch: unknown;
  /**
   * Set when a caught signal has come in and the handler is run a last time: it may finish, or throw EINTR after writing what
   * an interrupted call reports. If it returns BLOCKED, the call ends with `done`, with EINTR, or starts again (SA_RESTART).
   */
  interrupted: boolean;
  /** What the call does, where it is none of the table: a call of another ABI. */
  readonly attempt?: () => Result;
  /** Gives up what the call holds. Called when the process dies within it. */
  cleanup?: (() => void) | undefined;
}

/** What the session's shell asks for work; see syscalls/session.ts. */
export interface CommandSource {
  /** The size of the next command in bytes, or BLOCKED. */
  next(process: Process): number;
  fetch(into: Uint8Array): number;
  done(status: number): void;
}

/** How a process ended or changed, as wait4(2) encodes it. */
export type WaitStatus = number;

/**
 * One thread of a process: what Linux keeps in a task. What the threads of a process have in common is kept in the first of
 * them, the leader, which stands for the process. Behaviour lives in the files named after what is done (fork, exec, wait …).
 */
export class Process {
  /** The number of the process, and that of this thread. */
  readonly pid: number;
  readonly leader: Process;
  /** The threads that have not ended, the leader among them. */
  readonly threads: Set<Process>;
  state: ProcessState = "ready";
  parent: Process | undefined;
  readonly children = new Set<Process>();
  pgid: number;
  sid: number;
  /** The controlling terminal. */
  terminal: Terminal | undefined;

  /** Name as in /proc/PID/comm, at most 15 bytes. */
  comm = "";
  /** The absolute path of the program (/proc/PID/exe). */
  exe = "";
  argv = StringVector.EMPTY;
  /** The environment at exec time (/proc/PID/environ). */
  environ = StringVector.EMPTY;

  /** Where the session's own shell gets its commands; other processes have none; a fork and an exec lose it. */
  commands: CommandSource | undefined;

  /** The request that this process works for; inherited by its children. */
  job: Job | undefined;

  /** Set from exec on; a zombie has none. The threads of a process have one each, over the same memory. */
  instance: Instance | undefined;

  call: PendingCall | undefined;
  /** The queues this process is a member of while it is blocked. */
  sleepingOn: WaitQueue[] = [];
  sleepTimer: Timer | undefined;

  /** Woken when a child changes state. */
  readonly childChanged = new WaitQueue();
  /** The status that wait reports; undefined while there is nothing to report. */
  exitStatus: WaitStatus | undefined;
  /** A stop or continue that wait has not reported yet. */
  changeToReport: { kind: "stopped"; signal: number } | { kind: "continued" } | undefined;

  /** Undefined until the first one is asked for. */
  intervalTimers: ProcessTimers | undefined;

  attributes: ProcessAttributes;
  /** It has executed a program since it was forked, so that its parent may not move it to another process group. */
  hasExecuted = false;

  /** The signal that ends this process as soon as it is next seen. */
  killedBy: number | undefined;
  /** The signal that stops this process as soon as it is next seen, or has stopped it. */
  stoppedBy: number | undefined;
  /** Done at the next SIGCONT: what the stop has kept a system call from doing that could not wait for it. */
  whenContinued: (() => void) | undefined;

  /** Set while the process is suspended in fork(2): makes the child, now that the stack is in memory. */
  forking: (() => void) | undefined;
  /** Set when execve(2) has succeeded: puts the new program in place, now that the old one is left. */
  nextProgram: ((process: Process) => void) | undefined;
  /** The wait status with which exit(2) was called, for the whole process. */
  exiting: WaitStatus | undefined;
  /** exit(2) was called for this thread only. */
  ending = false;
  /** Where a word is cleared, and one waiter for it woken, when this thread ends (set_tid_address(2)); 0 for nowhere. */
  clearOnEnd = 0;
  /** Who waits for a word of the memory to change (futex(2)). Undefined until somebody does. */
  futexes: Map<number, WaitQueue> | undefined;
  /** The program did what WebAssembly forbids; its memory is not used again. */
  trapped = false;
  /** The scheduler has asked the computing program to make a system call and give way. */
  askedToGiveWay = false;
  /** Called when the process is about to end, while its files are still open. */
  onDying: (() => void) | undefined;
  /** Told the wait status when the process has ended. */
  onExit: ((status: WaitStatus) => void) | undefined;

  /** CPU time in ms: of this process, and of its waited-for descendants. */
  cpuMs = 0;
  childrenCpuMs = 0;
  readonly startedAt: number;
  niceness = 0;

  constructor(
    readonly kernel: Kernel,
    readonly tid: number,
    parent: Process | undefined,
    readonly parts: {
      fds: FdTable;
      fs: FsContext;
      credentials: Credentials;
      signals: SignalState;
      limits: ResourceLimits;
    },
    /** For a further thread of that process. */
    leader?: Process,
  ) {
    this.leader = leader ?? this;
    this.pid = this.leader.tid;
    this.threads = leader?.threads ?? new Set([this]);
    this.parent = parent;
    this.pgid = parent?.pgid ?? tid;
    this.sid = parent?.sid ?? tid;
    this.terminal = parent?.terminal;
    this.job = parent?.job;
    this.fds = parts.fds;
    this.fs = parts.fs;
    this.credentials = parts.credentials;
    this.signals = parts.signals;
    this.limits = parts.limits;
    this.attributes = inheritedAttributes(parent?.attributes);
    this.startedAt = kernel.clock.monotonic();
  }

  fds: FdTable;
  fs: FsContext;
  credentials: Credentials;
  signals: SignalState;
  limits: ResourceLimits;

  /** Whether it has left its program for good, by exec, by exit or by a signal, and must not go back into it. */
  get leaving(): boolean {
    return (
      this.killedBy !== undefined ||
      this.exiting !== undefined ||
      this.nextProgram !== undefined ||
      this.ending
    );
  }

  get ppid(): number {
    return this.leader.parent?.pid ?? 0;
  }

  /** setitimer(2) and timer_create(2). */
  get timers(): ProcessTimers {
    this.leader.intervalTimers ??= new ProcessTimers(this.leader);
    return this.leader.intervalTimers;
  }

  get alive(): boolean {
    return this.state !== "zombie" && this.state !== "dead";
  }

  /** The memory of the running program. Only valid while the process has a program. */
  get memory(): UserMemory {
    return (this.instance as Instance).memory;
  }

  /** To be returned by a handler: `return process.sleepOn(queue)`. */
  sleepOn(...queues: readonly WaitQueue[]): typeof BLOCKED {
    for (const queue of queues) queue.add(this);
    return BLOCKED;
  }

  /** The handler is run again at `deadline` (ms of the monotonic clock) at the latest. May be combined with `sleepOn`. */
  sleepUntil(deadline: number): typeof BLOCKED {
    if (deadline !== Number.POSITIVE_INFINITY) {
      this.sleepTimer?.cancel();
      this.sleepTimer = this.kernel.timers.at(deadline, () => this.kernel.scheduler.wake(this));
    }
    return BLOCKED;
  }

  /** Leaves every queue and timer that a blocked call joined. */
  stopSleeping(): void {
    for (const queue of this.sleepingOn) queue.remove(this);
    this.sleepingOn.length = 0;
    this.sleepTimer?.cancel();
    this.sleepTimer = undefined;
  }
}

/**
 * The call under way, for handlers that may block. EAGAIN when the program made the call in the way that cannot suspend it,
 * which its C library does only for calls that it does not expect to block.
 */
export function pendingCall(process: Process): PendingCall {
  if (process.call === undefined) throw Errno.EAGAIN;
  return process.call;
}
