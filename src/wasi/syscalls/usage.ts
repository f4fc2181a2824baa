import type { UserMemory } from "../kernel/user-memory.js";
import { writeTimeval } from "./timespec.js";

/** struct rusage of the 32-bit ABI: two timevals of two words and 14 longs. */
const RUSAGE_SIZE = 72;
/** ru_maxrss, in KiB, comes after ru_utime and ru_stime. */
const MAXRSS_OFFSET = 16;

/** Writes a `struct rusage`. CPU time is all user time: what the kernel does for a process is not told apart. */
export function writeUsage(memory: UserMemory, ptr: number, cpuMs: number, memoryBytes: number): void {
  memory.bytes(ptr, RUSAGE_SIZE).fill(0);
  writeTimeval(memory, ptr, cpuMs);
  memory.setI32(ptr + MAXRSS_OFFSET, Math.floor(memoryBytes / 1024));
}
