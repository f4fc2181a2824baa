import { Errno } from "../errno.js";
import { BLOCKED, type Result } from "../kernel/blocked.js";
import type { Kernel } from "../kernel/kernel.js";
import type { OpenFile } from "../kernel/open-file.js";
import type { Process } from "../kernel/process.js";
import { isDirectory, isRegular } from "../vfs/inode.js";
import { type SyscallDefinition, syscall } from "./definition.js";
import { gather, readIovec, scatter, totalLength } from "./iovec.js";

/** The most that a vectored call moves through a buffer of the kernel's own at a time. */
const BOUNCE_BYTES = 65536;

function read(_kernel: Kernel, process: Process, fd: number, ptr: number, length: number): Result {
  const file = readableFile(process, fd);
  const into = process.memory.bytes(ptr, length);
  return length === 0 ? emptyRead(file) : file.read(into, process);
}

function readv(_kernel: Kernel, process: Process, fd: number, ptr: number, count: number): Result {
  const file = readableFile(process, fd);
  const buffers = readIovec(process.memory, ptr, count);
  const [first] = buffers;
  if (first === undefined) return emptyRead(file);
  if (buffers.length === 1) return file.read(first, process);
  const bounce = new Uint8Array(Math.min(totalLength(buffers), BOUNCE_BYTES));
  const result = file.read(bounce, process);
  if (result > 0) scatter(bounce.subarray(0, result), buffers);
  return result;
}

function write(_kernel: Kernel, process: Process, fd: number, ptr: number, length: number): Result {
  const file = writableFile(process, fd);
  const bytes = process.memory.bytes(ptr, length);
  return writeAll(process, file, length, (from) => bytes.subarray(from));
}

function writev(_kernel: Kernel, process: Process, fd: number, ptr: number, count: number): Result {
  const file = writableFile(process, fd);
  const buffers = readIovec(process.memory, ptr, count);
  return writeAll(process, file, totalLength(buffers), (from) => gather(buffers, from, BOUNCE_BYTES));
}

/**
 * Writes `total` bytes, which `rest` gives from an offset on, at least one. A pipe or socket in blocking mode takes everything
 * before the call returns; progress is kept in the pending call. A short write to a regular file is final.
 */
function writeAll(
  process: Process,
  file: OpenFile,
  total: number,
  rest: (from: number) => Uint8Array,
): Result {
  if (total === 0) return 0;
  const { call } = process;
  let done = call?.done ?? 0;
  while (done < total) {
    const bytes = rest(done);
    let count: Result;
    try {
      count = file.write(bytes, process);
    } catch (error) {
      if (done > 0 && error instanceof Errno) return done;
      throw error;
    }
    if (count === BLOCKED) return BLOCKED;
    done += count;
    if (call !== undefined) call.done = done;
    if (count < bytes.length && isRegular(file.inode)) break;
  }
  return done;
}

function pread(
  _kernel: Kernel,
  process: Process,
  fd: number,
  ptr: number,
  length: number,
  offset: number,
): Result {
  if (offset < 0) throw Errno.EINVAL;
  const file = readableFile(process, fd);
  return file.readAt(process.memory.bytes(ptr, length), offset);
}

function preadv(
  _kernel: Kernel,
  process: Process,
  fd: number,
  ptr: number,
  count: number,
  offset: number,
): Result {
  if (offset < 0) throw Errno.EINVAL;
  const file = readableFile(process, fd);
  let done = 0;
  for (const buffer of readIovec(process.memory, ptr, count)) {
    const got = file.readAt(buffer, offset + done);
    done += got;
    if (got < buffer.length) break;
  }
  return done;
}

function pwrite(
  _kernel: Kernel,
  process: Process,
  fd: number,
  ptr: number,
  length: number,
  offset: number,
): Result {
  if (offset < 0) throw Errno.EINVAL;
  const file = writableFile(process, fd);
  return file.writeAt(process.memory.bytes(ptr, length), offset, process);
}

function pwritev(
  _kernel: Kernel,
  process: Process,
  fd: number,
  ptr: number,
  count: number,
  offset: number,
): Result {
  if (offset < 0) throw Errno.EINVAL;
  const file = writableFile(process, fd);
  let done = 0;
  for (const buffer of readIovec(process.memory, ptr, count)) {
    let put: number;
    try {
      put = file.writeAt(buffer, offset + done, process);
    } catch (error) {
      if (done > 0 && error instanceof Errno) return done;
      throw error;
    }
    done += put;
    if (put < buffer.length) break;
  }
  return done;
}

function llseek(
  _kernel: Kernel,
  process: Process,
  fd: number,
  high: number,
  low: number,
  result: number,
  whence: number,
): Result {
  const file = process.fds.get(fd);
  const position = file.seek(high * 0x1_0000_0000 + low, whence);
  process.memory.setI64(result, BigInt(position));
  return 0;
}

/** read(2) of nothing: still an error on a directory. */
function emptyRead(file: OpenFile): number {
  if (isDirectory(file.inode)) throw Errno.EISDIR;
  return 0;
}

function readableFile(process: Process, fd: number): OpenFile {
  const file = process.fds.get(fd);
  if (!file.readable) throw Errno.EBADF;
  return file;
}

function writableFile(process: Process, fd: number): OpenFile {
  const file = process.fds.get(fd);
  if (!file.writable) throw Errno.EBADF;
  return file;
}

export const readWriteSyscalls: readonly SyscallDefinition[] = [
  syscall(63, "read", ["fd", "ptr", "uint"], read),
  syscall(64, "write", ["fd", "ptr", "uint"], write),
  syscall(65, "readv", ["fd", "ptr", "int"], readv),
  syscall(66, "writev", ["fd", "ptr", "int"], writev),
  syscall(67, "pread64", ["fd", "ptr", "uint", "i64"], pread),
  syscall(68, "pwrite64", ["fd", "ptr", "uint", "i64"], pwrite),
  syscall(69, "preadv", ["fd", "ptr", "int", "i64"], preadv),
  syscall(70, "pwritev", ["fd", "ptr", "int", "i64"], pwritev),
  syscall(62, "_llseek", ["fd", "int", "uint", "ptr", "int"], llseek),
];
