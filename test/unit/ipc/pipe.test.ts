import { describe, expect, test } from "vitest";
import { F_GETPIPE_SZ, F_SETPIPE_SZ, O_CLOEXEC, O_NONBLOCK } from "../../../src/wasi/abi/linux/fcntl.js";
import { FIONREAD } from "../../../src/wasi/abi/linux/ioctl.js";
import { SIG_IGN, SIGPIPE } from "../../../src/wasi/abi/linux/signal.js";
import { POLLERR, POLLHUP, POLLIN, POLLOUT } from "../../../src/wasi/kernel/open-file.js";
import { outcome } from "../../support/errno.js";
import { Guest } from "../../support/guest.js";

const CAPACITY = 65536;

function events(guest: Guest, fd: number): number {
  return guest.process.fds.get(fd).poll();
}

function ignoreSigpipe(guest: Guest): void {
  guest.call("rt_sigaction", SIGPIPE, guest.putWords(SIG_IGN, 0, 0, 0), 0);
}

describe("a pipe", () => {
  test("passes on bytes in order and ends when its last writer is closed", () => {
    const guest = new Guest();
    const [reader, writer] = guest.pair("pipe2", 0);
    guest.write(writer, "hello ");
    guest.write(writer, "world");
    guest.call("close", writer);
    expect(guest.read(reader, 8)).toBe("hello wo");
    expect(guest.read(reader, 8)).toBe("rld");
    expect(guest.read(reader, 8)).toBe("");
  });

  test("makes a reader wait for data, and wakes it", () => {
    const guest = new Guest();
    const [reader, writer] = guest.pair("pipe2", 0);
    const child = guest.fork();
    const into = guest.buffer(16);
    guest.start("read", reader, into, 16);
    expect(guest.blocked).toBe(true);
    child.write(writer, "ping");
    guest.settle();
    expect(guest.result).toBe(4);
    expect(guest.textAt(into, 4)).toBe("ping");
  });

  test("wakes a waiting reader with end of file when the writer goes", () => {
    const guest = new Guest();
    const [reader, writer] = guest.pair("pipe2", 0);
    const child = guest.fork();
    guest.call("close", writer);
    guest.start("read", reader, guest.buffer(16), 16);
    expect(guest.blocked).toBe(true);
    child.call("close", writer);
    guest.settle();
    expect(guest.result).toBe(0);
  });

  test("holds 64 KiB; a larger write waits until all of it is taken", () => {
    const guest = new Guest();
    const [reader, writer] = guest.pair("pipe2", 0);
    const child = guest.fork();
    const bytes = new Uint8Array(200_000).map((_, i) => i % 256);
    guest.start("write", writer, bytes, bytes.length);
    expect(guest.blocked).toBe(true);
    let total = 0;
    while (total < bytes.length) {
      const ptr = child.buffer(30_000);
      const count = child.call("read", reader, ptr, 30_000);
      expect(Buffer.compare(child.bytesAt(ptr, count), bytes.subarray(total, total + count))).toBe(0);
      total += count;
      child.settle();
    }
    expect(guest.result).toBe(bytes.length);
  });

  test("takes at most 4096 bytes in whole or not at all", () => {
    const guest = new Guest();
    const [reader, writer] = guest.pair("pipe2", O_NONBLOCK);
    expect(guest.write(writer, new Uint8Array(CAPACITY - 100))).toBe(CAPACITY - 100);
    expect(outcome(guest.write(writer, new Uint8Array(4096)))).toBe("EAGAIN");
    expect(guest.write(writer, new Uint8Array(5000)), "more than PIPE_BUF is split").toBe(100);
    guest.call("read", reader, guest.buffer(4096), 4096);
    expect(guest.write(writer, new Uint8Array(4096))).toBe(4096);
    expect(outcome(guest.write(writer, "x"))).toBe("EAGAIN");
  });

  test("without a reader is EPIPE, with SIGPIPE before it", () => {
    const guest = new Guest();
    const [reader, writer] = guest.pair("pipe2", 0);
    guest.call("close", reader);
    ignoreSigpipe(guest);
    expect(outcome(guest.write(writer, "x"))).toBe("EPIPE");
    expect(guest.process.killedBy).toBeUndefined();

    const other = new Guest(guest.kernel);
    const [otherReader, otherWriter] = other.pair("pipe2", 0);
    other.call("close", otherReader);
    other.start("write", otherWriter, "x", 1);
    expect(other.process.killedBy).toBe(SIGPIPE);
  });

  test("reports what was written when its reader goes in the middle of a write", () => {
    const guest = new Guest();
    ignoreSigpipe(guest);
    const [reader, writer] = guest.pair("pipe2", 0);
    const child = guest.fork();
    guest.call("close", reader);
    guest.start("write", writer, new Uint8Array(100_000), 100_000);
    expect(guest.blocked).toBe(true);
    child.call("close", reader);
    guest.settle();
    expect(guest.result).toBe(CAPACITY);
  });

  test("in non-blocking mode is EAGAIN instead of waiting, and end of file is still end of file", () => {
    const guest = new Guest();
    const [reader, writer] = guest.pair("pipe2", O_NONBLOCK);
    expect(outcome(guest.call("read", reader, guest.buffer(1), 1))).toBe("EAGAIN");
    guest.call("close", writer);
    expect(guest.call("read", reader, guest.buffer(1), 1)).toBe(0);
  });

  test("has ends for one direction each", () => {
    const guest = new Guest();
    const [reader, writer] = guest.pair("pipe2", 0);
    expect(outcome(guest.write(reader, "x"))).toBe("EBADF");
    expect(outcome(guest.call("read", writer, guest.buffer(1), 1))).toBe("EBADF");
    expect(outcome(guest.call("pipe2", guest.buffer(8), 1))).toBe("EINVAL");
    expect(outcome(guest.call("pipe2", 0, 0))).toBe("EFAULT");
    expect(guest.process.fds.descriptors(), "a failed pipe2 leaves nothing open").toEqual([reader, writer]);
  });

  test("can be closed on exec", () => {
    const guest = new Guest();
    const ends = guest.pair("pipe2", O_CLOEXEC);
    expect(ends.map((fd) => guest.process.fds.isCloseOnExec(fd))).toEqual([true, true]);
  });

  test("is EMFILE when only one descriptor is left, and that one stays free", () => {
    const guest = new Guest();
    guest.process.fds.limit = 1;
    expect(outcome(guest.call("pipe2", guest.buffer(8), 0))).toBe("EMFILE");
    expect(guest.process.fds.descriptors()).toEqual([]);
    expect(guest.kernel.ipc.pipeBudget.bytes).toBe(0);
  });

  test("tells poll what its ends can do", () => {
    const guest = new Guest();
    const [reader, writer] = guest.pair("pipe2", O_NONBLOCK);
    expect([events(guest, reader), events(guest, writer)]).toEqual([0, POLLOUT]);
    guest.write(writer, new Uint8Array(CAPACITY - 4095));
    expect([events(guest, reader), events(guest, writer)]).toEqual([POLLIN, 0]);
    const spare = guest.call("dup", writer);
    guest.call("close", writer);
    expect(events(guest, reader)).toBe(POLLIN);
    guest.call("close", spare);
    expect(events(guest, reader)).toBe(POLLIN | POLLHUP);
    guest.call("read", reader, guest.buffer(CAPACITY), CAPACITY);
    expect(events(guest, reader)).toBe(POLLHUP);

    const [secondReader, secondWriter] = guest.pair("pipe2", 0);
    guest.call("close", secondReader);
    expect(events(guest, secondWriter)).toBe(POLLOUT | POLLERR);
  });

  test("tells how much is in it", () => {
    const guest = new Guest();
    const [reader, writer] = guest.pair("pipe2", 0);
    guest.write(writer, "12345");
    const ptr = guest.buffer(4);
    expect(guest.call("ioctl", reader, FIONREAD, ptr)).toBe(0);
    expect(guest.memory.getI32(ptr)).toBe(5);
  });

  test("can be resized up to 1 MiB, but not below its content", () => {
    const guest = new Guest();
    const [reader, writer] = guest.pair("pipe2", O_NONBLOCK);
    expect(guest.call("fcntl64", writer, F_GETPIPE_SZ, 0)).toBe(CAPACITY);
    expect(guest.call("fcntl64", writer, F_SETPIPE_SZ, 70_000)).toBe(131072);
    expect(guest.write(writer, new Uint8Array(131072))).toBe(131072);
    expect(outcome(guest.call("fcntl64", reader, F_SETPIPE_SZ, 4096))).toBe("EBUSY");
    expect(outcome(guest.call("fcntl64", writer, F_SETPIPE_SZ, 2 << 20))).toBe("EPERM");
    expect(guest.call("fcntl64", writer, F_SETPIPE_SZ, 1 << 20)).toBe(1 << 20);
  });

  test("is small when there are very many, and gives its share back", () => {
    const guest = new Guest();
    guest.process.fds.limit = 4096;
    const sizes = new Set<number>();
    for (let i = 0; i < 1100; i++)
      sizes.add(guest.call("fcntl64", guest.pair("pipe2", 0)[0], F_GETPIPE_SZ, 0));
    expect(sizes).toEqual(new Set([65536, 8192]));
    guest.process.fds.closeAll();
    expect(guest.kernel.ipc.pipeBudget.bytes).toBe(0);
  });

  test("that has been closed can come to life again by a path to it", () => {
    const guest = new Guest();
    const [reader, writer] = guest.pair("pipe2", 0);
    guest.write(writer, "lost");
    const path = guest.call("openat", -100, `/proc/self/fd/${reader}`, 0o10000000, 0);
    guest.call("close", reader);
    guest.call("close", writer);
    expect(guest.kernel.ipc.pipeBudget.bytes).toBe(0);
    const both = guest.call("openat", -100, `/proc/self/fd/${path}`, 2, 0);
    guest.write(both, "new");
    expect(guest.read(both)).toBe("new");
    guest.process.fds.closeAll();
    expect(guest.kernel.ipc.pipeBudget.bytes).toBe(0);
  });

  test("can be opened again through /proc/self/fd", () => {
    const guest = new Guest();
    const [reader, writer] = guest.pair("pipe2", 0);
    const again = guest.call("openat", -100, `/proc/self/fd/${writer}`, 1, 0);
    expect(again).toBeGreaterThan(writer);
    guest.call("close", writer);
    guest.write(again, "through the link");
    expect(guest.read(reader, 64)).toBe("through the link");
    guest.call("close", again);
    expect(guest.read(reader, 64)).toBe("");
  });
});
