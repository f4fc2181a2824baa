import {
  F_RDLCK,
  F_UNLCK,
  F_WRLCK,
  LOCK_EX,
  LOCK_NB,
  LOCK_SH,
  LOCK_UN,
  SEEK_CUR,
  SEEK_END,
  SEEK_SET,
} from "../abi/linux/fcntl.js";
import { Errno } from "../errno.js";
import type { Result } from "../kernel/blocked.js";
import type { Kernel } from "../kernel/kernel.js";
import type { OpenFile } from "../kernel/open-file.js";
import type { Process } from "../kernel/process.js";
import type { Inode } from "../vfs/inode.js";
import { FileLocks, type Lock } from "../vfs/locks.js";
import { openedFile } from "../vfs/path-file.js";
import { RegularFile } from "../vfs/regular-file.js";
import { type SyscallDefinition, syscall } from "./definition.js";

/** struct flock: short type, short whence, 64-bit start and length, pid. */
const START = 8;
const LENGTH = 16;
const PID = 24;

const WHOLE = { start: 0, end: Number.POSITIVE_INFINITY };

/** fcntl(2) F_SETLK, F_SETLKW and their OFD forms. POSIX locks belong to the descriptor table, OFD locks to the open file. */
export function setRangeLock(
  kernel: Kernel,
  process: Process,
  file: OpenFile,
  ptr: number,
  { ofd, wait }: { ofd: boolean; wait: boolean },
): Result {
  const { type, range } = readFlock(process, file, ptr, ofd);
  const owner = ofd ? file : process.fds;
  const { lockWaiters } = kernel.vfs;
  lockWaiters.remove(owner);
  const locks = locksOf(file.inode);
  if (type === F_UNLCK) {
    if (locks.ranges.clear(owner, range.start, range.end)) locks.released.wake();
    return 0;
  }
  if (type === F_RDLCK ? !file.readable : !file.writable) throw Errno.EBADF;
  const wanted: Lock = {
    ...range,
    type: type === F_RDLCK ? "read" : "write",
    owner,
    pid: ofd ? -1 : process.pid,
  };
  if (locks.ranges.conflict(wanted) !== undefined) {
    if (!wait) throw Errno.EAGAIN;
    const { call } = process;
    if (!ofd) lockWaiters.add(locks, wanted, () => process.state === "blocked" && process.call === call);
    return process.sleepOn(locks.released);
  }
  locks.ranges.set(wanted);
  if (type === F_RDLCK) locks.released.wake();
  return 0;
}

/** F_GETLK and F_OFD_GETLK: describes a lock in the way, or says that there is none. */
export function getRangeLock(process: Process, file: OpenFile, ptr: number, ofd: boolean): Result {
  const { memory } = process;
  const { type, range } = readFlock(process, file, ptr, ofd);
  if (type === F_UNLCK) throw Errno.EINVAL;
  const wanted: Lock = {
    ...range,
    type: type === F_RDLCK ? "read" : "write",
    owner: ofd ? file : process.fds,
    pid: 0,
  };
  const held = file.inode.locks?.ranges.conflict(wanted);
  if (held === undefined) {
    memory.setU16(ptr, F_UNLCK);
    return 0;
  }
  memory.setU16(ptr, held.type === "read" ? F_RDLCK : F_WRLCK);
  memory.setU16(ptr + 2, SEEK_SET);
  memory.setI64(ptr + START, BigInt(held.start));
  memory.setI64(ptr + LENGTH, Number.isFinite(held.end) ? BigInt(held.end - held.start) : 0n);
  memory.setI32(ptr + PID, held.pid);
  return 0;
}

function readFlock(
  process: Process,
  file: OpenFile,
  ptr: number,
  ofd: boolean,
): { type: number; range: { start: number; end: number } } {
  const { memory } = process;
  const type = memory.getI16(ptr);
  if (type !== F_RDLCK && type !== F_WRLCK && type !== F_UNLCK) throw Errno.EINVAL;
  if (ofd && memory.getI32(ptr + PID) !== 0) throw Errno.EINVAL;
  const start = base(file, memory.getI16(ptr + 2)) + Number(memory.getI64(ptr + START));
  const length = Number(memory.getI64(ptr + LENGTH));
  const from = length < 0 ? start + length : start;
  if (from < 0) throw Errno.EINVAL;
  return { type, range: { start: from, end: length === 0 ? WHOLE.end : from + Math.abs(length) } };
}

function base(file: OpenFile, whence: number): number {
  switch (whence) {
    case SEEK_SET:
      return 0;
    case SEEK_CUR:
      return file instanceof RegularFile ? file.position : 0;
    case SEEK_END:
      return file.inode.size;
    default:
      throw Errno.EINVAL;
  }
}

function flock(_kernel: Kernel, process: Process, fd: number, operation: number): Result {
  const file = openedFile(process.fds, fd);
  const action = operation & ~LOCK_NB;
  if (action !== LOCK_SH && action !== LOCK_EX && action !== LOCK_UN) throw Errno.EINVAL;
  const locks = locksOf(file.inode);
  if (action === LOCK_UN) {
    if (locks.whole.clear(file, WHOLE.start, WHOLE.end)) locks.released.wake();
    return 0;
  }
  const wanted: Lock = {
    ...WHOLE,
    type: action === LOCK_SH ? "read" : "write",
    owner: file,
    pid: process.pid,
  };
  if (locks.whole.conflict(wanted) !== undefined) {
    // A lock that is to be converted is given up first (flock(2)).
    if (locks.whole.clear(file, WHOLE.start, WHOLE.end)) locks.released.wake();
    if ((operation & LOCK_NB) !== 0) throw Errno.EAGAIN;
    return process.sleepOn(locks.released);
  }
  locks.whole.set(wanted);
  if (action === LOCK_SH) locks.released.wake();
  return 0;
}

function locksOf(inode: Inode): FileLocks {
  inode.locks ??= new FileLocks();
  return inode.locks;
}

export const lockSyscalls: readonly SyscallDefinition[] = [syscall(32, "flock", ["fd", "int"], flock)];
