import { describe, expect, test } from "vitest";
import {
  EFD_NONBLOCK,
  EFD_SEMAPHORE,
  EPOLL_CTL_ADD,
  EPOLL_CTL_DEL,
  EPOLL_CTL_MOD,
  EPOLLET,
  EPOLLONESHOT,
  SFD_NONBLOCK,
} from "../../../src/wasi/abi/linux/epoll.js";
import { SIGUSR1, SIGUSR2 } from "../../../src/wasi/abi/linux/signal.js";
import { CLOCK_MONOTONIC, TFD_NONBLOCK } from "../../../src/wasi/abi/linux/time.js";
import { POLLHUP, POLLIN, POLLOUT } from "../../../src/wasi/kernel/open-file.js";
import { outcome } from "../../support/errno.js";
import { Guest } from "../../support/guest.js";

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

describe("epoll", () => {
  const control = (guest: Guest, epfd: number, operation: number, fd: number, events: number, data = fd) =>
    outcome(guest.call("epoll_ctl", epfd, operation, fd, guest.putWords(events, 0, data, 0)));

  /** What is ready now: pairs of events and data. */
  function ready(guest: Guest, epfd: number, max = 8): [events: number, data: number][] | string {
    const ptr = guest.buffer(16 * max);
    const count = guest.call("epoll_pwait", epfd, ptr, max, 0, 0, 8);
    if (count < 0) return String(outcome(count));
    return Array.from({ length: count }, (_, i) => [
      guest.memory.getI32(ptr + 16 * i),
      guest.memory.getI32(ptr + 16 * i + 8),
    ]);
  }

  function watched(events: number): { guest: Guest; epfd: number; reader: number; writer: number } {
    const guest = new Guest();
    const epfd = guest.call("epoll_create1", 0);
    const [reader, writer] = guest.pair("pipe2", 0);
    expect(control(guest, epfd, EPOLL_CTL_ADD, reader, events)).toBe(0);
    return { guest, epfd, reader, writer };
  }

  test("reports what is ready, with the data that belongs to it, as long as it is", () => {
    const { guest, epfd, reader, writer } = watched(POLLIN);
    control(guest, epfd, EPOLL_CTL_ADD, writer, POLLOUT, 77);
    expect(ready(guest, epfd)).toEqual([[POLLOUT, 77]]);
    guest.write(writer, "x");
    const both = [
      [POLLIN, reader],
      [POLLOUT, 77],
    ];
    expect(ready(guest, epfd)).toEqual(both);
    expect(ready(guest, epfd)).toEqual(both);
  });

  test("waits", () => {
    const { guest, epfd, reader, writer } = watched(POLLIN);
    const child = guest.fork();
    const ptr = guest.buffer(16);
    guest.start("epoll_pwait", epfd, ptr, 1, -1, 0, 8);
    expect(guest.blocked).toBe(true);
    child.write(writer, "x");
    guest.settle();
    expect(guest.result).toBe(1);
    expect(guest.memory.getI32(ptr + 8)).toBe(reader);
  });

  test("tells news once with EPOLLET, and again when more comes", () => {
    const { guest, epfd, reader, writer } = watched(POLLIN | EPOLLET);
    guest.write(writer, "one");
    expect(ready(guest, epfd)).toEqual([[POLLIN, reader]]);
    expect(ready(guest, epfd)).toEqual([]);
    guest.write(writer, "two");
    expect(ready(guest, epfd), "though nothing was read").toEqual([[POLLIN, reader]]);
    guest.read(reader);
    expect(ready(guest, epfd)).toEqual([]);
  });

  test("tells only once with EPOLLONESHOT, until it is set again", () => {
    const { guest, epfd, reader, writer } = watched(POLLIN | EPOLLONESHOT);
    guest.write(writer, "x");
    expect(ready(guest, epfd)).toEqual([[POLLIN, reader]]);
    expect(ready(guest, epfd)).toEqual([]);
    control(guest, epfd, EPOLL_CTL_MOD, reader, POLLIN, 5);
    expect(ready(guest, epfd)).toEqual([[POLLIN, 5]]);
  });

  test("watches a file until it is closed everywhere", () => {
    const { guest, epfd, reader, writer } = watched(POLLIN);
    const copy = guest.call("dup", reader);
    guest.write(writer, "x");
    guest.call("close", reader);
    expect(ready(guest, epfd)).toEqual([[POLLIN, reader]]);
    guest.call("close", copy);
    expect(ready(guest, epfd)).toEqual([]);
  });

  test("does not let a busy file hide the others", () => {
    const { guest, epfd, reader, writer } = watched(POLLIN);
    guest.write(writer, "x");
    control(guest, epfd, EPOLL_CTL_ADD, writer, POLLOUT);
    const seen = [ready(guest, epfd, 1), ready(guest, epfd, 1)].flat().map((event) => event[1]);
    expect(seen.sort()).toEqual([reader, writer]);
  });

  test("can be watched itself, but not in a circle", () => {
    const { guest, epfd, writer } = watched(POLLIN);
    const outer = guest.call("epoll_create1", 0);
    expect(control(guest, outer, EPOLL_CTL_ADD, epfd, POLLIN)).toBe(0);
    expect(control(guest, epfd, EPOLL_CTL_ADD, outer, POLLIN)).toBe("ELOOP");
    expect(control(guest, epfd, EPOLL_CTL_ADD, epfd, POLLIN)).toBe("EINVAL");
    expect(ready(guest, outer)).toEqual([]);
    guest.call("close", writer);
    expect(ready(guest, outer)).toEqual([[POLLIN, epfd]]);
    expect(ready(guest, epfd)).toEqual([[POLLHUP, 1]]);
  });

  test("refuses what it cannot do", () => {
    const { guest, epfd, reader } = watched(POLLIN);
    expect(control(guest, epfd, EPOLL_CTL_ADD, reader, POLLIN)).toBe("EEXIST");
    expect(control(guest, epfd, EPOLL_CTL_DEL, reader, 0)).toBe(0);
    expect(control(guest, epfd, EPOLL_CTL_DEL, reader, 0)).toBe("ENOENT");
    expect(control(guest, epfd, EPOLL_CTL_MOD, reader, 0)).toBe("ENOENT");
    expect(control(guest, epfd, 9, reader, 0)).toBe("EINVAL");
    expect(control(guest, epfd, EPOLL_CTL_ADD, 99, POLLIN)).toBe("EBADF");
    const file = guest.call("openat", -100, "/tmp/file", 0o102, 0o600);
    expect(control(guest, epfd, EPOLL_CTL_ADD, file, POLLIN)).toBe("EPERM");
    expect(control(guest, reader, EPOLL_CTL_ADD, reader, POLLIN)).toBe("EINVAL");
    expect(outcome(guest.call("epoll_pwait", epfd, guest.buffer(16), 0, 0, 0, 8))).toBe("EINVAL");
  });
});

describe("an eventfd", () => {
  const add = (guest: Guest, fd: number, value: number) =>
    outcome(guest.call("write", fd, guest.putWords(value, 0), 8));
  const take = (guest: Guest, fd: number) => {
    const ptr = guest.buffer(8);
    const result = guest.call("read", fd, ptr, 8);
    return result === 8 ? guest.memory.getU64(ptr) : outcome(result);
  };

  test("adds up and is taken at once, or one by one", () => {
    const guest = new Guest();
    const counter = guest.call("eventfd2", 2, EFD_NONBLOCK);
    add(guest, counter, 3);
    expect(take(guest, counter)).toBe(5n);
    expect(take(guest, counter)).toBe("EAGAIN");
    const semaphore = guest.call("eventfd2", 2, EFD_SEMAPHORE | EFD_NONBLOCK);
    expect([take(guest, semaphore), take(guest, semaphore), take(guest, semaphore)]).toEqual([
      1n,
      1n,
      "EAGAIN",
    ]);
  });

  test("makes readers of nothing and writers of too much wait", () => {
    const guest = new Guest();
    const fd = guest.call("eventfd2", 0, 0);
    const child = guest.fork();
    guest.start("read", fd, guest.buffer(8), 8);
    expect(guest.blocked).toBe(true);
    add(child, fd, 1);
    guest.settle();
    expect(guest.result).toBe(8);
    guest.call("write", fd, guest.putWords(-2, -1), 8);
    guest.start("write", fd, guest.putWords(1, 0), 8);
    expect(guest.blocked).toBe(true);
    take(child, fd);
    guest.settle();
    expect(guest.result).toBe(8);
    expect(outcome(child.call("write", fd, child.putWords(-1, -1), 8))).toBe("EINVAL");
    expect(outcome(child.call("read", fd, child.buffer(4), 4))).toBe("EINVAL");
  });
});

describe("a timerfd", () => {
  test("tells how often it has expired", async () => {
    const guest = new Guest();
    const fd = guest.call("timerfd_create", CLOCK_MONOTONIC, TFD_NONBLOCK);
    const ptr = guest.buffer(8);
    expect(outcome(guest.call("read", fd, ptr, 8))).toBe("EAGAIN");
    guest.call("timerfd_settime64", fd, 0, guest.putWords(0, 0, 5e6, 0, 0, 0, 5e6, 0), 0);
    guest.settle();
    while (guest.process.fds.get(fd).poll() !== POLLIN) await wait(2);
    await wait(20);
    expect(guest.call("read", fd, ptr, 8)).toBe(8);
    expect(guest.memory.getU64(ptr)).toBeGreaterThan(1n);
    const left = guest.buffer(32);
    guest.call("timerfd_gettime64", fd, left);
    expect(guest.memory.getI32(left + 8)).toBe(5e6);
    guest.call("close", fd);
  });

  test("wakes whoever waits for it", async () => {
    const guest = new Guest();
    const fd = guest.call("timerfd_create", CLOCK_MONOTONIC, 0);
    guest.call("timerfd_settime64", fd, 0, guest.putWords(0, 0, 0, 0, 0, 0, 5e6, 0), 0);
    guest.start("read", fd, guest.buffer(8), 8);
    expect(guest.blocked).toBe(true);
    guest.settle();
    while (guest.blocked) await wait(1);
    expect(guest.result).toBe(8);
  });
});

test("a signalfd gives pending signals instead of their being handled", () => {
  const guest = new Guest();
  const mask = guest.putWords((1 << (SIGUSR1 - 1)) | (1 << (SIGUSR2 - 1)), 0);
  guest.call("rt_sigprocmask", 2, mask, 0);
  const fd = guest.call("signalfd4", -1, mask, 8, SFD_NONBLOCK);
  const ptr = guest.buffer(256);
  expect(outcome(guest.call("read", fd, ptr, 256))).toBe("EAGAIN");
  expect(guest.process.fds.get(fd).poll()).toBe(0);
  const child = guest.fork();
  child.call("kill", guest.pid, SIGUSR2);
  child.call("kill", guest.pid, SIGUSR1);
  expect(guest.process.fds.get(fd).poll()).toBe(POLLIN);
  expect(guest.call("read", fd, ptr, 256)).toBe(256);
  expect([guest.memory.getI32(ptr), guest.memory.getI32(ptr + 12)]).toEqual([SIGUSR1, child.pid]);
  expect(guest.memory.getI32(ptr + 128)).toBe(SIGUSR2);
  expect(guest.process.signals.pending).toBe(0n);
  expect(outcome(guest.call("read", fd, ptr, 64))).toBe("EINVAL");
});
