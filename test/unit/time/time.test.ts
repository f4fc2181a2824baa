import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { SIG_IGN, SIGALRM, SIGPROF, SIGUSR1 } from "../../../src/wasi/abi/linux/signal.js";
import {
  CLOCK_BOOTTIME,
  CLOCK_MONOTONIC,
  CLOCK_PROCESS_CPUTIME_ID,
  CLOCK_REALTIME,
  ITIMER_PROF,
  ITIMER_REAL,
  SIGEV_NONE,
  TIMER_ABSTIME,
} from "../../../src/wasi/abi/linux/time.js";
import { signalBit } from "../../../src/wasi/kernel/signal-state.js";
import { outcome } from "../../support/errno.js";
import { Guest } from "../../support/guest.js";

beforeEach(
  () => void vi.useFakeTimers({ toFake: ["performance", "setTimeout", "clearTimeout", "setImmediate"] }),
);
afterEach(() => void vi.useRealTimers());

const timespec = (guest: Guest, ms: number) => guest.putWords(Math.floor(ms / 1000), 0, (ms % 1000) * 1e6, 0);

function readTimespec(guest: Guest, ptr: number): number {
  return Number(guest.memory.getI64(ptr)) * 1000 + guest.memory.getI32(ptr + 8) / 1e6;
}

function readClock(guest: Guest, id: number): number {
  const ptr = guest.buffer(16);
  expect(guest.call("clock_gettime64", id, ptr)).toBe(0);
  return readTimespec(guest, ptr);
}

const catches = (guest: Guest, signal: number) =>
  guest.call("rt_sigaction", signal, guest.putWords(99, 0, 0, 0), 0);
const isPending = (guest: Guest, signal: number) =>
  (guest.process.signals.pending & signalBit(signal)) !== 0n;

describe("clocks", () => {
  test("run together", () => {
    const guest = new Guest();
    const ids = [CLOCK_REALTIME, CLOCK_MONOTONIC, CLOCK_BOOTTIME];
    const before = ids.map((id) => readClock(guest, id));
    vi.advanceTimersByTime(1500);
    const after = ids.map((id, i) => readClock(guest, id) - (before[i] as number));
    for (const elapsed of after) expect(elapsed).toBeCloseTo(1500, 3);
  });

  test("tell CPU time of a process, by its own id or its pid", () => {
    const guest = new Guest();
    guest.process.cpuMs = 250;
    expect(readClock(guest, CLOCK_PROCESS_CPUTIME_ID)).toBeCloseTo(250, 3);
    const other = new Guest(guest.kernel);
    expect(readClock(other, (~guest.pid << 3) | 2)).toBeCloseTo(250, 3);
    expect(outcome(other.call("clock_gettime64", (~4711 << 3) | 2, other.buffer(16)))).toBe("EINVAL");
    expect(outcome(other.call("clock_gettime64", 99, other.buffer(16)))).toBe("EINVAL");
  });

  test("belong to the host", () => {
    const guest = new Guest();
    expect(outcome(guest.call("clock_settime64", CLOCK_REALTIME, timespec(guest, 0)))).toBe("EPERM");
    const resolution = guest.buffer(16);
    expect(guest.call("clock_getres_time64", CLOCK_MONOTONIC, resolution)).toBe(0);
    expect(guest.memory.getI32(resolution + 8)).toBe(1);
  });

  test("are there in the old 32-bit form", () => {
    const guest = new Guest();
    const ptr = guest.buffer(8);
    guest.call("gettimeofday", ptr, 0);
    expect(guest.memory.getI32(ptr)).toBe(Math.floor(readClock(guest, CLOCK_REALTIME) / 1000));
  });
});

describe("sleeping", () => {
  test("lasts as long as it was asked to", () => {
    const guest = new Guest();
    guest.start("clock_nanosleep_time64", CLOCK_REALTIME, 0, timespec(guest, 250), 0);
    guest.settle();
    vi.advanceTimersByTime(249);
    expect(guest.blocked).toBe(true);
    vi.advanceTimersByTime(2);
    expect(guest.result).toBe(0);
  });

  test("may have a point in time as its end", () => {
    const guest = new Guest();
    const end = readClock(guest, CLOCK_MONOTONIC) + 100;
    guest.start(
      "clock_nanosleep_time64",
      CLOCK_MONOTONIC,
      TIMER_ABSTIME,
      timespec(guest, Math.round(end)),
      0,
    );
    guest.settle();
    vi.advanceTimersByTime(98);
    expect(guest.blocked).toBe(true);
    vi.advanceTimersByTime(4);
    expect(guest.result).toBe(0);
    guest.start("clock_nanosleep_time64", CLOCK_MONOTONIC, TIMER_ABSTIME, timespec(guest, 1), 0);
    expect(guest.result, "it has passed already").toBe(0);
  });

  test("ends with EINTR and the rest of the time when a signal is caught", () => {
    const guest = new Guest();
    catches(guest, SIGUSR1);
    const rest = guest.buffer(16);
    guest.start("clock_nanosleep_time64", CLOCK_REALTIME, 0, timespec(guest, 1000), rest);
    guest.settle();
    vi.advanceTimersByTime(300);
    guest.kernel.signals.send(guest.process, SIGUSR1);
    guest.settle();
    expect(outcome(guest.result)).toBe("EINTR");
    expect(readTimespec(guest, rest)).toBeCloseTo(700, 0);
  });

  test("refuses what is no time", () => {
    const guest = new Guest();
    for (const bad of [guest.putWords(0, 0, 1e9, 0), guest.putWords(-1, -1, 0, 0)]) {
      expect(outcome(guest.call("clock_nanosleep_time64", CLOCK_REALTIME, 0, bad, 0))).toBe("EINVAL");
    }
  });
});

/** struct itimerval of the 32-bit ABI. */
const itimerval = (guest: Guest, intervalMs: number, valueMs: number) =>
  guest.putWords(...[intervalMs, valueMs].flatMap((ms) => [Math.floor(ms / 1000), (ms % 1000) * 1000]));

describe("interval timers", () => {
  test("send SIGALRM again and again until they are stopped", () => {
    const guest = new Guest();
    catches(guest, SIGALRM);
    guest.call("setitimer", ITIMER_REAL, itimerval(guest, 100, 250), 0);
    guest.settle();
    vi.advanceTimersByTime(251);
    expect(isPending(guest, SIGALRM)).toBe(true);
    guest.process.signals.take(SIGALRM);
    vi.advanceTimersByTime(100);
    expect(isPending(guest, SIGALRM)).toBe(true);
    guest.process.signals.take(SIGALRM);

    const old = guest.buffer(16);
    guest.call("setitimer", ITIMER_REAL, itimerval(guest, 0, 0), old);
    expect(guest.memory.getI32(old + 4)).toBe(100_000);
    expect(guest.memory.getI32(old + 12)).toBeGreaterThan(90_000);
    vi.advanceTimersByTime(1000);
    expect(isPending(guest, SIGALRM)).toBe(false);
  });

  test("count CPU time where that is asked for", () => {
    const guest = new Guest();
    catches(guest, SIGPROF);
    guest.call("setitimer", ITIMER_PROF, itimerval(guest, 0, 100), 0);
    guest.settle();
    vi.advanceTimersByTime(500);
    expect(isPending(guest, SIGPROF)).toBe(false);
    guest.process.cpuMs = 100;
    vi.advanceTimersByTime(101);
    expect(isPending(guest, SIGPROF)).toBe(true);
  });

  test("end with their process, and a child has none", () => {
    const guest = new Guest();
    guest.call("setitimer", ITIMER_REAL, itimerval(guest, 0, 100), 0);
    const child = guest.fork();
    const current = child.buffer(16);
    child.call("getitimer", ITIMER_REAL, current);
    expect(child.bytesAt(current, 16)).toEqual(new Uint8Array(16));
    guest.settle();
    vi.advanceTimersByTime(150);
    guest.settle();
    expect(guest.process.alive, "SIGALRM ends it").toBe(false);
    expect(outcome(child.call("setitimer", 7, itimerval(child, 0, 0), 0))).toBe("EINVAL");
  });
});

describe("POSIX timers", () => {
  const create = (guest: Guest, clock: number, event = 0): number => {
    const id = guest.buffer(4);
    expect(guest.call("timer_create", clock, event, id)).toBe(0);
    return guest.memory.getI32(id);
  };
  const itimerspec = (guest: Guest, intervalMs: number, valueMs: number) => {
    const parts = [intervalMs, valueMs].flatMap((ms) => [Math.floor(ms / 1000), 0, (ms % 1000) * 1e6, 0]);
    return guest.putWords(...parts);
  };

  test("send the signal that was asked for", () => {
    const guest = new Guest();
    catches(guest, SIGUSR1);
    const id = create(guest, CLOCK_REALTIME, guest.putWords(0, SIGUSR1, 0, 0));
    guest.call("timer_settime64", id, 0, itimerspec(guest, 0, 50), 0);
    guest.settle();
    const left = guest.buffer(32);
    guest.call("timer_gettime64", id, left);
    expect(readTimespec(guest, left + 16)).toBeCloseTo(50, 0);
    vi.advanceTimersByTime(51);
    expect(isPending(guest, SIGUSR1)).toBe(true);
    guest.call("timer_gettime64", id, left);
    expect(readTimespec(guest, left + 16)).toBe(0);
    expect(guest.call("timer_delete", id)).toBe(0);
    expect(outcome(guest.call("timer_delete", id))).toBe("EINVAL");
  });

  test("count the times that nobody was told", () => {
    const guest = new Guest();
    guest.call("rt_sigaction", SIGALRM, guest.putWords(SIG_IGN, 0, 0, 0), 0);
    const id = create(guest, CLOCK_MONOTONIC);
    vi.advanceTimersByTime(1000);
    const passed = Math.floor(readClock(guest, CLOCK_MONOTONIC)) - 34;
    guest.call("timer_settime64", id, TIMER_ABSTIME, itimerspec(guest, 10, passed), 0);
    guest.settle();
    vi.advanceTimersByTime(1);
    expect(guest.call("timer_getoverrun", id)).toBe(3);
  });

  test("may notify nobody", () => {
    const guest = new Guest();
    const id = create(guest, CLOCK_MONOTONIC, guest.putWords(0, 0, SIGEV_NONE, 0));
    guest.call("timer_settime64", id, 0, itimerspec(guest, 0, 10), 0);
    guest.settle();
    vi.advanceTimersByTime(20);
    expect(guest.process.signals.pending).toBe(0n);
    expect(guest.process.killedBy).toBeUndefined();
  });
});
