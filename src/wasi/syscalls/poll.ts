import { Errno } from "../errno.js";
import { BLOCKED, type Result } from "../kernel/blocked.js";
import type { Kernel } from "../kernel/kernel.js";
import { type OpenFile, POLLERR, POLLHUP, POLLIN, POLLNVAL, POLLOUT, POLLPRI } from "../kernel/open-file.js";
import { type Process, pendingCall } from "../kernel/process.js";
import { TIMER_SLACK_MS } from "../kernel/timers.js";
import { type SyscallDefinition, syscall } from "./definition.js";
import { type TimespecLayout, timespec32, timespec64 } from "./timespec.js";

/** struct pollfd: int fd, short events, short revents. */
const POLLFD_SIZE = 8;
const SIGSET_SIZE = 8;

/** What select(2) calls readable, writable and exceptional. */
const READABLE = POLLIN | POLLHUP | POLLERR;
const WRITABLE = POLLOUT | POLLERR;
const EXCEPTIONAL = POLLPRI;

/**
 * Runs `attempt` with the signal mask at `set` in force until the call ends (pselect(2)). When a signal ends it, the mask of
 * before comes back after the handler.
 */
export function withSignalMask(process: Process, set: number, attempt: () => Result): Result {
  if (set === 0) return attempt();
  const mask = process.memory.getU64(set);
  process.signals.suspendMask(mask);
  let result: Result = BLOCKED;
  try {
    result = attempt();
  } finally {
    if (result !== BLOCKED) process.signals.restoreSuspendedMask();
  }
  return result;
}

/** Goes to sleep until one of the files may have changed, or until the deadline. 0 when that has passed. */
export function sleepOnFiles(
  kernel: Kernel,
  process: Process,
  files: readonly OpenFile[],
  timeoutMs: number,
): Result {
  if (timeoutMs <= 0) return 0;
  const call = pendingCall(process);
  const now = kernel.clock.monotonic();
  call.deadline ??= now + timeoutMs;
  if (now + TIMER_SLACK_MS >= call.deadline) return 0;
  for (const file of files) process.sleepOn(...file.waitQueues());
  return process.sleepUntil(call.deadline);
}

/** Writes back how much of the timeout is left, as Linux does for ppoll and pselect6. */
function finish(
  kernel: Kernel,
  process: Process,
  timeout: number,
  layout: TimespecLayout,
  result: Result,
): Result {
  const interrupted = result === BLOCKED && process.call?.interrupted === true;
  if (timeout === 0 || (result === BLOCKED && !interrupted)) return result;
  const deadline = process.call?.deadline;
  if (deadline !== undefined) {
    layout.write(process.memory, timeout, Math.max(0, deadline - kernel.clock.monotonic()));
  }
  return result;
}

function readTimeout(process: Process, timeout: number, layout: TimespecLayout): number {
  return timeout === 0 ? Number.POSITIVE_INFINITY : layout.read(process.memory, timeout);
}

function poll(kernel: Kernel, process: Process, fds: number, count: number, timeoutMs: number): Result {
  if (count > process.limits.openFiles) throw Errno.EINVAL;
  const { memory } = process;
  const entries = memory.bytes(fds, count * POLLFD_SIZE);
  const view = new DataView(entries.buffer, entries.byteOffset, entries.byteLength);
  const files: OpenFile[] = [];
  let ready = 0;
  for (let at = 0; at < entries.length; at += POLLFD_SIZE) {
    const fd = view.getInt32(at, true);
    const wanted = view.getInt16(at + 4, true) | POLLERR | POLLHUP;
    const file = process.fds.find(fd);
    let events = 0;
    if (file !== undefined) {
      events = file.poll() & wanted;
      files.push(file);
    } else if (fd >= 0) events = POLLNVAL;
    view.setInt16(at + 6, events, true);
    if (events !== 0) ready++;
  }
  return ready > 0 ? ready : sleepOnFiles(kernel, process, files, timeoutMs);
}

function ppoll(layout: TimespecLayout) {
  return (
    kernel: Kernel,
    process: Process,
    fds: number,
    count: number,
    timeout: number,
    mask: number,
    size: number,
  ) => {
    if (mask !== 0 && size !== SIGSET_SIZE) throw Errno.EINVAL;
    const timeoutMs = firstTimeout(process, timeout, layout);
    const result = withSignalMask(process, mask, () => poll(kernel, process, fds, count, timeoutMs));
    return finish(kernel, process, timeout, layout, result);
  };
}

/** The timeout counts from the first run of the call; later runs only know that there is a deadline. */
function firstTimeout(process: Process, timeout: number, layout: TimespecLayout): number {
  if (process.call?.deadline !== undefined) return Number.POSITIVE_INFINITY;
  return readTimeout(process, timeout, layout);
}

/** One of the three sets of select(2): `count` bits from `ptr` on, in words of 32. */
class FdSet {
  private readonly bytes: Uint8Array;
  private readonly result: Uint8Array;

  constructor(
    process: Process,
    ptr: number,
    count: number,
    readonly events: number,
  ) {
    const size = ptr === 0 ? 0 : Math.ceil(count / 32) * 4;
    this.bytes = process.memory.bytes(ptr, size);
    this.result = new Uint8Array(size);
  }

  has(fd: number): boolean {
    return (((this.bytes[fd >> 3] ?? 0) >> (fd & 7)) & 1) !== 0;
  }

  add(fd: number): void {
    this.result[fd >> 3] = (this.result[fd >> 3] as number) | (1 << (fd & 7)); // `fd` is in the set, so the byte exists
  }

  write(): void {
    this.bytes.set(this.result);
  }
}

function select(
  kernel: Kernel,
  process: Process,
  count: number,
  pointers: readonly [number, number, number],
  timeoutMs: number,
): Result {
  if (count < 0) throw Errno.EINVAL;
  const bits = Math.min(count, process.fds.limit);
  const [read, write, except] = pointers;
  const sets = [
    new FdSet(process, read, bits, READABLE),
    new FdSet(process, write, bits, WRITABLE),
    new FdSet(process, except, bits, EXCEPTIONAL),
  ];
  const files: OpenFile[] = [];
  let ready = 0;
  for (let fd = 0; fd < bits; fd++) {
    const asking = sets.filter((set) => set.has(fd));
    if (asking.length === 0) continue;
    const file = process.fds.get(fd);
    const events = file.poll();
    files.push(file);
    for (const set of asking) {
      if ((events & set.events) === 0) continue;
      set.add(fd);
      ready++;
    }
  }
  const result = ready > 0 ? ready : sleepOnFiles(kernel, process, files, timeoutMs);
  if (result !== BLOCKED) for (const set of sets) set.write();
  return result;
}

function pselect6(layout: TimespecLayout) {
  return (
    kernel: Kernel,
    process: Process,
    count: number,
    read: number,
    write: number,
    except: number,
    timeout: number,
    maskArgument: number,
  ) => {
    const { memory } = process;
    const mask = maskArgument === 0 ? 0 : memory.getU32(maskArgument);
    if (mask !== 0 && memory.getU32(maskArgument + 4) !== SIGSET_SIZE) throw Errno.EINVAL;
    const timeoutMs = firstTimeout(process, timeout, layout);
    const result = withSignalMask(process, mask, () =>
      select(kernel, process, count, [read, write, except], timeoutMs),
    );
    return finish(kernel, process, timeout, layout, result);
  };
}

export const pollSyscalls: readonly SyscallDefinition[] = [
  syscall(73, "ppoll", ["ptr", "uint", "ptr", "ptr", "uint"], ppoll(timespec32)),
  syscall(414, "ppoll_time64", ["ptr", "uint", "ptr", "ptr", "uint"], ppoll(timespec64)),
  syscall(72, "pselect6", ["int", "ptr", "ptr", "ptr", "ptr", "ptr"], pselect6(timespec32)),
  syscall(413, "pselect6_time64", ["int", "ptr", "ptr", "ptr", "ptr", "ptr"], pselect6(timespec64)),
];
