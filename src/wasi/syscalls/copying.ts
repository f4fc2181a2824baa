import { S_IFREG } from "../abi/linux/stat.js";
import { Errno } from "../errno.js";
import { BLOCKED, type Result } from "../kernel/blocked.js";
import type { Kernel } from "../kernel/kernel.js";
import type { OpenFile } from "../kernel/open-file.js";
import { type Process, pendingCall } from "../kernel/process.js";
import { isDirectory } from "../vfs/inode.js";
import { openedFile } from "../vfs/path-file.js";
import { RegularFile } from "../vfs/regular-file.js";
import { type SyscallDefinition, syscall } from "./definition.js";

/** How much is read before it is written. */
const CHUNK_BYTES = 65536;

/** An offset in user memory, or the file's own where the pointer is NULL. */
class Cursor {
  private readonly start: number;

  constructor(
    private readonly process: Process,
    private readonly file: RegularFile,
    private readonly ptr: number,
  ) {
    this.start = ptr === 0 ? file.position : Number(process.memory.getI64(ptr));
    if (this.start < 0) throw Errno.EINVAL;
  }

  get offset(): number {
    return this.ptr === 0 ? this.file.position : Number(this.process.memory.getI64(this.ptr));
  }
  set offset(offset: number) {
    if (this.ptr === 0) this.file.position = offset;
    else this.process.memory.setI64(this.ptr, BigInt(offset));
  }
}

/** The offset moves on with every chunk, so that a call which is run again or interrupted has it right. */
function sendfile(
  _kernel: Kernel,
  process: Process,
  outFd: number,
  inFd: number,
  ptr: number,
  count: number,
): Result {
  const from = openedFile(process.fds, inFd);
  const to = openedFile(process.fds, outFd);
  if (!from.readable || !to.writable) throw Errno.EBADF;
  if (!(from instanceof RegularFile) || to.append) throw Errno.EINVAL;
  const cursor = new Cursor(process, from, ptr);
  const call = pendingCall(process);
  const chunk = new Uint8Array(Math.min(CHUNK_BYTES, count));
  while (call.done < count) {
    const got = from.readAt(chunk.subarray(0, Math.min(chunk.length, count - call.done)), cursor.offset);
    if (got === 0) break;
    const put = tryWrite(process, to, chunk.subarray(0, got), call.done > 0);
    if (put === BLOCKED) return BLOCKED;
    if (put === undefined) break;
    cursor.offset += put;
    call.done += put;
  }
  return call.done;
}

/** Undefined for an error after something has already been moved: the call then reports what was. */
function tryWrite(process: Process, to: OpenFile, bytes: Uint8Array, moved: boolean): Result | undefined {
  try {
    return to.write(bytes, process);
  } catch (error) {
    if (moved && error instanceof Errno) return undefined;
    throw error;
  }
}

function copyFileRange(
  _kernel: Kernel,
  process: Process,
  inFd: number,
  inPtr: number,
  outFd: number,
  outPtr: number,
  length: number,
  flags: number,
): Result {
  const from = openedFile(process.fds, inFd);
  const to = openedFile(process.fds, outFd);
  if (flags !== 0) throw Errno.EINVAL;
  if (isDirectory(from.inode) || isDirectory(to.inode)) throw Errno.EISDIR;
  if (from.inode.type !== S_IFREG || to.inode.type !== S_IFREG) throw Errno.EINVAL;
  if (!from.readable || !to.writable || to.append) throw Errno.EBADF;
  if (from.inode.fs !== to.inode.fs) throw Errno.EXDEV;
  if (!(from instanceof RegularFile && to instanceof RegularFile)) throw Errno.EINVAL;
  const source = new Cursor(process, from, inPtr);
  const target = new Cursor(process, to, outPtr);
  const overlaps =
    Math.abs(source.offset - target.offset) < Math.min(length, from.inode.size - source.offset);
  if (from.inode === to.inode && overlaps) throw Errno.EINVAL;

  let done = 0;
  const chunk = new Uint8Array(Math.min(CHUNK_BYTES, length));
  while (done < length) {
    const got = from.readAt(chunk.subarray(0, Math.min(chunk.length, length - done)), source.offset);
    if (got === 0) break;
    let put: number;
    try {
      put = to.writeAt(chunk.subarray(0, got), target.offset, process);
    } catch (error) {
      if (done > 0 && error instanceof Errno) break;
      throw error;
    }
    source.offset += put;
    target.offset += put;
    done += put;
    if (put < got) break;
  }
  return done;
}

function unsupported(): Result {
  throw Errno.EINVAL;
}

const NOT_PIPED = { support: "none", note: "EINVAL, upon which programs copy with read and write" } as const;

export const copyingSyscalls: readonly SyscallDefinition[] = [
  syscall(71, "sendfile64", ["fd", "fd", "ptr", "uint"], sendfile, {
    support: "partial",
    note: "only out of regular files",
  }),
  syscall(285, "copy_file_range", ["fd", "ptr", "fd", "ptr", "uint", "flags"], copyFileRange),
  syscall(75, "vmsplice", ["fd", "ptr", "uint", "flags"], unsupported, NOT_PIPED),
  syscall(76, "splice", ["fd", "ptr", "fd", "ptr", "uint", "flags"], unsupported, NOT_PIPED),
  syscall(77, "tee", ["fd", "fd", "uint", "flags"], unsupported, NOT_PIPED),
];
