import { AT_EACCESS, AT_EMPTY_PATH, AT_NO_AUTOMOUNT, AT_SYMLINK_NOFOLLOW } from "../abi/linux/fcntl.js";
import { KSTAT_SIZE, writeKstat } from "../abi/linux/kstat.js";
import { STATX_SIZE, writeStatx } from "../abi/linux/statx.js";
import { Errno } from "../errno.js";
import type { Result } from "../kernel/blocked.js";
import type { Kernel } from "../kernel/kernel.js";
import type { Process } from "../kernel/process.js";
import { type Inode, isSymlink } from "../vfs/inode.js";
import { encodeName } from "../vfs/name.js";
import { demand } from "../vfs/permission.js";
import { type SyscallDefinition, syscall } from "./definition.js";

const AT_STATX_SYNC_TYPE = 0x6000;
const STATX_RESERVED = 0x80000000;
const ST_RDONLY = 1;
const ST_VALID = 0x20;
const ST_RELATIME = 4096;
const NAME_MAX = 255;
const STATFS_SIZE = 84;

function statx(
  kernel: Kernel,
  process: Process,
  dirfd: number,
  path: string,
  flags: number,
  mask: number,
  ptr: number,
): Result {
  const known = AT_SYMLINK_NOFOLLOW | AT_EMPTY_PATH | AT_NO_AUTOMOUNT | AT_STATX_SYNC_TYPE;
  if ((flags & ~known) !== 0 || (flags & AT_STATX_SYNC_TYPE) === AT_STATX_SYNC_TYPE) throw Errno.EINVAL;
  if ((mask & STATX_RESERVED) !== 0) throw Errno.EINVAL;
  const inode = kernel.vfs.lookupAt(process, dirfd, path, flags);
  writeStatx(process.memory.bytes(ptr, STATX_SIZE), inode);
  return 0;
}

function fstatat64(
  kernel: Kernel,
  process: Process,
  dirfd: number,
  path: string,
  ptr: number,
  flags: number,
): Result {
  if ((flags & ~(AT_SYMLINK_NOFOLLOW | AT_EMPTY_PATH | AT_NO_AUTOMOUNT)) !== 0) throw Errno.EINVAL;
  const inode = kernel.vfs.lookupAt(process, dirfd, path, flags);
  writeKstat(process.memory.bytes(ptr, KSTAT_SIZE), inode);
  return 0;
}

function fstat64(_kernel: Kernel, process: Process, fd: number, ptr: number): Result {
  const { inode } = process.fds.get(fd);
  inode.refresh();
  writeKstat(process.memory.bytes(ptr, KSTAT_SIZE), inode);
  return 0;
}

function statfs(kernel: Kernel, process: Process, path: string, size: number, ptr: number): Result {
  return writeStatfs(process, kernel.vfs.lookupAt(process, -100, path, 0), size, ptr);
}

function fstatfs(_kernel: Kernel, process: Process, fd: number, size: number, ptr: number): Result {
  return writeStatfs(process, process.fds.get(fd).inode, size, ptr);
}

/** struct statfs64 of the generic 32-bit ABI. */
function writeStatfs(process: Process, { fs }: Inode, size: number, ptr: number): Result {
  if (size < STATFS_SIZE) throw Errno.EINVAL;
  const { memory } = process;
  const usage = fs.usage();
  memory.bytes(ptr, size).fill(0);
  memory.setU32(ptr, fs.magic);
  memory.setU32(ptr + 4, usage.blockSize);
  memory.setU64(ptr + 8, BigInt(usage.blocks));
  memory.setU64(ptr + 16, BigInt(usage.freeBlocks));
  memory.setU64(ptr + 24, BigInt(usage.freeBlocks));
  memory.setU64(ptr + 32, BigInt(usage.files));
  memory.setU64(ptr + 40, BigInt(usage.freeFiles));
  memory.setU32(ptr + 48, fs.dev);
  memory.setU32(ptr + 56, NAME_MAX);
  memory.setU32(ptr + 60, usage.blockSize);
  memory.setU32(ptr + 64, ST_VALID | ST_RELATIME | (fs.readOnly ? ST_RDONLY : 0));
  return 0;
}

function faccessat(kernel: Kernel, process: Process, dirfd: number, path: string, mode: number): Result {
  return faccessat2(kernel, process, dirfd, path, mode, 0);
}

/** Asks with the real user and group, unless AT_EACCESS (access(2)). */
function faccessat2(
  kernel: Kernel,
  process: Process,
  dirfd: number,
  path: string,
  mode: number,
  flags: number,
): Result {
  if ((mode & ~7) !== 0) throw Errno.EINVAL;
  if ((flags & ~(AT_EACCESS | AT_SYMLINK_NOFOLLOW | AT_EMPTY_PATH)) !== 0) throw Errno.EINVAL;
  const who = (flags & AT_EACCESS) !== 0 ? process : asRealUser(process);
  const inode = kernel.vfs.lookupAt(who, dirfd, path, flags);
  if (mode !== 0) demand(inode, who.credentials, mode);
  return 0;
}

/** The process as seen by calls that judge by the real user and group. */
function asRealUser(process: Process): Process {
  const { credentials } = process;
  const { ruid, rgid } = credentials;
  if (ruid === credentials.euid && rgid === credentials.egid) return process;
  return Object.create(process, {
    credentials: { value: { ...credentials, euid: ruid, egid: rgid } },
  }) as Process;
}

function readlinkat(
  kernel: Kernel,
  process: Process,
  dirfd: number,
  path: string,
  ptr: number,
  size: number,
): Result {
  if (size <= 0) throw Errno.EINVAL;
  const inode = kernel.vfs.lookupAt(process, dirfd, path, AT_SYMLINK_NOFOLLOW | AT_EMPTY_PATH);
  if (!isSymlink(inode)) throw path === "" ? Errno.ENOENT : Errno.EINVAL;
  const target = encodeName(inode.readlink(process)).subarray(0, size);
  process.memory.bytes(ptr, target.length).set(target);
  return target.length;
}

export const statSyscalls: readonly SyscallDefinition[] = [
  syscall(291, "statx", ["fd", "path", "flags", "flags", "ptr"], statx),
  syscall(79, "fstatat64", ["fd", "path", "ptr", "flags"], fstatat64),
  syscall(80, "fstat64", ["fd", "ptr"], fstat64),
  syscall(43, "statfs64", ["path", "uint", "ptr"], statfs),
  syscall(44, "fstatfs64", ["fd", "uint", "ptr"], fstatfs),
  syscall(48, "faccessat", ["fd", "path", "int"], faccessat),
  syscall(439, "faccessat2", ["fd", "path", "int", "flags"], faccessat2),
  syscall(78, "readlinkat", ["fd", "path", "ptr", "int"], readlinkat),
];
