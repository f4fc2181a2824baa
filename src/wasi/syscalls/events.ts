import {
  EFD_CLOEXEC,
  EFD_NONBLOCK,
  EFD_SEMAPHORE,
  EPOLL_CLOEXEC,
  EPOLL_CTL_ADD,
  EPOLL_CTL_DEL,
  EPOLL_CTL_MOD,
  SFD_CLOEXEC,
  SFD_NONBLOCK,
} from "../abi/linux/epoll.js";
import { O_CLOEXEC } from "../abi/linux/fcntl.js";
import {
  CLOCK_BOOTTIME,
  CLOCK_BOOTTIME_ALARM,
  CLOCK_MONOTONIC,
  CLOCK_REALTIME,
  CLOCK_REALTIME_ALARM,
  TFD_CLOEXEC,
  TFD_NONBLOCK,
  TFD_TIMER_ABSTIME,
  TFD_TIMER_CANCEL_ON_SET,
} from "../abi/linux/time.js";
import { Errno } from "../errno.js";
import type { Result } from "../kernel/blocked.js";
import { EpollFile } from "../kernel/epoll.js";
import { EventFile } from "../kernel/event-file.js";
import type { Kernel } from "../kernel/kernel.js";
import type { Process } from "../kernel/process.js";
import { SignalFile } from "../kernel/signal-file.js";
import { TimerFile } from "../kernel/timer-file.js";
import { type SyscallDefinition, syscall } from "./definition.js";
import { sleepOnFiles, withSignalMask } from "./poll.js";
import { clockReader } from "./time.js";
import { applyItimerspec, writeItimerspec } from "./timers.js";
import { type TimespecLayout, timespec32, timespec64 } from "./timespec.js";

/** struct epoll_event: events, and data at the next multiple of 8. */
const EPOLL_EVENT_SIZE = 16;
const SIGSET_SIZE = 8;
const MAX_EVENTS = 0x7fff_ffff / EPOLL_EVENT_SIZE;

const TIMER_CLOCKS = [
  CLOCK_REALTIME,
  CLOCK_MONOTONIC,
  CLOCK_BOOTTIME,
  CLOCK_REALTIME_ALARM,
  CLOCK_BOOTTIME_ALARM,
];

function epollOf(process: Process, fd: number): EpollFile {
  const file = process.fds.get(fd);
  if (!(file instanceof EpollFile)) throw Errno.EINVAL;
  return file;
}

function epollCreate1(kernel: Kernel, process: Process, flags: number): Result {
  if ((flags & ~EPOLL_CLOEXEC) !== 0) throw Errno.EINVAL;
  const file = new EpollFile(kernel.ipc.anonymousInode(process, "[eventpoll]"));
  return process.fds.allocate(file, (flags & O_CLOEXEC) !== 0);
}

function epollCtl(
  _kernel: Kernel,
  process: Process,
  epfd: number,
  operation: number,
  fd: number,
  ptr: number,
): Result {
  const { memory } = process;
  const epoll = epollOf(process, epfd);
  const file = process.fds.get(fd);
  if (operation === EPOLL_CTL_DEL) {
    epoll.remove(fd, file);
    return 0;
  }
  const event = { events: memory.getI32(ptr), data: memory.getU64(ptr + 8) };
  if (operation === EPOLL_CTL_ADD) epoll.add(fd, file, event);
  else if (operation === EPOLL_CTL_MOD) epoll.modify(fd, file, event);
  else throw Errno.EINVAL;
  return 0;
}

function epollWait(
  kernel: Kernel,
  process: Process,
  epfd: number,
  ptr: number,
  max: number,
  timeoutMs: number,
  mask: number,
  maskSize: number,
): Result {
  if (max <= 0 || max > MAX_EVENTS) throw Errno.EINVAL;
  if (mask !== 0 && maskSize !== SIGSET_SIZE) throw Errno.EINVAL;
  const epoll = epollOf(process, epfd);
  process.memory.bytes(ptr, max * EPOLL_EVENT_SIZE);
  return withSignalMask(process, mask, () => {
    const events = epoll.collect(max);
    if (events.length === 0) return sleepOnFiles(kernel, process, [epoll], timeoutMs);
    events.forEach(({ events: bits, data }, i) => {
      process.memory.setI32(ptr + i * EPOLL_EVENT_SIZE, bits);
      process.memory.setU64(ptr + i * EPOLL_EVENT_SIZE + 8, data);
    });
    return events.length;
  });
}

function eventfd2(kernel: Kernel, process: Process, initial: number, flags: number): Result {
  if ((flags & ~(EFD_SEMAPHORE | EFD_NONBLOCK | EFD_CLOEXEC)) !== 0) throw Errno.EINVAL;
  const inode = kernel.ipc.anonymousInode(process, "[eventfd]");
  const file = new EventFile(inode, BigInt(initial), (flags & EFD_SEMAPHORE) !== 0, flags);
  return process.fds.allocate(file, (flags & EFD_CLOEXEC) !== 0);
}

function timerfdCreate(kernel: Kernel, process: Process, clockId: number, flags: number): Result {
  if ((flags & ~(TFD_NONBLOCK | TFD_CLOEXEC)) !== 0 || !TIMER_CLOCKS.includes(clockId)) throw Errno.EINVAL;
  const inode = kernel.ipc.anonymousInode(process, "[timerfd]");
  const file = new TimerFile(inode, process, clockReader(kernel, process, clockId), flags);
  return process.fds.allocate(file, (flags & TFD_CLOEXEC) !== 0);
}

function timerOf(process: Process, fd: number): TimerFile {
  const file = process.fds.get(fd);
  if (!(file instanceof TimerFile)) throw Errno.EINVAL;
  return file;
}

function timerfdSettime(layout: TimespecLayout) {
  return (
    _kernel: Kernel,
    process: Process,
    fd: number,
    flags: number,
    value: number,
    old: number,
  ): Result => {
    if ((flags & ~(TFD_TIMER_ABSTIME | TFD_TIMER_CANCEL_ON_SET)) !== 0) throw Errno.EINVAL;
    const timer = timerOf(process, fd);
    process.memory.bytes(value, 2 * layout.size);
    if (old !== 0) writeItimerspec(process, old, timer.interval, layout);
    applyItimerspec(process, value, timer, (flags & TFD_TIMER_ABSTIME) !== 0, layout);
    timer.forget();
    return 0;
  };
}

function timerfdGettime(layout: TimespecLayout) {
  return (_kernel: Kernel, process: Process, fd: number, ptr: number): Result => {
    writeItimerspec(process, ptr, timerOf(process, fd).interval, layout);
    return 0;
  };
}

function signalfd4(
  kernel: Kernel,
  process: Process,
  fd: number,
  mask: number,
  size: number,
  flags: number,
): Result {
  if ((flags & ~(SFD_NONBLOCK | SFD_CLOEXEC)) !== 0 || size !== SIGSET_SIZE) throw Errno.EINVAL;
  const signals = process.memory.getU64(mask);
  if (fd === -1) {
    const file = new SignalFile(kernel.ipc.anonymousInode(process, "[signalfd]"), process, signals, flags);
    return process.fds.allocate(file, (flags & SFD_CLOEXEC) !== 0);
  }
  const file = process.fds.get(fd);
  if (!(file instanceof SignalFile)) throw Errno.EINVAL;
  file.mask = signals;
  return fd;
}

export const eventSyscalls: readonly SyscallDefinition[] = [
  syscall(20, "epoll_create1", ["flags"], epollCreate1),
  syscall(21, "epoll_ctl", ["fd", "int", "fd", "ptr"], epollCtl, {
    support: "partial",
    note: "EPOLLEXCLUSIVE and EPOLLWAKEUP change nothing",
  }),
  syscall(
    22,
    "epoll_pwait",
    ["fd", "ptr", "int", "int", "ptr", "uint"],
    (kernel, process, epfd, ptr, max, ms, mask, size) =>
      epollWait(kernel, process, epfd, ptr, max, ms < 0 ? Number.POSITIVE_INFINITY : ms, mask, size),
  ),
  syscall(
    441,
    "epoll_pwait2",
    ["fd", "ptr", "int", "ptr", "ptr", "uint"],
    (kernel, process, epfd, ptr, max, timeout, mask, size) => {
      const ms = timeout === 0 ? Number.POSITIVE_INFINITY : timespec64.read(process.memory, timeout);
      return epollWait(kernel, process, epfd, ptr, max, ms, mask, size);
    },
  ),
  syscall(19, "eventfd2", ["uint", "flags"], eventfd2),
  syscall(85, "timerfd_create", ["int", "flags"], timerfdCreate),
  syscall(86, "timerfd_settime", ["fd", "flags", "ptr", "ptr"], timerfdSettime(timespec32)),
  syscall(411, "timerfd_settime64", ["fd", "flags", "ptr", "ptr"], timerfdSettime(timespec64)),
  syscall(87, "timerfd_gettime", ["fd", "ptr"], timerfdGettime(timespec32)),
  syscall(410, "timerfd_gettime64", ["fd", "ptr"], timerfdGettime(timespec64)),
  syscall(74, "signalfd4", ["fd", "ptr", "uint", "flags"], signalfd4, {
    support: "partial",
    note: "poll looks for the signals of the process that made it",
  }),
];
