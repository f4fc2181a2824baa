import { expect, test } from "vitest";
import { O_NONBLOCK, O_RDONLY, O_RDWR, O_WRONLY } from "../../../src/wasi/abi/linux/fcntl.js";
import { SIGKILL, SIGUSR1 } from "../../../src/wasi/abi/linux/signal.js";
import { POLLHUP } from "../../../src/wasi/kernel/open-file.js";
import { outcome } from "../../support/errno.js";
import { Guest } from "../../support/guest.js";

const AT_FDCWD = -100;
const PATH = "/tmp/fifo";

function twoGuests(): [Guest, Guest] {
  const first = new Guest();
  expect(first.call("mknodat", AT_FDCWD, PATH, 0o010666, 0)).toBe(0);
  return [first, first.fork()];
}

const open = (guest: Guest, flags: number) => guest.start("openat", AT_FDCWD, PATH, flags, 0);

test("opening a FIFO waits for the other end, whichever comes first", () => {
  for (const [first, second] of [
    [O_RDONLY, O_WRONLY],
    [O_WRONLY, O_RDONLY],
  ] as const) {
    const [a, b] = twoGuests();
    open(a, first);
    expect(a.blocked).toBe(true);
    open(b, second);
    expect(b.blocked).toBe(false);
    a.settle();
    expect(a.result).toBe(0);
    const [reader, writer] = first === O_RDONLY ? [a, b] : [b, a];
    writer.write(0, "through");
    expect(reader.read(0)).toBe("through");
    writer.call("close", 0);
    expect(reader.read(0)).toBe("");
  }
});

test("an opener that was met goes on even when the other end is closed again at once", () => {
  const [reader, writer] = twoGuests();
  open(reader, O_RDONLY);
  open(writer, O_WRONLY);
  writer.write(0, "brief");
  writer.call("close", 0);
  reader.settle();
  expect(reader.result).toBe(0);
  expect(reader.read(0)).toBe("brief");
  expect(reader.read(0)).toBe("");
});

test("without blocking, a reader opens at once and a writer needs a reader", () => {
  const [a, b] = twoGuests();
  open(a, O_WRONLY | O_NONBLOCK);
  expect(outcome(a.result)).toBe("ENXIO");
  open(a, O_RDONLY | O_NONBLOCK);
  expect(a.result).toBe(0);
  expect(a.process.fds.get(0).poll() & POLLHUP, "no hang-up before the first writer").toBe(0);
  open(b, O_WRONLY | O_NONBLOCK);
  expect(b.result).toBe(0);
  b.call("close", 0);
  expect(a.process.fds.get(0).poll() & POLLHUP).toBe(POLLHUP);
});

test("opening for both directions never waits", () => {
  const [a] = twoGuests();
  open(a, O_RDWR);
  expect(a.result).toBe(0);
  a.write(0, "to myself");
  expect(a.read(0)).toBe("to myself");
});

test("a reader that is killed while it waits is no reader", () => {
  const [reader, writer] = twoGuests();
  open(reader, O_RDONLY);
  reader.kernel.signals.send(reader.process, SIGKILL);
  reader.settle();
  expect(reader.process.alive).toBe(false);
  open(writer, O_WRONLY | O_NONBLOCK);
  expect(outcome(writer.result)).toBe("ENXIO");
  expect(writer.kernel.ipc.pipeBudget.bytes).toBe(0);
});

test("a signal handler interrupts the wait, and the waiting end is gone", () => {
  const [reader, writer] = twoGuests();
  reader.call("rt_sigaction", SIGUSR1, reader.putWords(99, 0, 0, 0), 0);
  open(reader, O_RDONLY);
  reader.kernel.signals.send(reader.process, SIGUSR1);
  reader.settle();
  expect(outcome(reader.result)).toBe("EINTR");
  open(writer, O_WRONLY | O_NONBLOCK);
  expect(outcome(writer.result)).toBe("ENXIO");
});

test("what is in a FIFO is lost with its last end", () => {
  const [a] = twoGuests();
  open(a, O_RDWR);
  a.write(0, "lost");
  a.call("close", 0);
  open(a, O_RDONLY | O_NONBLOCK);
  expect(a.call("read", 0, a.buffer(8), 8)).toBe(0);
});
