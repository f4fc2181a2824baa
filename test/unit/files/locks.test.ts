import { describe, expect, test } from "vitest";
import {
  AT_FDCWD,
  F_GETLK,
  F_OFD_SETLK,
  F_RDLCK,
  F_SETLK,
  F_SETLKW,
  F_UNLCK,
  F_WRLCK,
  LOCK_EX,
  LOCK_NB,
  LOCK_SH,
  LOCK_UN,
  O_CREAT,
  O_RDONLY,
  O_RDWR,
  SEEK_END,
  SEEK_SET,
} from "../../../src/wasi/abi/linux/fcntl.js";
import { exitProcess } from "../../../src/wasi/kernel/lifecycle.js";
import { outcome } from "../../support/errno.js";
import { Guest, testKernel } from "../../support/guest.js";

interface Range {
  type: number;
  start?: number;
  length?: number;
  whence?: number;
}

/** A struct flock in memory. */
function flock(guest: Guest, { type, start = 0, length = 0, whence = SEEK_SET }: Range): number {
  const bytes = new Uint8Array(32);
  const view = new DataView(bytes.buffer);
  view.setInt16(0, type, true);
  view.setInt16(2, whence, true);
  view.setBigInt64(8, BigInt(start), true);
  view.setBigInt64(16, BigInt(length), true);
  return guest.put(bytes);
}

const setLock = (guest: Guest, fd: number, range: Range, command = F_SETLK) =>
  outcome(guest.call("fcntl64", fd, command, flock(guest, range)));

/** What F_GETLK finds in the way of a lock. */
function getLock(guest: Guest, fd: number, range: Range): unknown {
  const ptr = flock(guest, range);
  guest.call("fcntl64", fd, F_GETLK, ptr);
  const { memory } = guest;
  if (memory.getI16(ptr) === F_UNLCK) return "free";
  return {
    type: memory.getI16(ptr),
    start: Number(memory.getI64(ptr + 8)),
    length: Number(memory.getI64(ptr + 16)),
    pid: memory.getI32(ptr + 24),
  };
}

/** Processes of one kernel, each with its own descriptor 0 on the same file. */
function guests(count: number): Guest[] {
  const kernel = testKernel();
  return Array.from({ length: count }, () => {
    const guest = new Guest(kernel);
    guest.call("openat", AT_FDCWD, "/tmp/f", O_CREAT | O_RDWR, 0o666);
    return guest;
  }) as [Guest, Guest, Guest];
}

describe("byte-range locks", () => {
  test("readers share, a writer excludes", () => {
    const [a, b] = guests(2) as [Guest, Guest];
    expect(setLock(a, 0, { type: F_RDLCK, length: 10 })).toBe(0);
    expect(setLock(b, 0, { type: F_RDLCK, length: 10 })).toBe(0);
    expect(setLock(b, 0, { type: F_WRLCK, length: 10 })).toBe("EAGAIN");
    expect(setLock(b, 0, { type: F_WRLCK, start: 10, length: 10 })).toBe(0);
    expect(getLock(a, 0, { type: F_WRLCK, start: 5, length: 10 })).toEqual({
      type: F_RDLCK,
      start: 0,
      length: 10,
      pid: b.pid,
    });
    expect(getLock(a, 0, { type: F_RDLCK, start: 0, length: 10 })).toBe("free");
  });

  test("a lock without a length reaches to the end, however far that moves", () => {
    const [a, b] = guests(2) as [Guest, Guest];
    setLock(a, 0, { type: F_WRLCK, start: 100 });
    expect(setLock(b, 0, { type: F_WRLCK, start: 1e12, length: 1 })).toBe("EAGAIN");
    expect(setLock(b, 0, { type: F_WRLCK, start: 0, length: 100 })).toBe(0);
    expect(getLock(b, 0, { type: F_WRLCK, start: 200 })).toEqual({
      type: F_WRLCK,
      start: 100,
      length: 0,
      pid: a.pid,
    });
  });

  test("unlocking the middle leaves two; locking it again joins them", () => {
    const [a, b] = guests(2) as [Guest, Guest];
    setLock(a, 0, { type: F_WRLCK, length: 30 });
    setLock(a, 0, { type: F_UNLCK, start: 10, length: 10 });
    expect(getLock(b, 0, { type: F_WRLCK })).toMatchObject({ start: 0, length: 10 });
    expect(getLock(b, 0, { type: F_WRLCK, start: 10 })).toMatchObject({ start: 20, length: 10 });
    expect(getLock(b, 0, { type: F_WRLCK, start: 10, length: 10 })).toBe("free");
    setLock(a, 0, { type: F_WRLCK, start: 10, length: 10 });
    expect(getLock(b, 0, { type: F_WRLCK })).toMatchObject({ start: 0, length: 30 });
  });

  test("changing the type of a part splits a lock", () => {
    const [a, b] = guests(2) as [Guest, Guest];
    setLock(a, 0, { type: F_WRLCK, length: 30 });
    setLock(a, 0, { type: F_RDLCK, start: 10, length: 10 });
    expect(setLock(b, 0, { type: F_RDLCK, start: 10, length: 10 })).toBe(0);
    expect(setLock(b, 0, { type: F_RDLCK, start: 9, length: 1 })).toBe("EAGAIN");
  });

  test("a range may be given from the end of the file, and backwards", () => {
    const [a, b] = guests(2) as [Guest, Guest];
    a.write(0, "x".repeat(100));
    setLock(a, 0, { type: F_WRLCK, start: -10, length: 10, whence: SEEK_END });
    expect(getLock(b, 0, { type: F_WRLCK })).toMatchObject({ start: 90, length: 10 });
    setLock(a, 0, { type: F_WRLCK, start: 50, length: -10 });
    expect(getLock(b, 0, { type: F_WRLCK })).toMatchObject({ start: 40, length: 10 });
    expect(setLock(a, 0, { type: F_WRLCK, start: 5, length: -10 })).toBe("EINVAL");
    expect(setLock(a, 0, { type: 7 })).toBe("EINVAL");
  });

  test("the access mode has to fit", () => {
    const [a] = guests(1) as [Guest];
    const readOnly = a.call("openat", AT_FDCWD, "/tmp/f", O_RDONLY, 0);
    expect(setLock(a, readOnly, { type: F_WRLCK })).toBe("EBADF");
    expect(setLock(a, readOnly, { type: F_RDLCK })).toBe(0);
  });

  test("closing any descriptor of the file gives up the process's locks, as POSIX wants", () => {
    const [a, b] = guests(2) as [Guest, Guest];
    setLock(a, 0, { type: F_WRLCK });
    const other = a.call("openat", AT_FDCWD, "/tmp/f", O_RDONLY, 0);
    expect(setLock(b, 0, { type: F_WRLCK })).toBe("EAGAIN");
    a.call("close", other);
    expect(setLock(b, 0, { type: F_WRLCK })).toBe(0);
  });

  test("a child does not inherit them, and its exit does not end the parent's", () => {
    const [a, b] = guests(2) as [Guest, Guest];
    setLock(a, 0, { type: F_WRLCK });
    const child = a.fork();
    expect(setLock(child, 0, { type: F_WRLCK })).toBe("EAGAIN");
    exitProcess(child.process, 0);
    expect(setLock(b, 0, { type: F_WRLCK })).toBe("EAGAIN");
    exitProcess(a.process, 0);
    expect(setLock(b, 0, { type: F_WRLCK })).toBe(0);
  });

  test("F_SETLKW waits until the lock is free", () => {
    const [a, b, c] = guests(3) as [Guest, Guest, Guest];
    setLock(a, 0, { type: F_WRLCK });
    b.start("fcntl64", 0, F_SETLKW, flock(b, { type: F_WRLCK }));
    expect(b.blocked).toBe(true);
    setLock(a, 0, { type: F_UNLCK });
    a.settle();
    expect(b.result).toBe(0);
    expect(setLock(c, 0, { type: F_RDLCK })).toBe("EAGAIN");
  });

  test("two that wait for each other, or three in a ring: the last is EDEADLK", () => {
    const [a, b, c] = guests(3) as [Guest, Guest, Guest];
    [a, b, c].forEach((guest, i) => void setLock(guest, 0, { type: F_WRLCK, start: i, length: 1 }));
    a.start("fcntl64", 0, F_SETLKW, flock(a, { type: F_WRLCK, start: 1, length: 1 }));
    b.start("fcntl64", 0, F_SETLKW, flock(b, { type: F_WRLCK, start: 2, length: 1 }));
    expect([a.blocked, b.blocked]).toEqual([true, true]);
    expect(setLock(c, 0, { type: F_WRLCK, start: 0, length: 1 }, F_SETLKW)).toBe("EDEADLK");
    setLock(c, 0, { type: F_UNLCK });
    c.settle();
    expect(b.result).toBe(0);
    expect(a.blocked).toBe(true);
  });

  test("OFD locks belong to the open file: a child shares them, a second open does not", () => {
    const [a] = guests(1) as [Guest];
    const second = a.call("openat", AT_FDCWD, "/tmp/f", O_RDWR, 0);
    expect(setLock(a, 0, { type: F_WRLCK }, F_OFD_SETLK)).toBe(0);
    expect(setLock(a, second, { type: F_WRLCK }, F_OFD_SETLK)).toBe("EAGAIN");
    const child = a.fork();
    expect(setLock(child, 0, { type: F_WRLCK }, F_OFD_SETLK)).toBe(0);
    a.call("close", 0);
    expect(setLock(a, second, { type: F_WRLCK }, F_OFD_SETLK)).toBe("EAGAIN");
    child.call("close", 0);
    expect(setLock(a, second, { type: F_WRLCK }, F_OFD_SETLK)).toBe(0);
  });
});

describe("flock", () => {
  test("shared and exclusive, by open file", () => {
    const [a, b] = guests(2) as [Guest, Guest];
    expect(a.call("flock", 0, LOCK_SH)).toBe(0);
    expect(b.call("flock", 0, LOCK_SH | LOCK_NB)).toBe(0);
    expect(outcome(b.call("flock", 0, LOCK_EX | LOCK_NB))).toBe("EAGAIN");
    a.call("flock", 0, LOCK_UN);
    expect(b.call("flock", 0, LOCK_EX | LOCK_NB)).toBe(0);
    expect(outcome(b.call("flock", 0, 0))).toBe("EINVAL");
  });

  test("waits for the last descriptor of the holder to be closed", () => {
    const [a, b] = guests(2) as [Guest, Guest];
    a.call("flock", 0, LOCK_EX);
    const copy = a.call("dup", 0);
    b.start("flock", 0, LOCK_EX);
    expect(b.blocked).toBe(true);
    a.call("close", 0);
    a.settle();
    expect(b.blocked).toBe(true);
    a.call("close", copy);
    a.settle();
    expect(b.result).toBe(0);
  });

  test("does not see byte-range locks", () => {
    const [a, b] = guests(2) as [Guest, Guest];
    setLock(a, 0, { type: F_WRLCK });
    expect(b.call("flock", 0, LOCK_EX | LOCK_NB)).toBe(0);
  });
});
