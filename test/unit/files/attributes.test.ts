import { describe, expect, test } from "vitest";
import {
  AT_EACCESS,
  AT_FDCWD,
  AT_SYMLINK_NOFOLLOW,
  O_CREAT,
  O_RDONLY,
  O_RDWR,
  O_WRONLY,
} from "../../../src/wasi/abi/linux/fcntl.js";
import { credentialsOf } from "../../../src/wasi/kernel/credentials.js";
import { outcome } from "../../support/errno.js";
import { Guest } from "../../support/guest.js";
import { readStatx } from "../../support/structures.js";

const UTIME_NOW = 0x3fffffff;
const UTIME_OMIT = 0x3ffffffe;

function create(guest: Guest, path: string, mode = 0o644, flags = O_CREAT | O_RDWR): number {
  return guest.call("openat", AT_FDCWD, path, flags, mode);
}

function stat(guest: Guest, path: string, flags = 0) {
  const ptr = guest.buffer(256);
  expect(guest.call("statx", AT_FDCWD, path, flags, 0xfff, ptr)).toBe(0);
  return readStatx(guest.bytesAt(ptr, 256));
}

const times64 = (...values: readonly (number | bigint)[]) =>
  new Uint8Array(BigInt64Array.from(values.map(BigInt)).buffer);

describe("times", () => {
  test("are kept to the nanosecond, also before 1970 and after 2038", () => {
    const guest = new Guest();
    create(guest, "/tmp/f");
    const set = (atime: number, mtime: number) =>
      guest.call("utimensat_time64", AT_FDCWD, "/tmp/f", times64(atime, 123_456_789, mtime, 987_654_321), 0);
    expect(set(-5, 5_000_000_000)).toBe(0);
    expect(stat(guest, "/tmp/f")).toMatchObject({
      atimeNs: -5_000_000_000n + 123_456_789n,
      mtimeNs: 5_000_000_000_987_654_321n,
    });
  });

  test("UTIME_NOW and UTIME_OMIT", () => {
    const guest = new Guest();
    create(guest, "/tmp/f");
    guest.call("utimensat_time64", AT_FDCWD, "/tmp/f", times64(1, 0, 2, 0), 0);
    guest.call("utimensat_time64", AT_FDCWD, "/tmp/f", times64(0, UTIME_NOW, 0, UTIME_OMIT), 0);
    const { atimeNs, mtimeNs } = stat(guest, "/tmp/f");
    expect(mtimeNs).toBe(2_000_000_000n);
    expect(Number(atimeNs / 1_000_000_000n)).toBeCloseTo(Date.now() / 1000, -2);
  });

  test("the 32-bit call, a descriptor, a symbolic link, and bad values", () => {
    const guest = new Guest();
    const fd = create(guest, "/tmp/f");
    expect(guest.call("utimensat", fd, 0, guest.putWords(10, 0, 20, 5), 0)).toBe(0);
    expect(stat(guest, "/tmp/f")).toMatchObject({ atimeNs: 10_000_000_000n, mtimeNs: 20_000_000_005n });
    guest.call("symlinkat", "f", AT_FDCWD, "/tmp/l");
    guest.call("utimensat_time64", AT_FDCWD, "/tmp/l", times64(7, 0, 7, 0), AT_SYMLINK_NOFOLLOW);
    expect(stat(guest, "/tmp/l", AT_SYMLINK_NOFOLLOW).mtimeNs).toBe(7_000_000_000n);
    expect(stat(guest, "/tmp/l").mtimeNs).toBe(20_000_000_005n);
    expect(outcome(guest.call("utimensat_time64", AT_FDCWD, "/tmp/f", times64(0, 1e9, 0, 0), 0))).toBe(
      "EINVAL",
    );
  });

  test("reading is noted when the last reading is older than the last change (relatime)", () => {
    const guest = new Guest();
    const fd = create(guest, "/tmp/f");
    guest.write(fd, "x");
    guest.readFile("/tmp/f");
    const first = stat(guest, "/tmp/f").atimeNs;
    expect(first >= stat(guest, "/tmp/f").mtimeNs).toBe(true);
    guest.readFile("/tmp/f");
    expect(stat(guest, "/tmp/f").atimeNs).toBe(first);
  });

  test("who may set them", () => {
    const guest = new Guest();
    create(guest, "/tmp/f", 0o666);
    guest.call("fchmodat", AT_FDCWD, "/tmp/f", 0o666);
    guest.process.credentials = credentialsOf(1000, 1000);
    expect(guest.call("utimensat_time64", AT_FDCWD, "/tmp/f", 0, 0)).toBe(0);
    expect(outcome(guest.call("utimensat_time64", AT_FDCWD, "/tmp/f", times64(1, 0, 1, 0), 0))).toBe("EPERM");
    guest.process.credentials = credentialsOf(0, 0);
    guest.call("fchmodat", AT_FDCWD, "/tmp/f", 0o644);
    guest.process.credentials = credentialsOf(1000, 1000);
    expect(outcome(guest.call("utimensat_time64", AT_FDCWD, "/tmp/f", 0, 0))).toBe("EACCES");
  });
});

describe("set-user-ID and set-group-ID bits", () => {
  test("go when somebody else writes, and when the owner changes", () => {
    const guest = new Guest();
    create(guest, "/tmp/f");
    guest.call("fchmodat", AT_FDCWD, "/tmp/f", 0o6777);
    guest.process.credentials = credentialsOf(1000, 1000);
    const fd = guest.call("openat", AT_FDCWD, "/tmp/f", O_WRONLY, 0);
    guest.write(fd, "x");
    expect(stat(guest, "/tmp/f").mode & 0o7777).toBe(0o777);
    guest.process.credentials = credentialsOf(0, 0);
    guest.call("fchmodat", AT_FDCWD, "/tmp/f", 0o6777);
    guest.call("fchownat", AT_FDCWD, "/tmp/f", 1000, -1, 0);
    expect(stat(guest, "/tmp/f").mode & 0o7777).toBe(0o777);
  });
});

describe("access", () => {
  test("asks for the real user; AT_EACCESS for the effective one", () => {
    const guest = new Guest();
    create(guest, "/tmp/f", 0o600);
    guest.process.credentials = { ...credentialsOf(1000, 1000), euid: 0 };
    expect(outcome(guest.call("faccessat", AT_FDCWD, "/tmp/f", 4))).toBe("EACCES");
    expect(guest.call("faccessat2", AT_FDCWD, "/tmp/f", 4, AT_EACCESS)).toBe(0);
    expect(outcome(guest.call("faccessat", AT_FDCWD, "/tmp/f", 8))).toBe("EINVAL");
  });

  test("root may execute only what somebody may", () => {
    const guest = new Guest();
    create(guest, "/tmp/f", 0o644);
    expect(outcome(guest.call("faccessat", AT_FDCWD, "/tmp/f", 1))).toBe("EACCES");
    guest.call("fchmodat", AT_FDCWD, "/tmp/f", 0o645);
    expect(guest.call("faccessat", AT_FDCWD, "/tmp/f", 1)).toBe(0);
    expect(guest.call("faccessat", AT_FDCWD, "/tmp/f", 6)).toBe(0);
  });
});

describe("truncate64", () => {
  test("of what is no writable regular file", () => {
    const guest = new Guest();
    const truncate = (path: string, size = 0) =>
      outcome(guest.call("truncate64", path, size, size < 0 ? -1 : 0));
    expect(truncate("/tmp")).toBe("EISDIR");
    expect(truncate("/tmp/none")).toBe("ENOENT");
    expect(truncate("/tmp/none", -1)).toBe("EINVAL");
    guest.call("mknodat", AT_FDCWD, "/tmp/fifo", 0o010600, 0);
    expect(truncate("/tmp/fifo")).toBe("EINVAL");
    const fd = create(guest, "/tmp/f", 0o644);
    guest.process.credentials = credentialsOf(1000, 1000);
    expect(truncate("/tmp/f")).toBe("EACCES");
    const reader = guest.call("openat", AT_FDCWD, "/tmp/f", O_RDONLY, 0);
    expect(outcome(guest.call("ftruncate64", reader, 0, 0))).toBe("EINVAL");
    expect(guest.call("ftruncate64", fd, 1000, 0)).toBe(0);
    expect(stat(guest, "/tmp/f").size).toBe(1000);
  });
});

describe("statfs64", () => {
  test("counts what is used", () => {
    const guest = new Guest();
    const free = (path: string) => {
      const ptr = guest.buffer(88);
      expect(guest.call("statfs64", path, 88, ptr)).toBe(0);
      return {
        magic: guest.memory.getU32(ptr),
        block: guest.memory.getU32(ptr + 4),
        total: Number(guest.memory.getU64(ptr + 8)),
        free: Number(guest.memory.getU64(ptr + 16)),
        freeFiles: Number(guest.memory.getU64(ptr + 40)),
        nameMax: guest.memory.getU32(ptr + 56),
      };
    };
    const before = free("/tmp");
    expect(before).toMatchObject({ magic: 0x794c7630, block: 4096, total: (256 << 20) / 4096, nameMax: 255 });
    guest.write(create(guest, "/tmp/f"), new Uint8Array(1 << 20));
    const after = free("/tmp/f");
    expect(before.free - after.free).toBeGreaterThanOrEqual(256);
    expect(before.free - after.free).toBeLessThan(300);
    expect(after.freeFiles).toBeLessThan(before.freeFiles);
    expect(free("/proc").magic).toBe(0x9fa0);
    expect(outcome(guest.call("statfs64", "/none", 88, guest.buffer(88)))).toBe("ENOENT");
  });
});

describe("synchronizing", () => {
  test("is done at once for files and directories, and EINVAL or ESPIPE for pipes", () => {
    const guest = new Guest();
    const fd = create(guest, "/tmp/f");
    const [reader] = guest.pair("pipe2", 0);
    expect([
      guest.call("fsync", fd),
      guest.call("fdatasync", fd),
      guest.call("syncfs", fd),
      guest.call("sync"),
    ]).toEqual([0, 0, 0, 0]);
    expect(outcome(guest.call("fsync", reader))).toBe("EINVAL");
    expect(outcome(guest.call("fadvise64_64", reader, 0, 0, 0, 0, 0))).toBe("ESPIPE");
    expect(outcome(guest.call("fsync", 77))).toBe("EBADF");
  });
});

describe("extended attributes", () => {
  test("there are none: lists are empty, the rest is EOPNOTSUPP, for files that exist", () => {
    const guest = new Guest();
    create(guest, "/tmp/f");
    expect(guest.call("listxattr", "/tmp/f", 0, 0)).toBe(0);
    expect(outcome(guest.call("setxattr", "/tmp/f", "user.x", 0, 0, 0))).toBe("EOPNOTSUPP");
    expect(outcome(guest.call("lgetxattr", "/tmp/none", "user.x", 0, 0))).toBe("ENOENT");
  });
});
