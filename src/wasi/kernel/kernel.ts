import type { LimitName } from "../../machine/session-limits.js";
import { allSyscalls } from "../syscalls/table.js";
import type { FsContext, Vfs } from "../vfs/vfs.js";
import { Clock } from "./clock.js";
import { type Credentials, credentialsOf } from "./credentials.js";
import { FdTable } from "./fd-table.js";
import { Ipc } from "./ipc.js";
import type { JobLimits } from "./job.js";
import type { ResourceLimits } from "./limits.js";
import type { MemoryBudget } from "./memory-budget.js";
import { Process } from "./process.js";
import { ProcessTable } from "./process-table.js";
import { Programs } from "./programs.js";
import { Scheduler } from "./scheduler.js";
import { SignalState } from "./signal-state.js";
import { Signals } from "./signals.js";
import { StringVector } from "./string-vector.js";
import { SystemCalls } from "./system-calls.js";
import { SystemStatistics } from "./system-information.js";
import { Timers } from "./timers.js";
import { Terminals } from "./tty/terminals.js";

export type LogLevel = "debug" | "info" | "warn" | "error";

/** What the kernel needs from the thread that it runs in. */
export interface KernelHost {
  /** Runs `callback` on a later turn of the event loop. */
  defer(callback: () => void): void;
  /** Takes in messages while guests compute and the event loop does not turn; called about every 10 ms. */
  poll(): void;
  /** The compiled module of a program of the image; called once per program and kernel. */
  loadProgram(name: string): WebAssembly.Module;
  /** A cryptographic hash, as text. */
  digest(bytes: Uint8Array): string;
  log(level: LogLevel, message: string, fields?: Readonly<Record<string, unknown>>): void;
}

export interface KernelOptions {
  readonly hostname: string;
  /** Programs and files together, in bytes. */
  readonly memoryLimitBytes: number;
  /** Processes that may exist at once. */
  readonly maxProcesses: number;
  /** What a process of the session begins with. */
  readonly resourceLimits: ResourceLimits;
  readonly jobLimits: JobLimits;
  /** The largest memory of one program, in WebAssembly pages of 64 KiB. */
  readonly maxProgramPages: number;
  /** Receives one line per system call, in the manner of strace(1). */
  readonly trace?: (line: string) => void;
}

/**
 * A user-space Linux kernel for programs in WebAssembly: processes, files, signals and time behind a table of system calls.
 * It has no state outside this object, so that several can live in one thread.
 */
export class Kernel {
  readonly clock = new Clock();
  readonly ipc = new Ipc(this.clock);
  readonly timers: Timers;
  readonly processes = new ProcessTable();
  readonly scheduler: Scheduler;
  readonly statistics = new SystemStatistics(this);
  readonly signals: Signals;
  readonly syscalls: SystemCalls;
  readonly terminals = new Terminals(this);
  readonly programs: Programs;
  /** Replaced as a whole when files are reset. */
  vfs: Vfs;
  /** Process 1: the parent of orphans. It runs no program and cannot be signalled. */
  readonly init: Process;

  constructor(
    readonly host: KernelHost,
    readonly options: KernelOptions,
    /** What programs and files of this session share. */
    readonly memory: MemoryBudget,
    createVfs: (kernel: Kernel) => Vfs,
  ) {
    this.scheduler = new Scheduler(this);
    this.timers = new Timers(this.clock, () => this.scheduler.run());
    this.signals = new Signals(this);
    this.syscalls = new SystemCalls(this, allSyscalls);
    this.programs = new Programs(this);
    this.vfs = createVfs(this);
    this.init = this.createProcess(undefined, credentialsOf(0, 0), this.vfs.rootContext());
    this.init.comm = "init";
    this.init.argv = StringVector.of(["init"]);
    this.init.state = "blocked";
  }

  /** A process that is nobody's fork: it has no open files and no program yet. `pid` is given to take a dead one's place. */
  createProcess(
    parent: Process | undefined,
    credentials: Credentials,
    fs: FsContext,
    pid = this.processes.nextPid(),
  ): Process {
    const limits = this.options.resourceLimits.clone();
    const process = new Process(this, pid, parent, {
      fds: new FdTable(limits.openFiles),
      fs,
      credentials,
      signals: new SignalState(),
      limits,
    });
    process.pgid = process.pid;
    process.sid = process.pid;
    parent?.children.add(process);
    this.processes.add(process);
    return process;
  }

  /** The session's limit of that name has refused something to the process that runs. */
  limitReached(name: LimitName): void {
    this.scheduler.current?.job?.noteLimit(name);
  }

  /** An exception that no errno explains. The guest sees EIO; the log has the rest. */
  reportBug(where: string, error: unknown): void {
    const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
    this.host.log("error", `internal error in ${where}`, { detail });
  }
}
