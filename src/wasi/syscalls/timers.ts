import { NSIG, SIGALRM } from "../abi/linux/signal.js";
import {
  CLOCK_THREAD_CPUTIME_ID,
  SIGEV_NONE,
  SIGEV_SIGNAL,
  SIGEV_THREAD_ID,
  TIMER_ABSTIME,
} from "../abi/linux/time.js";
import { Errno } from "../errno.js";
import type { Result } from "../kernel/blocked.js";
import { IntervalTimer } from "../kernel/interval-timer.js";
import type { Kernel } from "../kernel/kernel.js";
import type { Process } from "../kernel/process.js";
import type { PosixTimer } from "../kernel/process-timers.js";
import { type SyscallDefinition, syscall } from "./definition.js";
import { clockReader } from "./time.js";
import { type TimespecLayout, timespec32, timespec64 } from "./timespec.js";

/** si_code of a signal from a POSIX timer. */
const SI_TIMER = -2;
/** POSIX timers that one process may have. */
const MAX_TIMERS = 1024;

/** What sends the signal of a timer. struct sigevent: sigev_value, sigev_signo, sigev_notify, and sigev_notify_thread_id. */
function notification({ kernel, leader, memory }: Process, event: number): () => void {
  const info = { code: SI_TIMER, pid: 0, uid: 0, status: 0 };
  const signal = event === 0 ? SIGALRM : memory.getI32(event + 4);
  const kind = event === 0 ? SIGEV_SIGNAL : memory.getI32(event + 8);
  if (kind === SIGEV_NONE) return () => {};
  if ((kind !== SIGEV_SIGNAL && kind !== SIGEV_THREAD_ID) || signal < 1 || signal > NSIG) throw Errno.EINVAL;
  if (kind === SIGEV_SIGNAL) return () => kernel.signals.send(leader, signal, info);
  const thread = kernel.processes.thread(memory.getI32(event + 12));
  if (thread?.leader !== leader) throw Errno.EINVAL;
  return () => kernel.signals.sendToThread(thread, signal, info);
}

function timerCreate(
  kernel: Kernel,
  process: Process,
  clockId: number,
  event: number,
  result: number,
): Result {
  const now = clockReader(kernel, process, clockId);
  if (clockId === CLOCK_THREAD_CPUTIME_ID && event === 0) throw Errno.EINVAL;
  const notify = notification(process, event);
  if (process.timers.posix.size >= MAX_TIMERS) throw Errno.EAGAIN;
  const expired = (expirations: number) => {
    timer.overrun = expirations - 1;
    notify();
  };
  const timer: PosixTimer = {
    now,
    interval: new IntervalTimer(kernel.timers, () => kernel.clock.monotonic(), now, expired),
    overrun: 0,
  };
  process.memory.setI32(result, 0);
  process.memory.setI32(result, process.timers.add(timer));
  return 0;
}

function find(process: Process, id: number): PosixTimer {
  const timer = process.timers.posix.get(id);
  if (timer === undefined) throw Errno.EINVAL;
  return timer;
}

/** Writes `struct itimerspec`: interval, then what is left. */
export function writeItimerspec(
  process: Process,
  ptr: number,
  timer: IntervalTimer,
  layout: TimespecLayout,
): void {
  layout.write(process.memory, ptr, timer.intervalMs);
  layout.write(process.memory, ptr + layout.size, timer.remainingMs);
}

/** Sets a timer from a `struct itimerspec`; a zero value stops it. */
export function applyItimerspec(
  process: Process,
  ptr: number,
  timer: { readonly now: () => number; readonly interval: IntervalTimer },
  absolute: boolean,
  layout: TimespecLayout,
): void {
  const interval = layout.read(process.memory, ptr);
  const value = layout.read(process.memory, ptr + layout.size);
  if (value === 0) timer.interval.stop();
  else timer.interval.start(absolute ? value : timer.now() + value, interval);
}

function timerSettime(layout: TimespecLayout) {
  return (
    _kernel: Kernel,
    process: Process,
    id: number,
    flags: number,
    value: number,
    old: number,
  ): Result => {
    const timer = find(process, id);
    // Both structures are checked before anything changes.
    process.memory.bytes(value, 2 * layout.size);
    if (old !== 0) writeItimerspec(process, old, timer.interval, layout);
    applyItimerspec(process, value, timer, (flags & TIMER_ABSTIME) !== 0, layout);
    timer.overrun = 0;
    return 0;
  };
}

function timerGettime(layout: TimespecLayout) {
  return (_kernel: Kernel, process: Process, id: number, ptr: number): Result => {
    writeItimerspec(process, ptr, find(process, id).interval, layout);
    return 0;
  };
}

function timerDelete(_kernel: Kernel, process: Process, id: number): Result {
  find(process, id).interval.stop();
  process.timers.posix.delete(id);
  return 0;
}

export const timerSyscalls: readonly SyscallDefinition[] = [
  syscall(107, "timer_create", ["int", "ptr", "ptr"], timerCreate, {
    support: "partial",
    note: "si_value is not passed to the handler",
  }),
  syscall(108, "timer_gettime", ["int", "ptr"], timerGettime(timespec32)),
  syscall(408, "timer_gettime64", ["int", "ptr"], timerGettime(timespec64)),
  syscall(109, "timer_getoverrun", ["int"], (_kernel, process, id) => find(process, id).overrun),
  syscall(110, "timer_settime", ["int", "flags", "ptr", "ptr"], timerSettime(timespec32)),
  syscall(409, "timer_settime64", ["int", "flags", "ptr", "ptr"], timerSettime(timespec64)),
  syscall(111, "timer_delete", ["int"], timerDelete),
];
