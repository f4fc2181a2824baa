import {
  F_DUPFD,
  F_DUPFD_CLOEXEC,
  F_GETFD,
  F_GETFL,
  F_GETLK,
  F_GETOWN,
  F_GETPIPE_SZ,
  F_OFD_GETLK,
  F_OFD_SETLK,
  F_OFD_SETLKW,
  F_SETFD,
  F_SETFL,
  F_SETLK,
  F_SETLKW,
  F_SETOWN,
  F_SETPIPE_SZ,
  FD_CLOEXEC,
  O_APPEND,
  O_ASYNC,
  O_CLOEXEC,
  O_DIRECT,
  O_NOATIME,
  O_NONBLOCK,
} from "../abi/linux/fcntl.js";
import { FIOCLEX, FIONBIO, FIONCLEX } from "../abi/linux/ioctl.js";
import { Errno } from "../errno.js";
import type { Result } from "../kernel/blocked.js";
import type { Kernel } from "../kernel/kernel.js";
import { type Pipe, PipeFile } from "../kernel/pipe.js";
import type { Process } from "../kernel/process.js";
import { openedFile, PathFile } from "../vfs/path-file.js";
import { type SyscallDefinition, syscall } from "./definition.js";
import { getRangeLock, setRangeLock } from "./locks.js";

const CLOSE_RANGE_UNSHARE = 2;
const CLOSE_RANGE_CLOEXEC = 4;

/** The status flags that F_SETFL changes. */
const SETTABLE = O_APPEND | O_ASYNC | O_DIRECT | O_NOATIME | O_NONBLOCK;

function close(_kernel: Kernel, process: Process, fd: number): Result {
  process.fds.close(fd);
  return 0;
}

function closeRange(_kernel: Kernel, process: Process, first: number, last: number, flags: number): Result {
  if (first > last || (flags & ~(CLOSE_RANGE_UNSHARE | CLOSE_RANGE_CLOEXEC)) !== 0) throw Errno.EINVAL;
  const { fds } = process;
  for (const fd of fds.descriptors()) {
    if (fd < first || fd > last) continue;
    if ((flags & CLOSE_RANGE_CLOEXEC) !== 0) fds.setCloseOnExec(fd, true);
    else fds.close(fd);
  }
  return 0;
}

function dup(_kernel: Kernel, process: Process, fd: number): Result {
  return process.fds.allocate(process.fds.get(fd));
}

function dup3(_kernel: Kernel, process: Process, fd: number, target: number, flags: number): Result {
  if (fd === target || (flags & ~O_CLOEXEC) !== 0) throw Errno.EINVAL;
  process.fds.set(target, process.fds.get(fd), (flags & O_CLOEXEC) !== 0);
  return target;
}

function fcntl(kernel: Kernel, process: Process, fd: number, command: number, argument: number): Result {
  const { fds } = process;
  const file = fds.get(fd);
  switch (command) {
    case F_DUPFD:
    case F_DUPFD_CLOEXEC:
      if (argument < 0 || argument >= fds.limit) throw Errno.EINVAL;
      return fds.allocate(file, command === F_DUPFD_CLOEXEC, argument);
    case F_GETFD:
      return fds.isCloseOnExec(fd) ? FD_CLOEXEC : 0;
    case F_SETFD:
      fds.setCloseOnExec(fd, (argument & FD_CLOEXEC) !== 0);
      return 0;
    case F_GETFL:
      return file.flags;
  }
  if (file instanceof PathFile) throw Errno.EBADF;
  switch (command) {
    case F_SETFL:
      file.flags = (file.flags & ~SETTABLE) | (argument & SETTABLE);
      return 0;
    case F_GETLK:
    case F_OFD_GETLK:
      return getRangeLock(process, file, argument, command === F_OFD_GETLK);
    case F_SETLK:
    case F_SETLKW:
      return setRangeLock(kernel, process, file, argument, { ofd: false, wait: command === F_SETLKW });
    case F_OFD_SETLK:
    case F_OFD_SETLKW:
      return setRangeLock(kernel, process, file, argument, { ofd: true, wait: command === F_OFD_SETLKW });
    case F_SETOWN:
    case F_GETOWN:
      return 0;
    case F_GETPIPE_SZ:
      return pipeOf(file).ring.capacity;
    case F_SETPIPE_SZ:
      return pipeOf(file).resize(argument);
    default:
      throw Errno.EINVAL;
  }
}

function pipeOf(file: unknown): Pipe {
  if (!(file instanceof PipeFile)) throw Errno.EBADF;
  return file.pipe;
}

function ioctl(_kernel: Kernel, process: Process, fd: number, request: number, argument: number): Result {
  const file = openedFile(process.fds, fd);
  switch (request) {
    case FIOCLEX:
    case FIONCLEX:
      process.fds.setCloseOnExec(fd, request === FIOCLEX);
      return 0;
    case FIONBIO:
      file.flags = (file.flags & ~O_NONBLOCK) | (process.memory.getI32(argument) !== 0 ? O_NONBLOCK : 0);
      return 0;
    default:
      return file.ioctl(request, argument, process);
  }
}

export const descriptorSyscalls: readonly SyscallDefinition[] = [
  syscall(57, "close", ["fd"], close),
  syscall(436, "close_range", ["uint", "uint", "flags"], closeRange),
  syscall(23, "dup", ["fd"], dup),
  syscall(24, "dup3", ["fd", "fd", "flags"], dup3),
  syscall(25, "fcntl64", ["fd", "int", "int"], fcntl, {
    support: "partial",
    note: "F_SETOWN does nothing; leases, F_NOTIFY and seals are EINVAL",
  }),
  syscall(29, "ioctl", ["fd", "int", "ptr"], ioctl),
];
