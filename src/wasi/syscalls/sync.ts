import { Errno } from "../errno.js";
import type { Result } from "../kernel/blocked.js";
import type { Kernel } from "../kernel/kernel.js";
import type { Process } from "../kernel/process.js";
import { isDirectory, isRegular } from "../vfs/inode.js";
import { openedFile } from "../vfs/path-file.js";
import { type SyscallDefinition, syscall } from "./definition.js";

const POSIX_FADV_NOREUSE = 5;

function sync(): Result {
  return 0;
}

function syncfs(_kernel: Kernel, process: Process, fd: number): Result {
  openedFile(process.fds, fd);
  return 0;
}

/** What cannot be synchronized says so, as on Linux. */
function fsync(_kernel: Kernel, process: Process, fd: number): Result {
  const { inode } = openedFile(process.fds, fd);
  if (isRegular(inode)) inode.sync();
  else if (!isDirectory(inode)) throw Errno.EINVAL;
  return 0;
}

function syncFileRange(
  _kernel: Kernel,
  process: Process,
  fd: number,
  offset: number,
  length: number,
): Result {
  const { inode } = openedFile(process.fds, fd);
  if (offset < 0 || length < 0) throw Errno.EINVAL;
  if (!isRegular(inode) && !isDirectory(inode)) throw Errno.ESPIPE;
  return 0;
}

function fadvise(
  _kernel: Kernel,
  process: Process,
  fd: number,
  _offset: number,
  length: number,
  advice: number,
): Result {
  const { inode } = openedFile(process.fds, fd);
  if (length < 0 || advice < 0 || advice > POSIX_FADV_NOREUSE) throw Errno.EINVAL;
  if (!isRegular(inode) && !isDirectory(inode)) throw Errno.ESPIPE;
  return 0;
}

function readahead(_kernel: Kernel, process: Process, fd: number): Result {
  const file = process.fds.get(fd);
  if (!file.readable) throw Errno.EBADF;
  if (!isRegular(file.inode)) throw Errno.EINVAL;
  return 0;
}

/** Files are in memory: there is nothing to synchronize, and nothing to fetch ahead. */
export const syncSyscalls: readonly SyscallDefinition[] = [
  syscall(81, "sync", [], sync),
  syscall(267, "syncfs", ["fd"], syncfs),
  syscall(82, "fsync", ["fd"], fsync),
  syscall(83, "fdatasync", ["fd"], fsync),
  syscall(84, "sync_file_range", ["fd", "i64", "i64", "flags"], syncFileRange),
  syscall(223, "fadvise64_64", ["fd", "i64", "i64", "int"], fadvise),
  syscall(213, "readahead", ["fd", "i64", "uint"], readahead),
];
