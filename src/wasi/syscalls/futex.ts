import { Errno } from "../errno.js";
import type { Result } from "../kernel/blocked.js";
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

/**
 * futex(2) where every process has one thread and memory of its own: a wait ends by its timeout or by a signal only, and a
 * wake finds nobody.
 */
function futex(layout: TimespecLayout) {
  return (
    kernel: Kernel,
    process: Process,
    address: number,
    operation: number,
    value: number,
    timeout: number,
    _second: number,
    third: number,
  ): Result => {
    if (address % 4 !== 0) throw Errno.EINVAL;
    const current = process.memory.getI32(address);
    const realtime = (operation & FUTEX_CLOCK_REALTIME) !== 0;
    switch (operation & ~(FUTEX_PRIVATE | FUTEX_CLOCK_REALTIME)) {
      case FUTEX_WAIT:
        return wait(kernel, process, current === value, timeout, layout, realtime ? "realtime" : "relative");
      case FUTEX_WAIT_BITSET:
        return wait(kernel, process, current === value, timeout, layout, realtime ? "realtime" : "monotonic");
      case FUTEX_CMP_REQUEUE:
        if (current !== third) throw Errno.EAGAIN;
        return 0;
      case FUTEX_WAKE:
      case FUTEX_WAKE_BITSET:
      case FUTEX_REQUEUE:
        return 0;
      default:
        throw Errno.ENOSYS;
    }
  };
}

function wait(
  kernel: Kernel,
  process: Process,
  unchanged: boolean,
  timeout: number,
  layout: TimespecLayout,
  kind: "relative" | "monotonic" | "realtime",
): Result {
  if (!unchanged) throw Errno.EAGAIN;
  const call = pendingCall(process);
  if (call.deadline === undefined && timeout !== 0) {
    const base =
      kind === "realtime" ? kernel.clock.realtimeMs() : kind === "monotonic" ? kernel.clock.monotonic() : 0;
    call.deadline = kernel.clock.monotonic() + layout.read(process.memory, timeout) - base;
  }
  if (call.deadline === undefined) return process.sleepOn();
  if (call.deadline - kernel.clock.monotonic() <= TIMER_SLACK_MS) throw Errno.ETIMEDOUT;
  return process.sleepUntil(call.deadline);
}

const limited = {
  support: "partial",
  note: "no priority inheritance; there is nobody to wake: no threads, no shared memory",
} as const;

export const futexSyscalls: readonly SyscallDefinition[] = [
  syscall(98, "futex", ["ptr", "int", "int", "ptr", "ptr", "int"], futex(timespec32), limited),
  syscall(422, "futex_time64", ["ptr", "int", "int", "ptr", "ptr", "int"], futex(timespec64), limited),
];
