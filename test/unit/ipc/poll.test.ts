import { describe, expect, test } from "vitest";
import { SIGUSR1 } from "../../../src/wasi/abi/linux/signal.js";
import { POLLERR, POLLHUP, POLLIN, POLLNVAL, POLLOUT } from "../../../src/wasi/kernel/open-file.js";
import { outcome } from "../../support/errno.js";
import { Guest } from "../../support/guest.js";

/** struct timespec with 64-bit seconds. */
function timespec(guest: Guest, ms: number): number {
  return guest.putWords(Math.floor(ms / 1000), 0, (ms % 1000) * 1e6, 0);
}

function pollfds(guest: Guest, ...entries: readonly (readonly [fd: number, events: number])[]): number {
  return guest.putWords(...entries.flat());
}

const revents = (guest: Guest, fds: number, i: number) => guest.memory.getI16(fds + 8 * i + 6);

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

describe("ppoll", () => {
  test("reports what is ready, and errors whether asked for or not", () => {
    const guest = new Guest();
    const [reader, writer] = guest.pair("pipe2", 0);
    const [closedReader, brokenWriter] = guest.pair("pipe2", 0);
    guest.call("close", closedReader);
    guest.write(writer, "x");
    const fds = pollfds(
      guest,
      [reader, POLLIN],
      [writer, POLLOUT],
      [brokenWriter, 0],
      [99, POLLIN],
      [-1, POLLIN],
    );
    expect(guest.call("ppoll_time64", fds, 5, 0, 0, 8)).toBe(4);
    expect([0, 1, 2, 3, 4].map((i) => revents(guest, fds, i))).toEqual([
      POLLIN,
      POLLOUT,
      POLLERR,
      POLLNVAL,
      0,
    ]);
  });

  test("waits for the first file to become ready", () => {
    const guest = new Guest();
    const [a] = guest.pair("pipe2", 0);
    const [b, writer] = guest.pair("pipe2", 0);
    const child = guest.fork();
    guest.call("close", writer);
    const fds = pollfds(guest, [a, POLLIN], [b, POLLIN]);
    guest.start("ppoll_time64", fds, 2, 0, 0, 8);
    expect(guest.blocked).toBe(true);
    child.call("close", writer);
    guest.settle();
    expect(guest.result).toBe(1);
    expect([revents(guest, fds, 0), revents(guest, fds, 1)]).toEqual([0, POLLHUP]);
  });

  test("gives up after the timeout, not before", async () => {
    const guest = new Guest();
    const [reader] = guest.pair("pipe2", 0);
    const fds = pollfds(guest, [reader, POLLIN]);
    expect(guest.call("ppoll_time64", fds, 1, timespec(guest, 0), 0, 8)).toBe(0);
    const began = performance.now();
    guest.start("ppoll_time64", fds, 1, timespec(guest, 30), 0, 8);
    expect(guest.blocked).toBe(true);
    guest.settle();
    while (guest.blocked && performance.now() - began < 2000) await wait(1);
    expect(guest.result).toBe(0);
    expect(performance.now() - began).toBeGreaterThanOrEqual(29.9);
    expect(outcome(guest.call("ppoll_time64", fds, 1, guest.putWords(0, 0, 1e9, 0), 0, 8))).toBe("EINVAL");
  });

  test("lets a signal in that its mask allows, and restores the mask", () => {
    const guest = new Guest();
    const blocked = guest.putWords(1 << (SIGUSR1 - 1), 0);
    guest.call("rt_sigaction", SIGUSR1, guest.putWords(99, 0, 0, 0), 0);
    guest.call("rt_sigprocmask", 2, blocked, 0);
    const [reader, writer] = guest.pair("pipe2", 0);
    guest.kernel.signals.send(guest.process, SIGUSR1);
    const fds = pollfds(guest, [reader, POLLIN]);
    guest.start("ppoll_time64", fds, 1, 0, guest.putWords(0, 0), 8);
    expect(outcome(guest.result), "it was pending already").toBe("EINTR");

    guest.kernel.signals.deliver(guest.process);
    guest.call("rt_sigreturn", 1 << (SIGUSR1 - 1), 0);
    guest.write(writer, "x");
    expect(guest.call("ppoll_time64", fds, 1, 0, guest.putWords(0, 0), 8)).toBe(1);
    expect(guest.process.signals.isBlocked(SIGUSR1)).toBe(true);
  });

  test("checks its arguments", () => {
    const guest = new Guest();
    expect(outcome(guest.call("ppoll_time64", 0, 1, 0, 0, 8))).toBe("EFAULT");
    expect(outcome(guest.call("ppoll_time64", guest.buffer(8), 5000, 0, 0, 8))).toBe("EINVAL");
    expect(outcome(guest.call("ppoll_time64", 0, 0, 0, guest.putWords(0, 0), 16))).toBe("EINVAL");
  });
});

describe("pselect6", () => {
  const bit = (fd: number) => 2 ** fd;

  test("leaves in the sets what is ready", () => {
    const guest = new Guest();
    const [reader, writer] = guest.pair("pipe2", 0);
    const read = guest.putWords(bit(reader));
    const write = guest.putWords(bit(writer));
    expect(guest.call("pselect6_time64", writer + 1, read, write, 0, 0, 0)).toBe(1);
    expect([guest.memory.getU32(read), guest.memory.getU32(write)]).toEqual([0, bit(writer)]);
    guest.write(writer, "x");
    guest.memory.setU32(read, bit(reader));
    expect(guest.call("pselect6_time64", writer + 1, read, write, 0, 0, 0)).toBe(2);
  });

  test("waits, and counts end of file as readable", () => {
    const guest = new Guest();
    const [reader, writer] = guest.pair("pipe2", 0);
    const child = guest.fork();
    guest.call("close", writer);
    const read = guest.putWords(bit(reader));
    guest.start("pselect6_time64", reader + 1, read, 0, 0, 0, 0);
    expect(guest.blocked).toBe(true);
    expect(guest.memory.getU32(read), "unchanged while it waits").toBe(bit(reader));
    child.call("close", writer);
    guest.settle();
    expect(guest.result).toBe(1);
    expect(guest.memory.getU32(read)).toBe(bit(reader));
  });

  test("empties the sets when time is up, and refuses what is not open", () => {
    const guest = new Guest();
    const [reader] = guest.pair("pipe2", 0);
    const read = guest.putWords(bit(reader));
    expect(guest.call("pselect6_time64", reader + 1, read, 0, 0, timespec(guest, 0), 0)).toBe(0);
    expect(guest.memory.getU32(read)).toBe(0);
    guest.memory.setU32(read, bit(20));
    expect(outcome(guest.call("pselect6_time64", 21, read, 0, 0, 0, 0))).toBe("EBADF");
    expect(outcome(guest.call("pselect6_time64", -1, 0, 0, 0, 0, 0))).toBe("EINVAL");
  });

  test("takes its mask through one more pointer", () => {
    const guest = new Guest();
    guest.call("rt_sigaction", SIGUSR1, guest.putWords(99, 0, 0, 0), 0);
    guest.call("rt_sigprocmask", 2, guest.putWords(1 << (SIGUSR1 - 1), 0), 0);
    guest.kernel.signals.send(guest.process, SIGUSR1);
    const mask = guest.putWords(guest.putWords(0, 0), 8);
    guest.start("pselect6_time64", 0, 0, 0, 0, 0, mask);
    expect(outcome(guest.result)).toBe("EINTR");
  });
});
