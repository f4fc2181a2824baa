import { wasi } from "@bjorn3/browser_wasi_shim";
import { Errno } from "../../errno.js";
import type { Kernel } from "../../kernel/kernel.js";
import { POLLERR, POLLHUP, POLLIN, POLLOUT } from "../../kernel/open-file.js";
import { type Process, pendingCall } from "../../kernel/process.js";
import { TIMER_SLACK_MS } from "../../kernel/timers.js";
import { WOULD_BLOCK, wasiErrno } from "./errno.js";

/** subscription: userdata, tag; then for a clock its id, timeout, precision, flags; for a descriptor its number. */
const SUBSCRIPTION_SIZE = 48;
/** event: userdata, error, type; then for a descriptor the number of bytes and flags. */
const EVENT_SIZE = 32;

interface Event {
  readonly userdata: bigint;
  readonly type: number;
  readonly error: number;
  readonly flags: number;
}

interface Clock {
  readonly userdata: bigint;
  /** In ms of the monotonic clock. */
  readonly dueAt: number;
}

/** poll_oneoff: waits for the first of several clocks and descriptors. The shim has it for one clock, spinning. */
export function pollOneoff(
  process: Process,
  memory: WebAssembly.Memory,
  /** The process's descriptor behind one of the program's; EBADF when there is none. */
  fdOf: (fd: number) => number,
  subscriptions: number,
  events: number,
  count: number,
  countPtr: number,
): number {
  if (count === 0) return wasi.ERRNO_INVAL;
  const view = new DataView(memory.buffer);
  const now = process.kernel.clock.monotonic();
  const call = pendingCall(process);
  // Relative timeouts count from the first run of the call.
  call.scratch ??= now;
  const began = call.scratch as number;
  const ready: Event[] = [];
  let earliest = Number.POSITIVE_INFINITY;
  const fds: number[] = [];
  for (let i = 0; i < count; i++) {
    const at = subscriptions + i * SUBSCRIPTION_SIZE;
    const userdata = view.getBigUint64(at, true);
    const type = view.getUint8(at + 8);
    if (type === wasi.EVENTTYPE_CLOCK) {
      const clock = readClock(process.kernel, view, at, userdata, began);
      if (clock.dueAt <= now + TIMER_SLACK_MS) ready.push({ userdata, type, error: 0, flags: 0 });
      else earliest = Math.min(earliest, clock.dueAt);
    } else {
      const event = lookAtFile(process, userdata, type, () => fdOf(view.getUint32(at + 16, true)));
      if (typeof event === "number") fds.push(event);
      else ready.push(event);
    }
  }
  if (ready.length === 0) {
    for (const fd of fds) process.sleepOn(...process.fds.get(fd).waitQueues());
    process.sleepUntil(earliest);
    throw WOULD_BLOCK;
  }
  ready.forEach((event, i) => {
    writeEvent(view, events + i * EVENT_SIZE, event);
  });
  view.setUint32(countPtr, ready.length, true);
  return wasi.ERRNO_SUCCESS;
}

function readClock(kernel: Kernel, view: DataView, at: number, userdata: bigint, began: number): Clock {
  const id = view.getUint32(at + 16, true);
  const timeoutMs = Number(view.getBigUint64(at + 24, true)) / 1e6;
  const absolute = (view.getUint16(at + 40, true) & wasi.SUBCLOCKFLAGS_SUBSCRIPTION_CLOCK_ABSTIME) !== 0;
  if (id !== wasi.CLOCKID_REALTIME && id !== wasi.CLOCKID_MONOTONIC) throw Errno.EINVAL;
  if (!absolute) return { userdata, dueAt: began + timeoutMs };
  const offset = id === wasi.CLOCKID_REALTIME ? kernel.clock.realtimeMs() - kernel.clock.monotonic() : 0;
  return { userdata, dueAt: timeoutMs - offset };
}

/** The event if the file is ready or cannot be waited for; otherwise the descriptor to wait on. */
function lookAtFile(process: Process, userdata: bigint, type: number, fdOf: () => number): Event | number {
  const event = (error: number, flags = 0): Event => ({ userdata, type, error, flags });
  if (type !== wasi.EVENTTYPE_FD_READ && type !== wasi.EVENTTYPE_FD_WRITE) throw Errno.EINVAL;
  try {
    const fd = fdOf();
    const events = process.fds.get(fd).poll();
    const wanted = (type === wasi.EVENTTYPE_FD_READ ? POLLIN : POLLOUT) | POLLERR | POLLHUP;
    if ((events & wanted) === 0) return fd;
    return event(0, (events & POLLHUP) !== 0 ? wasi.EVENTRWFLAGS_FD_READWRITE_HANGUP : 0);
  } catch (error) {
    if (error instanceof Errno) return event(wasiErrno(error));
    throw error;
  }
}

function writeEvent(view: DataView, ptr: number, { userdata, type, error, flags }: Event): void {
  view.setBigUint64(ptr, userdata, true);
  view.setUint16(ptr + 8, error, true);
  view.setUint8(ptr + 10, type);
  view.setBigUint64(ptr + 16, type === wasi.EVENTTYPE_CLOCK ? 0n : 1n, true);
  view.setUint16(ptr + 24, flags, true);
}
