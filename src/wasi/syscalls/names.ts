import {
  AT_EMPTY_PATH,
  AT_REMOVEDIR,
  AT_SYMLINK_FOLLOW,
  AT_SYMLINK_NOFOLLOW,
  RENAME_EXCHANGE,
  RENAME_NOREPLACE,
} from "../abi/linux/fcntl.js";
import { S_IFBLK, S_IFCHR, S_IFDIR, S_IFIFO, S_IFMT, S_IFREG, S_IFSOCK } from "../abi/linux/stat.js";
import { Errno } from "../errno.js";
import type { Result } from "../kernel/blocked.js";
import type { Kernel } from "../kernel/kernel.js";
import type { Process } from "../kernel/process.js";
import { type SyscallDefinition, syscall } from "./definition.js";

function mknodat(
  kernel: Kernel,
  process: Process,
  dirfd: number,
  path: string,
  mode: number,
  rdev: number,
): Result {
  switch (mode & S_IFMT) {
    case 0:
    case S_IFREG:
      kernel.vfs.create(process, dirfd, path, S_IFREG | (mode & 0o7777));
      return 0;
    case S_IFCHR:
    case S_IFBLK:
      kernel.vfs.create(process, dirfd, path, mode, rdev);
      return 0;
    case S_IFIFO:
    case S_IFSOCK:
      kernel.vfs.create(process, dirfd, path, mode);
      return 0;
    case S_IFDIR:
      throw Errno.EPERM;
    default:
      throw Errno.EINVAL;
  }
}

function unlinkat(kernel: Kernel, process: Process, dirfd: number, path: string, flags: number): Result {
  if ((flags & ~AT_REMOVEDIR) !== 0) throw Errno.EINVAL;
  if (flags === AT_REMOVEDIR) kernel.vfs.rmdir(process, dirfd, path);
  else kernel.vfs.unlink(process, dirfd, path);
  return 0;
}

function renameat(
  kernel: Kernel,
  process: Process,
  fromFd: number,
  from: string,
  toFd: number,
  to: string,
): Result {
  kernel.vfs.rename(process, fromFd, from, toFd, to);
  return 0;
}

function renameat2(
  kernel: Kernel,
  process: Process,
  fromFd: number,
  from: string,
  toFd: number,
  to: string,
  flags: number,
): Result {
  const both = RENAME_NOREPLACE | RENAME_EXCHANGE;
  if ((flags & ~both) !== 0 || (flags & both) === both) throw Errno.EINVAL;
  kernel.vfs.rename(process, fromFd, from, toFd, to, flags);
  return 0;
}

function linkat(
  kernel: Kernel,
  process: Process,
  fromFd: number,
  from: string,
  toFd: number,
  to: string,
  flags: number,
): Result {
  if ((flags & ~(AT_SYMLINK_FOLLOW | AT_EMPTY_PATH)) !== 0) throw Errno.EINVAL;
  const follow = (flags & AT_SYMLINK_FOLLOW) !== 0 ? 0 : AT_SYMLINK_NOFOLLOW;
  const inode = kernel.vfs.lookupAt(process, fromFd, from, (flags & AT_EMPTY_PATH) | follow);
  kernel.vfs.link(process, inode, toFd, to);
  return 0;
}

function symlinkat(kernel: Kernel, process: Process, target: string, dirfd: number, path: string): Result {
  kernel.vfs.symlink(process, target, dirfd, path);
  return 0;
}

export const nameSyscalls: readonly SyscallDefinition[] = [
  syscall(33, "mknodat", ["fd", "path", "mode", "uint"], mknodat),
  syscall(35, "unlinkat", ["fd", "path", "flags"], unlinkat),
  syscall(38, "renameat", ["fd", "path", "fd", "path"], renameat),
  syscall(276, "renameat2", ["fd", "path", "fd", "path", "flags"], renameat2, {
    support: "partial",
    note: "no RENAME_WHITEOUT",
  }),
  syscall(37, "linkat", ["fd", "path", "fd", "path", "flags"], linkat),
  syscall(36, "symlinkat", ["path", "fd", "path"], symlinkat),
];
