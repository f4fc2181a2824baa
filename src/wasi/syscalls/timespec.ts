import { Errno } from "../errno.js";
import type { UserMemory } from "../kernel/user-memory.js";

const NSEC_PER_SEC = 1_000_000_000;

/** How one of the two generations of time calls lays out `struct timespec` (and `struct itimerspec`, which is two of them). */
export interface TimespecLayout {
  readonly size: number;
  /** In milliseconds; EINVAL unless 0 <= nsec < 10^9 and sec >= 0. */
  read(memory: UserMemory, ptr: number): number;
  /** From milliseconds. */
  write(memory: UserMemory, ptr: number, ms: number): void;
}

/** 32-bit seconds. */
export const timespec32: TimespecLayout = {
  size: 8,
  read: (memory, ptr) => toMs(memory.getI32(ptr), memory.getI32(ptr + 4)),
  write(memory, ptr, ms) {
    const { sec, nsec } = fromMs(ms);
    memory.setI32(ptr, sec);
    memory.setI32(ptr + 4, nsec);
  },
};

/** 64-bit seconds; nanoseconds are padded to 64 bits. */
export const timespec64: TimespecLayout = {
  size: 16,
  read: (memory, ptr) => toMs(Number(memory.getI64(ptr)), memory.getI32(ptr + 8)),
  write(memory, ptr, ms) {
    const { sec, nsec } = fromMs(ms);
    memory.setI64(ptr, BigInt(sec));
    memory.setI64(ptr + 8, BigInt(nsec));
  },
};

/** A `struct timeval` of the 32-bit ABI, in milliseconds; EINVAL when out of range. */
export function readTimeval(memory: UserMemory, ptr: number): number {
  const usec = memory.getI32(ptr + 4);
  if (usec < 0 || usec >= 1_000_000) throw Errno.EINVAL;
  const sec = memory.getI32(ptr);
  if (sec < 0) throw Errno.EINVAL;
  return sec * 1000 + usec / 1000;
}

export function writeTimeval(memory: UserMemory, ptr: number, ms: number): void {
  const sec = Math.floor(ms / 1000);
  memory.setI32(ptr, sec);
  memory.setI32(ptr + 4, Math.floor((ms - sec * 1000) * 1000));
}

function toMs(sec: number, nsec: number): number {
  if (sec < 0 || nsec < 0 || nsec >= NSEC_PER_SEC) throw Errno.EINVAL;
  return sec * 1000 + nsec / 1e6;
}

function fromMs(ms: number): { sec: number; nsec: number } {
  const sec = Math.floor(ms / 1000);
  return { sec, nsec: Math.min(NSEC_PER_SEC - 1, Math.floor((ms - sec * 1000) * 1e6)) };
}
