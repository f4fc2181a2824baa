import { Errno } from "../errno.js";
import type { Result } from "../kernel/blocked.js";
import { dropFutexQueue, futexQueue, requeueFutex, WOKEN, wakeFutex } from "../kernel/futexes.js";
import type { Kernel } from "../kernel/kernel.js";
import { type Process, pendingCall } from "../kernel/process.js";
import { TIMER_SLACK_MS } from "../kernel/timers.js";
import { type SyscallDefinition, syscall } from "./definition.js";
import { type TimespecLayout, timespec32, timespec64 } from "./timespec.js";

const FUTEX_WAIT = 0;
const FUTEX_WAKE = 1;
const FUTEX_REQUEUE = 3;
const FUTEX_CMP_REQUEUE = 4;
const FUTEX_WAIT_BITSET = 9;
const FUTEX_WAKE_BITSET = 10;
const FUTEX_PRIVATE = 128;
const FUTEX_CLOCK_REALTIME = 256;
/** The only set of bits that waiters are known by. */
const FUTEX_BITSET_MATCH_ANY = -1;

/** futex(2). The fourth argument is a timeout, or how many waiters are moved. */
function futex(layout: TimespecLayout) {
  return (
    kernel: Kernel,
    process: Process,
    address: number,
    operation: number,
    value: number,
    fourth: number,
    second: number,
    third: number,
  ): Result => {
    if (address % 4 !== 0) throw Errno.EINVAL;
    const current = process.memory.getI32(address);
    const realtime = (operation & FUTEX_CLOCK_REALTIME) !== 0;
    const command = operation & ~(FUTEX_PRIVATE | FUTEX_CLOCK_REALTIME);
    switch (command) {
      case FUTEX_WAIT:
      case FUTEX_WAIT_BITSET: {
        if (command === FUTEX_WAIT_BITSET && third !== FUTEX_BITSET_MATCH_ANY) throw Errno.ENOSYS;
        const clock = realtime ? "realtime" : command === FUTEX_WAIT ? "relative" : "monotonic";
        const timeout = fourth === 0 ? undefined : () => deadline(kernel, process, fourth, layout, clock);
        return wait(kernel, process, address, current === value, timeout);
      }
      case FUTEX_WAKE_BITSET:
        if (third !== FUTEX_BITSET_MATCH_ANY) throw Errno.ENOSYS;
        return wakeFutex(process, address, atLeastOne(value));
      case FUTEX_WAKE:
        return wakeFutex(process, address, atLeastOne(value));
      case FUTEX_CMP_REQUEUE:
      case FUTEX_REQUEUE:
        if (command === FUTEX_CMP_REQUEUE && current !== third) throw Errno.EAGAIN;
        if (second % 4 !== 0 || value < 0 || (fourth | 0) < 0) throw Errno.EINVAL;
        return wakeFutex(process, address, value) + requeueFutex(process, address, second, fourth);
      default:
        throw Errno.ENOSYS;
    }
  };
}

/** As Linux does, which wakes one for any number below. */
function atLeastOne(count: number): number {
  return Math.max(1, count);
}

function deadline(
  kernel: Kernel,
  process: Process,
  timeout: number,
  layout: TimespecLayout,
  clock: "relative" | "monotonic" | "realtime",
): number {
  const now = kernel.clock.monotonic();
  const base = clock === "realtime" ? kernel.clock.realtimeMs() : clock === "monotonic" ? now : 0;
  return now + layout.read(process.memory, timeout) - base;
}

function wait(
  kernel: Kernel,
  process: Process,
  address: number,
  unchanged: boolean,
  timeout: (() => number) | undefined,
): Result {
  const call = pendingCall(process);
  if (call.scratch === WOKEN) return 0;
  if (!unchanged) throw Errno.EAGAIN;
  if (timeout !== undefined) call.deadline ??= timeout();
  if (call.deadline !== undefined && call.deadline - kernel.clock.monotonic() <= TIMER_SLACK_MS) {
    dropFutexQueue(process, address);
    throw Errno.ETIMEDOUT;
  }
  process.sleepOn(futexQueue(process, address));
  return process.sleepUntil(call.deadline ?? Number.POSITIVE_INFINITY);
}

const limited = {
  support: "partial",
  note: "no priority inheritance, no bit sets, and no waiting across processes: they share no memory",
} as const;

export const futexSyscalls: readonly SyscallDefinition[] = [
  syscall(98, "futex", ["ptr", "int", "int", "ptr", "ptr", "int"], futex(timespec32), limited),
  syscall(422, "futex_time64", ["ptr", "int", "int", "ptr", "ptr", "int"], futex(timespec64), limited),
];
