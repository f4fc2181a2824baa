import { Errno } from "../errno.js";

const PAGE = 4096;
const DEFAULT_CAPACITY = 16 * PAGE;
const REDUCED_CAPACITY = 2 * PAGE;
/** The most that F_SETPIPE_SZ gives (/proc/sys/fs/pipe-max-size). */
export const MAX_PIPE_CAPACITY = 1 << 20;
/** Beyond this many bytes in all, new pipes are small (/proc/sys/fs/pipe-user-pages-soft). */
const SOFT_TOTAL = 16384 * PAGE;
/** Beyond this many bytes in all there are no new pipes. */
const HARD_TOTAL = 4 * SOFT_TOTAL;

/** Bounds the memory of the host that all pipes of one kernel may take, by their capacities (pipe(7)). */
export class PipeBudget {
  private total = 0;

  /** Bytes that the pipes of this kernel may hold together. */
  get bytes(): number {
    return this.total;
  }

  /** The capacity of a new pipe in bytes; ENFILE when there are too many pipes. */
  take(): number {
    if (this.total + REDUCED_CAPACITY > HARD_TOTAL) throw Errno.ENFILE;
    const capacity = this.total + DEFAULT_CAPACITY > SOFT_TOTAL ? REDUCED_CAPACITY : DEFAULT_CAPACITY;
    this.total += capacity;
    return capacity;
  }

  /** EPERM when the pipe or all pipes together would grow too large. */
  change(from: number, to: number): void {
    if (to > MAX_PIPE_CAPACITY || (to > from && this.total - from + to > SOFT_TOTAL)) throw Errno.EPERM;
    this.total += to - from;
  }

  release(capacity: number): void {
    this.total -= capacity;
  }
}
