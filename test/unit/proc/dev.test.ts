import { expect, test } from "vitest";
import { outcome } from "../../support/errno.js";
import { Guest } from "../../support/guest.js";

const AT_FDCWD = -100;
const O_RDWR = 2;

function open(guest: Guest, path: string, flags = O_RDWR): number {
  return guest.call("openat", AT_FDCWD, path, flags, 0o666);
}

/** The first bytes that a device gives. */
function bytesFrom(guest: Guest, path: string, size: number): Uint8Array {
  const fd = open(guest, path);
  const ptr = guest.buffer(size);
  return guest.bytesAt(ptr, guest.call("read", fd, ptr, size));
}

test("/dev/null takes everything and gives nothing", () => {
  const guest = new Guest();
  const fd = open(guest, "/dev/null", 0o1101);
  expect(guest.write(fd, new Uint8Array(100_000))).toBe(100_000);
  expect(bytesFrom(guest, "/dev/null", 10).length).toBe(0);
  expect(guest.call("_llseek", fd, 0, 100, guest.buffer(8), 0)).toBe(0);
});

test("/dev/zero gives zeros, /dev/full has no room", () => {
  const guest = new Guest();
  expect(bytesFrom(guest, "/dev/zero", 1000)).toEqual(new Uint8Array(1000));
  expect(bytesFrom(guest, "/dev/full", 10)).toEqual(new Uint8Array(10));
  expect(outcome(guest.write(open(guest, "/dev/full"), "x"))).toBe("ENOSPC");
});

test.each(["/dev/random", "/dev/urandom"])("%s gives random bytes", (path) => {
  const guest = new Guest();
  expect(new Set(bytesFrom(guest, path, 100_000)).size).toBe(256);
  expect(guest.write(open(guest, path), "seed")).toBe(4);
});

test("/dev/tty is there, but there is no terminal behind it", () => {
  expect(outcome(open(new Guest(), "/dev/tty"))).toBe("ENXIO");
});

test("anybody may use the devices, nobody may change /dev", () => {
  const guest = new Guest(undefined, { uid: 1000 });
  expect(guest.write(open(guest, "/dev/null"), "x")).toBe(1);
  const root = new Guest(guest.kernel);
  expect(outcome(open(root, "/dev/new", 0o101))).toBe("EROFS");
  expect(outcome(root.call("unlinkat", AT_FDCWD, "/dev/null", 0))).toBe("EROFS");
});

test("devices are known by their numbers, wherever they are", () => {
  const root = new Guest();
  expect(root.call("mknodat", AT_FDCWD, "/tmp/zero", 0o020666, 0x105)).toBe(0);
  expect(bytesFrom(root, "/tmp/zero", 4)).toEqual(new Uint8Array(4));
  root.call("mknodat", AT_FDCWD, "/tmp/disk", 0o060666, 0x800);
  expect(outcome(open(root, "/tmp/disk"))).toBe("ENXIO");
});

test("/dev/stdin, /dev/stdout and /dev/fd/N lead to the open files", () => {
  const guest = new Guest();
  const [reader, writer] = guest.pair("pipe2", 0);
  expect([reader, writer]).toEqual([0, 1]);
  guest.write(open(guest, "/dev/stdout", 1), "one ");
  guest.write(open(guest, "/dev/fd/1", 1), "two");
  expect(guest.read(open(guest, "/dev/stdin", 0))).toBe("one two");
  expect(outcome(open(guest, "/dev/stderr", 1))).not.toBe("ENOENT");
  expect(outcome(open(guest.fork(), "/dev/fd/77", 0))).toBe("ENOENT");
});
