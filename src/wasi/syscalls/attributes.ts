import {
  AT_EMPTY_PATH,
  AT_FDCWD,
  AT_SYMLINK_NOFOLLOW,
  FALLOC_FL_KEEP_SIZE,
  FALLOC_FL_PUNCH_HOLE,
} from "../abi/linux/fcntl.js";
import { Errno } from "../errno.js";
import type { Result } from "../kernel/blocked.js";
import type { Kernel } from "../kernel/kernel.js";
import { PipeFile } from "../kernel/pipe.js";
import type { Process } from "../kernel/process.js";
import {
  changeMode,
  changeOwner,
  changeTimes,
  demandSize,
  type NewTime,
  touchModified,
  truncatePath,
} from "../vfs/attributes.js";
import { isRegular } from "../vfs/inode.js";
import { openedFile } from "../vfs/path-file.js";
import { type SyscallDefinition, syscall } from "./definition.js";

const UTIME_NOW = 0x3fffffff;
const UTIME_OMIT = 0x3ffffffe;
const NSEC_PER_SEC = 1_000_000_000;

function fchmodat(kernel: Kernel, process: Process, dirfd: number, path: string, mode: number): Result {
  return fchmodat2(kernel, process, dirfd, path, mode, 0);
}

function fchmodat2(
  kernel: Kernel,
  process: Process,
  dirfd: number,
  path: string,
  mode: number,
  flags: number,
): Result {
  if ((flags & ~(AT_SYMLINK_NOFOLLOW | AT_EMPTY_PATH)) !== 0) throw Errno.EINVAL;
  const inode = kernel.vfs.lookupAt(process, dirfd, path, flags);
  changeMode(inode, mode, process, kernel.clock.realtime());
  return 0;
}

function fchmod(kernel: Kernel, process: Process, fd: number, mode: number): Result {
  changeMode(openedFile(process.fds, fd).inode, mode, process, kernel.clock.realtime());
  return 0;
}

function fchownat(
  kernel: Kernel,
  process: Process,
  dirfd: number,
  path: string,
  uid: number,
  gid: number,
  flags: number,
): Result {
  if ((flags & ~(AT_SYMLINK_NOFOLLOW | AT_EMPTY_PATH)) !== 0) throw Errno.EINVAL;
  const inode = kernel.vfs.lookupAt(process, dirfd, path, flags);
  changeOwner(inode, uid, gid, process, kernel.clock.realtime());
  return 0;
}

function fchown(kernel: Kernel, process: Process, fd: number, uid: number, gid: number): Result {
  changeOwner(openedFile(process.fds, fd).inode, uid, gid, process, kernel.clock.realtime());
  return 0;
}

/** How a generation of utimensat(2) lays out its two struct timespec: size of one, and how its seconds are read. */
interface TimesLayout {
  readonly size: number;
  readonly seconds: (process: Process, ptr: number) => number;
}
const TIMES_32: TimesLayout = { size: 8, seconds: ({ memory }, ptr) => memory.getI32(ptr) };
const TIMES_64: TimesLayout = { size: 16, seconds: ({ memory }, ptr) => Number(memory.getI64(ptr)) };

function utimensat(layout: TimesLayout) {
  return (
    kernel: Kernel,
    process: Process,
    dirfd: number,
    path: number,
    times: number,
    flags: number,
  ): Result => {
    const [atime, mtime] = readTimes(layout, process, times);
    if (atime === undefined && mtime === undefined) return 0;
    if ((flags & ~(AT_SYMLINK_NOFOLLOW | AT_EMPTY_PATH)) !== 0) throw Errno.EINVAL;
    const byDescriptor = path === 0 && dirfd !== AT_FDCWD;
    const inode = byDescriptor
      ? openedFile(process.fds, dirfd).inode
      : kernel.vfs.lookupAt(process, dirfd, process.memory.string(path), flags);
    changeTimes(inode, atime, mtime, process, kernel.clock.realtime());
    return 0;
  };
}

function readTimes(layout: TimesLayout, process: Process, ptr: number): [NewTime, NewTime] {
  if (ptr === 0) return ["now", "now"];
  const read = (at: number): NewTime => {
    const nsec = process.memory.getI32(at + layout.size / 2);
    if (nsec === UTIME_NOW) return "now";
    if (nsec === UTIME_OMIT) return undefined;
    if (nsec < 0 || nsec >= NSEC_PER_SEC) throw Errno.EINVAL;
    return { sec: layout.seconds(process, at), nsec };
  };
  return [read(ptr), read(ptr + layout.size)];
}

function truncate(kernel: Kernel, process: Process, path: string, size: number): Result {
  if (size < 0) throw Errno.EINVAL;
  truncatePath(kernel.vfs.lookup(process, AT_FDCWD, path), size, process, kernel.clock.realtime());
  return 0;
}

function ftruncate(_kernel: Kernel, process: Process, fd: number, size: number): Result {
  if (size < 0) throw Errno.EINVAL;
  const file = openedFile(process.fds, fd);
  if (!file.writable) throw Errno.EINVAL;
  file.truncate(size, process);
  return 0;
}

function fallocate(
  kernel: Kernel,
  process: Process,
  fd: number,
  mode: number,
  offset: number,
  length: number,
): Result {
  const file = openedFile(process.fds, fd);
  if (offset < 0 || length <= 0) throw Errno.EINVAL;
  const punch = (mode & FALLOC_FL_PUNCH_HOLE) !== 0;
  const keepSize = (mode & FALLOC_FL_KEEP_SIZE) !== 0;
  if ((mode & ~(FALLOC_FL_KEEP_SIZE | FALLOC_FL_PUNCH_HOLE)) !== 0 || (punch && !keepSize))
    throw Errno.EOPNOTSUPP;
  if (!file.writable) throw Errno.EBADF;
  if (file instanceof PipeFile) throw Errno.ESPIPE;
  const { inode } = file;
  if (!isRegular(inode)) throw Errno.ENODEV;
  const end = offset + length;
  if (punch) inode.punchHole(offset, length);
  else {
    if (!keepSize && end > inode.size) demandSize(process, end);
    inode.allocate(offset, length);
    if (!keepSize && end > inode.size) inode.truncate(end);
  }
  touchModified(inode, kernel.clock.realtime());
  return 0;
}

export const attributeSyscalls: readonly SyscallDefinition[] = [
  syscall(52, "fchmod", ["fd", "mode"], fchmod),
  syscall(53, "fchmodat", ["fd", "path", "mode"], fchmodat),
  syscall(452, "fchmodat2", ["fd", "path", "mode", "flags"], fchmodat2),
  syscall(54, "fchownat", ["fd", "path", "int", "int", "flags"], fchownat),
  syscall(55, "fchown", ["fd", "int", "int"], fchown),
  syscall(88, "utimensat", ["fd", "ptr", "ptr", "flags"], utimensat(TIMES_32)),
  syscall(412, "utimensat_time64", ["fd", "ptr", "ptr", "flags"], utimensat(TIMES_64)),
  syscall(45, "truncate64", ["path", "i64"], truncate),
  syscall(46, "ftruncate64", ["fd", "i64"], ftruncate),
  syscall(47, "fallocate", ["fd", "int", "i64", "i64"], fallocate, {
    support: "partial",
    note: "no FALLOC_FL_ZERO_RANGE, COLLAPSE_RANGE or INSERT_RANGE",
  }),
];
