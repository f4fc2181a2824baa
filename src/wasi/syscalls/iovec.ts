import { Errno } from "../errno.js";
import type { UserMemory } from "../kernel/user-memory.js";

const IOV_MAX = 1024;
const IOVEC_SIZE = 8;
const MAX_TOTAL = 0x7fffffff;

/** The non-empty buffers of an iovec array (readv(2)). EINVAL for too many or too long, EFAULT for a bad address. */
export function readIovec(memory: UserMemory, ptr: number, count: number): Uint8Array[] {
  if (count < 0 || count > IOV_MAX) throw Errno.EINVAL;
  const buffers: Uint8Array[] = [];
  let total = 0;
  for (let i = 0; i < count; i++) {
    const length = memory.getU32(ptr + i * IOVEC_SIZE + 4);
    total += length;
    if (total > MAX_TOTAL) throw Errno.EINVAL;
    if (length > 0) buffers.push(memory.bytes(memory.getU32(ptr + i * IOVEC_SIZE), length));
  }
  return buffers;
}

export function totalLength(buffers: readonly Uint8Array[]): number {
  return buffers.reduce((total, buffer) => total + buffer.length, 0);
}

/** Up to `limit` bytes of the concatenation of `buffers`, from byte `from` on; not a copy where one buffer has them all. */
export function gather(buffers: readonly Uint8Array[], from: number, limit: number): Uint8Array {
  const parts: Uint8Array[] = [];
  let skip = from;
  let room = limit;
  for (const buffer of buffers) {
    if (skip >= buffer.length) {
      skip -= buffer.length;
      continue;
    }
    const part = buffer.subarray(skip, skip + room);
    skip = 0;
    room -= part.length;
    parts.push(part);
    if (room === 0) break;
  }
  if (parts.length === 1) return parts[0] as Uint8Array;
  const bytes = new Uint8Array(totalLength(parts));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

/** Spreads `bytes` over the front of `buffers`. */
export function scatter(bytes: Uint8Array, buffers: readonly Uint8Array[]): void {
  let at = 0;
  for (const buffer of buffers) {
    if (at >= bytes.length) return;
    buffer.set(bytes.subarray(at, at + buffer.length));
    at += buffer.length;
  }
}
