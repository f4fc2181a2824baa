import { describe, expect, test } from "vitest";
import {
  AT_FDCWD,
  F_DUPFD,
  F_DUPFD_CLOEXEC,
  F_GETFD,
  F_GETFL,
  F_SETFD,
  F_SETFL,
  FD_CLOEXEC,
  O_APPEND,
  O_CLOEXEC,
  O_CREAT,
  O_DIRECTORY,
  O_NONBLOCK,
  O_PATH,
  O_RDONLY,
  O_RDWR,
  O_TMPFILE,
  O_TRUNC,
  O_WRONLY,
} from "../../../src/wasi/abi/linux/fcntl.js";
import { outcome } from "../../support/errno.js";
import { Guest } from "../../support/guest.js";

const create = (guest: Guest, path: string, flags = O_CREAT | O_RDWR) =>
  guest.call("openat", AT_FDCWD, path, flags, 0o644);

describe("descriptors", () => {
  test("open gives the lowest free one", () => {
    const guest = new Guest();
    expect([create(guest, "/tmp/a"), create(guest, "/tmp/b"), create(guest, "/tmp/c")]).toEqual([0, 1, 2]);
    guest.call("close", 1);
    expect(create(guest, "/tmp/d")).toBe(1);
    expect(outcome(guest.call("close", 7))).toBe("EBADF");
  });

  test("dup shares the offset and the status flags, not close-on-exec", () => {
    const guest = new Guest();
    const fd = create(guest, "/tmp/f", O_CREAT | O_RDWR | O_CLOEXEC);
    const copy = guest.call("dup", fd);
    expect(guest.call("fcntl64", fd, F_GETFD, 0)).toBe(FD_CLOEXEC);
    expect(guest.call("fcntl64", copy, F_GETFD, 0)).toBe(0);
    guest.write(fd, "abc");
    guest.write(copy, "def");
    expect(guest.readFile("/tmp/f")).toBe("abcdef");
    guest.call("fcntl64", fd, F_SETFL, O_NONBLOCK);
    expect(guest.call("fcntl64", copy, F_GETFL, 0) & O_NONBLOCK).toBe(O_NONBLOCK);
  });

  test("dup3 replaces what is there, and refuses nonsense", () => {
    const guest = new Guest();
    const a = create(guest, "/tmp/a");
    const b = create(guest, "/tmp/b");
    expect(guest.call("dup3", a, b, O_CLOEXEC)).toBe(b);
    guest.write(b, "x");
    expect(guest.readFile("/tmp/a")).toBe("x");
    expect(guest.call("fcntl64", b, F_GETFD, 0)).toBe(FD_CLOEXEC);
    expect(outcome(guest.call("dup3", a, a, 0))).toBe("EINVAL");
    expect(outcome(guest.call("dup3", a, 5, O_NONBLOCK))).toBe("EINVAL");
    expect(outcome(guest.call("dup3", a, 5000, 0))).toBe("EBADF");
    expect(outcome(guest.call("dup3", 9, 5, 0))).toBe("EBADF");
  });

  test("F_DUPFD counts from its argument; F_SETFL changes only what it may", () => {
    const guest = new Guest();
    const fd = create(guest, "/tmp/a");
    expect(guest.call("fcntl64", fd, F_DUPFD, 10)).toBe(10);
    expect(guest.call("fcntl64", fd, F_DUPFD_CLOEXEC, 10)).toBe(11);
    expect(guest.call("fcntl64", 11, F_GETFD, 0)).toBe(FD_CLOEXEC);
    guest.call("fcntl64", 11, F_SETFD, 0);
    expect(guest.call("fcntl64", 11, F_GETFD, 0)).toBe(0);
    expect(outcome(guest.call("fcntl64", fd, F_DUPFD, 1 << 20))).toBe("EINVAL");
    guest.call("fcntl64", fd, F_SETFL, O_APPEND | O_WRONLY | O_TRUNC);
    expect(guest.call("fcntl64", fd, F_GETFL, 0)).toBe(O_APPEND | O_RDWR);
    expect(outcome(guest.call("fcntl64", fd, 999, 0))).toBe("EINVAL");
  });

  test("close_range closes a range, or marks it", () => {
    const guest = new Guest();
    for (const name of ["a", "b", "c", "d"]) create(guest, `/tmp/${name}`);
    expect(guest.call("close_range", 1, 2, 0)).toBe(0);
    expect(outcome(guest.call("fcntl64", 1, F_GETFD, 0))).toBe("EBADF");
    guest.call("close_range", 3, -1, 4);
    expect(guest.call("fcntl64", 3, F_GETFD, 0)).toBe(FD_CLOEXEC);
    expect(outcome(guest.call("close_range", 3, 2, 0))).toBe("EINVAL");
  });

  test("when there are no more descriptors, open is EMFILE and has done nothing", () => {
    const guest = new Guest();
    guest.process.fds.limit = 1;
    create(guest, "/tmp/f");
    guest.write(0, "content");
    expect(outcome(create(guest, "/tmp/f", O_WRONLY | O_TRUNC))).toBe("EMFILE");
    expect(outcome(create(guest, "/tmp/g"))).toBe("EMFILE");
    guest.call("close", 0);
    expect(guest.readFile("/tmp/f")).toBe("content");
    expect(outcome(guest.call("openat", AT_FDCWD, "/tmp/g", O_RDONLY, 0))).toBe("ENOENT");
  });

  test("a descriptor opened with O_PATH is a place only", () => {
    const guest = new Guest();
    guest.call("symlinkat", "/tmp", AT_FDCWD, "/tmp/l");
    const fd = guest.call("openat", AT_FDCWD, "/tmp", O_PATH | O_DIRECTORY, 0);
    expect(outcome(guest.call("getdents64", fd, guest.buffer(100), 100))).toBe("EBADF");
    expect(outcome(guest.call("fchmod", fd, 0o700))).toBe("EBADF");
    expect(outcome(guest.call("read", fd, guest.buffer(1), 1))).toBe("EBADF");
    expect(outcome(guest.call("fcntl64", fd, F_SETFL, 0))).toBe("EBADF");
    expect(guest.call("openat", fd, "x", O_CREAT | O_WRONLY, 0o644)).toBe(1);
    expect(guest.call("fchdir", fd)).toBe(0);
    expect(guest.call("statx", AT_FDCWD, "x", 0, 0xfff, guest.buffer(256))).toBe(0);
  });

  test("O_TMPFILE is refused in the way that makes programs fall back", () => {
    const guest = new Guest();
    expect(outcome(guest.call("openat", AT_FDCWD, "/tmp", O_TMPFILE | O_RDWR, 0o600))).toBe("EOPNOTSUPP");
  });

  test("memfd_create makes a file without a name", () => {
    const guest = new Guest();
    const fd = guest.call("memfd_create", "scratch", 0);
    guest.write(fd, "kept in memory");
    expect(guest.call("_llseek", fd, 0, 0, guest.buffer(8), 0)).toBe(0);
    expect(guest.read(fd)).toBe("kept in memory");
    const before = guest.kernel.memory.usedBytes;
    guest.call("close", fd);
    expect(guest.kernel.memory.usedBytes).toBeLessThan(before);
  });

  test("the links of /proc/self/fd name the file, wherever it goes", () => {
    const guest = new Guest();
    const fd = create(guest, "/tmp/before");
    const link = (): string => {
      const ptr = guest.buffer(100);
      return guest.textAt(ptr, guest.call("readlinkat", AT_FDCWD, `/proc/self/fd/${fd}`, ptr, 100));
    };
    expect(link()).toBe("/tmp/before");
    guest.call("renameat", AT_FDCWD, "/tmp/before", AT_FDCWD, "/tmp/after");
    expect(link()).toBe("/tmp/after");
    guest.call("unlinkat", AT_FDCWD, "/tmp/after", 0);
    expect(link()).toMatch(/^\/tmp\/.* \(deleted\)$/);
  });

  test("opening a deleted file through /proc/self/fd still reaches it", () => {
    const guest = new Guest();
    const fd = create(guest, "/tmp/f");
    guest.write(fd, "alive");
    guest.call("unlinkat", AT_FDCWD, "/tmp/f", 0);
    expect(guest.readFile(`/proc/self/fd/${fd}`)).toBe("alive");
  });
});
