import type { Process } from "./process.js";

/** The processes of one kernel, by pid, and their further threads, by tid. */
export class ProcessTable {
  private readonly processes = new Map<number, Process>();
  private readonly threads = new Map<number, Process>();
  private lastPid = 0;

  /** How many processes and further threads there are. */
  get size(): number {
    return this.processes.size + this.threads.size;
  }

  get(pid: number): Process | undefined {
    return this.processes.get(pid);
  }

  /** The thread of that number; the first one of a process has its pid. */
  thread(tid: number): Process | undefined {
    return this.processes.get(tid) ?? this.threads.get(tid);
  }

  addThread(thread: Process): void {
    this.threads.set(thread.tid, thread);
  }

  removeThread(thread: Process): void {
    this.threads.delete(thread.tid);
  }

  /** In ascending order of pid. */
  all(): Process[] {
    return [...this.processes.values()].sort((a, b) => a.pid - b.pid);
  }

  inGroup(pgid: number): Process[] {
    return this.all().filter((process) => process.pgid === pgid);
  }

  add(process: Process): void {
    this.processes.set(process.pid, process);
  }

  remove(process: Process): void {
    this.processes.delete(process.pid);
  }

  /** The highest pid that has been given out, since they last started again. */
  get last(): number {
    return this.lastPid;
  }

  /** The next pid is the first free one above `pid`. */
  countFrom(pid: number): void {
    this.lastPid = pid;
  }

  /** The next free pid: they count up to PID_MAX and start again, as on Linux. */
  nextPid(): number {
    do {
      this.lastPid = this.lastPid >= PID_MAX ? PID_MIN : this.lastPid + 1;
    } while (this.isTaken(this.lastPid));
    return this.lastPid;
  }

  /** A pid also stays taken while it names a process group or a session. */
  private isTaken(pid: number): boolean {
    if (this.processes.has(pid) || this.threads.has(pid)) return true;
    for (const process of this.processes.values())
      if (process.pgid === pid || process.sid === pid) return true;
    return false;
  }
}

/** /proc/sys/kernel/pid_max. */
export const PID_MAX = 32768;
/** Where numbering starts again after a wrap-around. */
const PID_MIN = 300;
