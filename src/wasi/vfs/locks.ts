import { Errno } from "../errno.js";
import { WaitQueue } from "../kernel/wait-queue.js";

export type LockType = "read" | "write";

/** Whose lock it is: a descriptor table for POSIX locks, an open file description for OFD locks and flock(2). */
export type LockOwner = object;

/** Bytes `[start, end)` of a file; `end` is Infinity for a lock that follows the end of the file. */
export interface Lock {
  readonly type: LockType;
  readonly start: number;
  readonly end: number;
  readonly owner: LockOwner;
  /** What F_GETLK reports: the process, or -1 for an OFD lock. */
  readonly pid: number;
}

/** Non-overlapping per owner, adjacent ranges of one type merged. */
class LockTable {
  private locks: Lock[] = [];

  get empty(): boolean {
    return this.locks.length === 0;
  }

  /** A lock of somebody else that keeps `wanted` from being set. */
  conflict(wanted: Lock): Lock | undefined {
    return this.locks.find(
      (held) =>
        held.owner !== wanted.owner &&
        held.start < wanted.end &&
        wanted.start < held.end &&
        (held.type === "write" || wanted.type === "write"),
    );
  }

  /** Replaces whatever the owner holds in the range. */
  set(lock: Lock): void {
    let { start, end } = lock;
    this.clear(lock.owner, start, end);
    this.locks = this.locks.filter((held) => {
      const joins =
        held.owner === lock.owner && held.type === lock.type && (held.end === start || held.start === end);
      if (joins) {
        start = Math.min(start, held.start);
        end = Math.max(end, held.end);
      }
      return !joins;
    });
    this.locks.push({ ...lock, start, end });
    this.locks.sort((a, b) => a.start - b.start);
  }

  /** Takes the range away from the owner, cutting locks that reach over its ends. Returns whether there was anything. */
  clear(owner: LockOwner, start: number, end: number): boolean {
    let changed = false;
    this.locks = this.locks.flatMap((held) => {
      if (held.owner !== owner || held.end <= start || end <= held.start) return [held];
      changed = true;
      const rest: Lock[] = [];
      if (held.start < start) rest.push({ ...held, end: start });
      if (held.end > end) rest.push({ ...held, start: end });
      return rest;
    });
    return changed;
  }
}

/** The advisory locks of one file. Byte-range locks (fcntl(2)) and whole-file locks (flock(2)) do not see each other. */
export class FileLocks {
  readonly ranges = new LockTable();
  readonly whole = new LockTable();
  /** Woken when a lock is gone or became weaker. */
  readonly released = new WaitQueue();

  /** Called when a descriptor table closes the file, or an open file description goes. */
  releaseOwner(owner: LockOwner): void {
    const ranges = this.ranges.clear(owner, 0, Number.POSITIVE_INFINITY);
    const whole = this.whole.clear(owner, 0, Number.POSITIVE_INFINITY);
    if (ranges || whole) this.released.wake();
  }
}

interface Waiting {
  readonly locks: FileLocks;
  readonly wanted: Lock;
  /** Whether the wait is still going on. */
  readonly current: () => boolean;
}

/** Who waits for whose byte-range lock, to find the cycles that fcntl(2) answers with EDEADLK. */
export class LockWaiters {
  private readonly waiting = new Map<LockOwner, Waiting>();

  /** Notes that `wanted` has to wait; EDEADLK when the holder waits, directly or not, for the same owner. */
  add(locks: FileLocks, wanted: Lock, current: () => boolean): void {
    const seen = new Set<LockOwner>();
    let holder = locks.ranges.conflict(wanted)?.owner;
    while (holder !== undefined && !seen.has(holder)) {
      if (holder === wanted.owner) throw Errno.EDEADLK;
      seen.add(holder);
      const next = this.waiting.get(holder);
      if (next === undefined || !next.current()) break;
      holder = next.locks.ranges.conflict(next.wanted)?.owner;
    }
    this.waiting.set(wanted.owner, { locks, wanted, current });
  }

  remove(owner: LockOwner): void {
    this.waiting.delete(owner);
  }
}
