import {
  CLK_TCK,
  CLOCK_BOOTTIME,
  CLOCK_BOOTTIME_ALARM,
  CLOCK_MONOTONIC,
  CLOCK_MONOTONIC_COARSE,
  CLOCK_MONOTONIC_RAW,
  CLOCK_PROCESS_CPUTIME_ID,
  CLOCK_REALTIME,
  CLOCK_REALTIME_ALARM,
  CLOCK_REALTIME_COARSE,
  CLOCK_TAI,
  CLOCK_THREAD_CPUTIME_ID,
  TIMER_ABSTIME,
} from "../abi/linux/time.js";
import { Errno } from "../errno.js";
import type { Result } from "../kernel/blocked.js";
import type { ClockReader } from "../kernel/interval-timer.js";
import type { Kernel } from "../kernel/kernel.js";
import { type Process, pendingCall } from "../kernel/process.js";
import { TIMER_SLACK_MS } from "../kernel/timers.js";
import { type SyscallDefinition, syscall } from "./definition.js";
import { readTimeval, type TimespecLayout, timespec32, timespec64, writeTimeval } from "./timespec.js";

/** The resolution that clock_getres(2) reports, in ms: that of the host's timer. */
const RESOLUTION_MS = 1e-6;

/** Reads a clock: milliseconds now. EINVAL for a clock that does not exist. */
export function clockReader(kernel: Kernel, process: Process, clockId: number): ClockReader {
  switch (clockId) {
    case CLOCK_REALTIME:
    case CLOCK_REALTIME_COARSE:
    case CLOCK_REALTIME_ALARM:
    case CLOCK_TAI:
      return () => kernel.clock.realtimeMs();
    case CLOCK_MONOTONIC:
    case CLOCK_MONOTONIC_RAW:
    case CLOCK_MONOTONIC_COARSE:
      return () => kernel.clock.monotonic();
    case CLOCK_BOOTTIME:
    case CLOCK_BOOTTIME_ALARM:
      return () => kernel.clock.uptime();
    case CLOCK_PROCESS_CPUTIME_ID:
      return () => kernel.scheduler.cpuMs(process);
    case CLOCK_THREAD_CPUTIME_ID:
      return () => kernel.scheduler.threadCpuMs(process);
    default:
      return cpuClock(kernel, process, clockId);
  }
}

/**
 * Negative clocks are the CPU time of a process (clock_getcpuclockid(3)) or, by the third bit, of a thread: the complement of
 * its number and three bits of kind.
 */
function cpuClock(kernel: Kernel, process: Process, clockId: number): ClockReader {
  if (clockId >= 0 || (clockId & 3) === 3) throw Errno.EINVAL;
  const id = ~(clockId >> 3);
  const target = id === 0 ? process : kernel.processes.thread(id);
  if (target === undefined) throw Errno.EINVAL;
  const { scheduler } = kernel;
  return (clockId & 4) === 0 ? () => scheduler.cpuMs(target) : () => scheduler.threadCpuMs(target);
}

function clockGettime(layout: TimespecLayout) {
  return (kernel: Kernel, process: Process, clockId: number, ptr: number): Result => {
    layout.write(process.memory, ptr, clockReader(kernel, process, clockId)());
    return 0;
  };
}

function clockGetres(layout: TimespecLayout) {
  return (kernel: Kernel, process: Process, clockId: number, ptr: number): Result => {
    clockReader(kernel, process, clockId);
    if (ptr !== 0) layout.write(process.memory, ptr, RESOLUTION_MS);
    return 0;
  };
}

function clockNanosleep(layout: TimespecLayout) {
  return (
    kernel: Kernel,
    process: Process,
    clockId: number,
    flags: number,
    request: number,
    remain: number,
  ): Result => {
    if (clockId === CLOCK_THREAD_CPUTIME_ID) throw Errno.EINVAL;
    const now = clockReader(kernel, process, clockId);
    const absolute = (flags & TIMER_ABSTIME) !== 0;
    const call = pendingCall(process);
    if (call.deadline === undefined) {
      const wanted = layout.read(process.memory, request);
      call.deadline = kernel.clock.monotonic() + (absolute ? wanted - now() : wanted);
    }
    const left = call.deadline - kernel.clock.monotonic();
    if (left <= TIMER_SLACK_MS) return 0;
    if (call.interrupted) {
      if (remain !== 0 && !absolute) layout.write(process.memory, remain, left);
      throw Errno.EINTR;
    }
    return process.sleepUntil(call.deadline);
  };
}

function times(kernel: Kernel, process: Process, ptr: number): Result {
  const ticks = (ms: number) => Math.floor((ms * CLK_TCK) / 1000);
  if (ptr !== 0) {
    const { memory } = process;
    memory.setI32(ptr, ticks(kernel.scheduler.cpuMs(process)));
    memory.setI32(ptr + 4, 0);
    memory.setI32(ptr + 8, ticks(process.leader.childrenCpuMs));
    memory.setI32(ptr + 12, 0);
  }
  return ticks(kernel.clock.uptime());
}

function gettimeofday(kernel: Kernel, process: Process, ptr: number, zone: number): Result {
  if (ptr !== 0) writeTimeval(process.memory, ptr, kernel.clock.realtimeMs());
  if (zone !== 0) process.memory.bytes(zone, 8).fill(0);
  return 0;
}

/** The clocks belong to the host. */
function mayNotSet(): never {
  throw Errno.EPERM;
}
const clockSet = { support: "none", note: "EPERM: the clocks belong to the host" } as const;

function readItimer(process: Process, which: number, ptr: number): void {
  const timer = process.timers.itimer(which);
  writeTimeval(process.memory, ptr, timer.intervalMs);
  writeTimeval(process.memory, ptr + 8, timer.remainingMs);
}

function getitimer(_kernel: Kernel, process: Process, which: number, ptr: number): Result {
  readItimer(process, which, ptr);
  return 0;
}

function setitimer(_kernel: Kernel, process: Process, which: number, value: number, old: number): Result {
  const { memory } = process;
  const timer = process.timers.itimer(which);
  const interval = value === 0 ? 0 : readTimeval(memory, value);
  const delay = value === 0 ? 0 : readTimeval(memory, value + 8);
  if (old !== 0) readItimer(process, which, old);
  if (delay === 0) timer.stop();
  else timer.startIn(delay, interval);
  return 0;
}

export const timeSyscalls: readonly SyscallDefinition[] = [
  syscall(113, "clock_gettime", ["int", "ptr"], clockGettime(timespec32)),
  syscall(403, "clock_gettime64", ["int", "ptr"], clockGettime(timespec64)),
  syscall(114, "clock_getres", ["int", "ptr"], clockGetres(timespec32)),
  syscall(406, "clock_getres_time64", ["int", "ptr"], clockGetres(timespec64)),
  syscall(115, "clock_nanosleep_time32", ["int", "flags", "ptr", "ptr"], clockNanosleep(timespec32)),
  syscall(407, "clock_nanosleep_time64", ["int", "flags", "ptr", "ptr"], clockNanosleep(timespec64)),
  syscall(101, "nanosleep", ["ptr", "ptr"], (kernel, process, request, remain) =>
    clockNanosleep(timespec32)(kernel, process, CLOCK_MONOTONIC, 0, request, remain),
  ),
  syscall(169, "gettimeofday", ["ptr", "ptr"], gettimeofday),
  syscall(153, "times", ["ptr"], times, { support: "partial", note: "all CPU time counts as user time" }),
  syscall(102, "getitimer", ["int", "ptr"], getitimer),
  syscall(103, "setitimer", ["int", "ptr", "ptr"], setitimer),
  syscall(112, "clock_settime", ["int", "ptr"], mayNotSet, clockSet),
  syscall(404, "clock_settime64", ["int", "ptr"], mayNotSet, clockSet),
  syscall(170, "settimeofday", ["ptr", "ptr"], mayNotSet, clockSet),
  syscall(171, "adjtimex", ["ptr"], mayNotSet, clockSet),
  syscall(266, "clock_adjtime", ["int", "ptr"], mayNotSet, clockSet),
  syscall(405, "clock_adjtime64", ["int", "ptr"], mayNotSet, clockSet),
];
