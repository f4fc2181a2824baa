import { describe, expect, test } from "vitest";
import {
  AT_FDCWD,
  O_APPEND,
  O_CREAT,
  O_RDONLY,
  O_RDWR,
  O_WRONLY,
  SEEK_CUR,
  SEEK_DATA,
  SEEK_END,
  SEEK_HOLE,
  SEEK_SET,
} from "../../../src/wasi/abi/linux/fcntl.js";
import { RLIMIT_FSIZE } from "../../../src/wasi/abi/linux/resource.js";
import { SIGXFSZ } from "../../../src/wasi/abi/linux/signal.js";
import { outcome } from "../../support/errno.js";
import { Guest } from "../../support/guest.js";

function openFile(guest: Guest, content = "", flags = O_CREAT | O_RDWR): number {
  const fd = guest.call("openat", AT_FDCWD, "/tmp/f", flags, 0o644);
  if (content !== "") guest.write(fd, content);
  return fd;
}

function seek(guest: Guest, fd: number, offset: number, whence: number): number | string {
  const result = guest.buffer(8);
  const high = Math.floor(offset / 2 ** 32);
  const code = guest.call("_llseek", fd, high, offset >>> 0, result, whence);
  return code === 0 ? Number(guest.memory.getI64(result)) : outcome(code);
}

/** An iovec array over the given buffers. */
function iovec(guest: Guest, ...buffers: readonly (readonly [ptr: number, length: number])[]): number {
  return guest.putWords(...buffers.flat());
}

describe("reading and writing", () => {
  test("seek reaches everywhere, and nowhere before the start", () => {
    const guest = new Guest();
    const fd = openFile(guest, "0123456789");
    expect(seek(guest, fd, 3, SEEK_SET)).toBe(3);
    expect(seek(guest, fd, 4, SEEK_CUR)).toBe(7);
    expect(seek(guest, fd, -2, SEEK_END)).toBe(8);
    expect(guest.read(fd)).toBe("89");
    expect(seek(guest, fd, -1, SEEK_SET)).toBe("EINVAL");
    expect(seek(guest, fd, 0, 9)).toBe("EINVAL");
    expect(seek(guest, fd, 2 ** 41, SEEK_SET)).toBe(2 ** 41);
    expect(guest.read(fd)).toBe("");
  });

  test("SEEK_DATA and SEEK_HOLE find the parts of a sparse file", () => {
    const guest = new Guest();
    const fd = openFile(guest);
    seek(guest, fd, 1 << 20, SEEK_SET);
    guest.write(fd, "x");
    expect(seek(guest, fd, 0, SEEK_DATA)).toBe(1 << 20);
    expect(seek(guest, fd, 1 << 20, SEEK_HOLE)).toBe((1 << 20) + 1);
    expect(seek(guest, fd, (1 << 20) + 1, SEEK_DATA)).toBe("ENXIO");
    expect(seek(guest, fd, 0, SEEK_HOLE)).toBe(0);
  });

  test("bad addresses are EFAULT and move nothing", () => {
    const guest = new Guest();
    const fd = openFile(guest, "content");
    expect(outcome(guest.call("write", fd, 0x7fff0000, 10))).toBe("EFAULT");
    expect(outcome(guest.call("pread64", fd, 0, 10, 0, 0))).toBe("EFAULT");
    expect(outcome(guest.call("readv", fd, 0, 1))).toBe("EFAULT");
    expect(outcome(guest.call("openat", AT_FDCWD, -1, O_RDONLY, 0))).toBe("EFAULT");
    expect(outcome(guest.call("statx", AT_FDCWD, "/tmp", 0, 0xfff, -8))).toBe("EFAULT");
    expect(outcome(guest.call("getcwd", -8, 100))).toBe("EFAULT");
    expect(guest.readFile("/tmp/f")).toBe("content");
  });

  test("readv and writev spread over their buffers", () => {
    const guest = new Guest();
    const fd = openFile(guest);
    const hello = guest.put(new TextEncoder().encode("hello "));
    const world = guest.put(new TextEncoder().encode("world"));
    expect(guest.call("writev", fd, iovec(guest, [hello, 6], [0, 0], [world, 5]), 3)).toBe(11);
    seek(guest, fd, 0, SEEK_SET);
    const a = guest.buffer(4);
    const b = guest.buffer(20);
    expect(guest.call("readv", fd, iovec(guest, [a, 4], [b, 20]), 2)).toBe(11);
    expect(guest.textAt(a, 4) + guest.textAt(b, 7)).toBe("hello world");
    expect(outcome(guest.call("readv", fd, iovec(guest), -1))).toBe("EINVAL");
    expect(outcome(guest.call("writev", fd, iovec(guest), 2000))).toBe("EINVAL");
  });

  test("pread, pwrite and their vector forms leave the offset alone", () => {
    const guest = new Guest();
    const fd = openFile(guest, "0123456789");
    seek(guest, fd, 2, SEEK_SET);
    expect(guest.call("pwrite64", fd, new TextEncoder().encode("ab"), 2, 5, 0)).toBe(2);
    const ptr = guest.buffer(20);
    expect(guest.call("pread64", fd, ptr, 20, 4, 0)).toBe(6);
    expect(guest.textAt(ptr, 6)).toBe("4ab789");
    expect(guest.call("pwritev", fd, iovec(guest, [ptr, 2], [ptr, 1]), 2, 0, 0)).toBe(3);
    expect(guest.call("preadv", fd, iovec(guest, [ptr, 3], [ptr + 10, 3]), 2, 8, 0)).toBe(2);
    expect(seek(guest, fd, 0, SEEK_CUR)).toBe(2);
    expect(outcome(guest.call("pread64", fd, ptr, 1, -1, -1))).toBe("EINVAL");
  });

  test("pwrite to a file opened for appending appends", () => {
    const guest = new Guest();
    const fd = openFile(guest, "abc", O_CREAT | O_WRONLY | O_APPEND);
    guest.call("pwrite64", fd, new TextEncoder().encode("x"), 1, 0, 0);
    expect(guest.readFile("/tmp/f")).toBe("abcx");
  });

  test("a pipe can be neither sought nor read at an offset", () => {
    const guest = new Guest();
    const [reader, writer] = guest.pair("pipe2", 0);
    expect(seek(guest, reader, 0, SEEK_SET)).toBe("ESPIPE");
    expect(outcome(guest.call("pread64", reader, guest.buffer(1), 1, 0, 0))).toBe("ESPIPE");
    expect(outcome(guest.call("pwrite64", writer, guest.buffer(1), 1, 0, 0))).toBe("ESPIPE");
  });

  test("a write larger than a pipe waits until all of it has gone through", () => {
    const guest = new Guest();
    const [reader, writer] = guest.pair("pipe2", 0);
    const other = guest.fork();
    const bytes = Uint8Array.from({ length: 200_000 }, (_, i) => i % 251);
    other.start("write", writer, bytes, bytes.length);
    expect(other.blocked).toBe(true);
    const got: number[] = [];
    while (got.length < bytes.length) {
      const ptr = guest.buffer(30_000);
      const count = guest.call("read", reader, ptr, 30_000);
      got.push(...guest.bytesAt(ptr, count));
      guest.settle();
    }
    expect(other.result).toBe(bytes.length);
    expect(Uint8Array.from(got)).toEqual(bytes);
  });

  test("writev to a full pipe goes on where it was", () => {
    const guest = new Guest();
    const [reader, writer] = guest.pair("pipe2", 0);
    const other = guest.fork();
    const part = other.put(Uint8Array.from({ length: 50_000 }, (_, i) => i % 13));
    const rest = other.put(Uint8Array.from({ length: 50_000 }, (_, i) => i % 17));
    other.start("writev", writer, other.putWords(part, 50_000, rest, 50_000), 2);
    expect(other.blocked).toBe(true);
    const got: number[] = [];
    while (got.length < 100_000) {
      const ptr = guest.buffer(7000);
      got.push(...guest.bytesAt(ptr, guest.call("read", reader, ptr, 7000)));
      guest.settle();
    }
    expect(other.result).toBe(100_000);
    expect(got.slice(49_990, 50_010)).toEqual(
      Array.from({ length: 20 }, (_, i) => (i < 10 ? (49_990 + i) % 13 : (i - 10) % 17)),
    );
  });
});

describe("limits", () => {
  test("RLIMIT_FSIZE cuts a write off, and then is SIGXFSZ and EFBIG", () => {
    const guest = new Guest();
    guest.process.limits.set(RLIMIT_FSIZE, 10, 10);
    guest.process.signals.mask = 1n << BigInt(SIGXFSZ - 1);
    const fd = openFile(guest);
    expect(guest.write(fd, "0123456789abc")).toBe(10);
    expect(guest.process.signals.pending).toBe(0n);
    expect(outcome(guest.write(fd, "x"))).toBe("EFBIG");
    expect(guest.process.signals.pending).toBe(1n << BigInt(SIGXFSZ - 1));
    expect(outcome(guest.call("ftruncate64", fd, 11, 0))).toBe("EFBIG");
    expect(outcome(guest.call("truncate64", "/tmp/f", 11, 0))).toBe("EFBIG");
    expect(outcome(guest.call("fallocate", fd, 0, 0, 0, 11, 0))).toBe("EFBIG");
    expect(guest.call("ftruncate64", fd, 5, 0)).toBe(0);
  });

  test("a full filesystem is ENOSPC, and a file that is removed makes room", () => {
    const guest = new Guest();
    const fd = openFile(guest);
    const chunk = guest.put(new Uint8Array(1 << 20));
    let last = 0;
    for (let i = 0; i < 300 && last >= 0; i++) last = guest.call("write", fd, chunk, 1 << 20);
    expect(outcome(last)).toBe("ENOSPC");
    guest.call("unlinkat", AT_FDCWD, "/tmp/f", 0);
    guest.call("close", fd);
    const other = guest.call("openat", AT_FDCWD, "/tmp/g", O_CREAT | O_WRONLY, 0o644);
    expect(guest.call("write", other, chunk, 1 << 20)).toBe(1 << 20);
  });
});

describe("copying inside the kernel", () => {
  test("sendfile moves a file into a pipe as the pipe takes it", () => {
    const guest = new Guest();
    const fd = openFile(guest);
    const content = guest.put(Uint8Array.from({ length: 150_000 }, (_, i) => i % 7));
    guest.call("write", fd, content, 150_000);
    seek(guest, fd, 0, SEEK_SET);
    const [reader, writer] = guest.pair("pipe2", 0);
    const other = guest.fork();
    other.start("sendfile64", writer, fd, 0, 140_000);
    expect(other.blocked).toBe(true);
    let moved = 0;
    while (moved < 140_000) {
      moved += guest.call("read", reader, guest.buffer(50_000), 50_000);
      guest.settle();
    }
    expect(other.result).toBe(140_000);
    expect(seek(guest, fd, 0, SEEK_CUR)).toBe(140_000);
  });

  test("sendfile with an offset leaves the file's own alone", () => {
    const guest = new Guest();
    const fd = openFile(guest, "0123456789");
    const to = guest.call("openat", AT_FDCWD, "/tmp/to", O_CREAT | O_WRONLY, 0o644);
    const offset = guest.put(new Uint8Array(BigInt64Array.of(4n).buffer));
    expect(guest.call("sendfile64", to, fd, offset, 100)).toBe(6);
    expect(guest.memory.getI64(offset)).toBe(10n);
    expect(guest.readFile("/tmp/to")).toBe("456789");
  });

  test("copy_file_range copies, extends and refuses overlaps", () => {
    const guest = new Guest();
    const fd = openFile(guest, "0123456789");
    const to = guest.call("openat", AT_FDCWD, "/tmp/to", O_CREAT | O_RDWR, 0o644);
    const from = guest.put(new Uint8Array(BigInt64Array.of(5n).buffer));
    expect(guest.call("copy_file_range", fd, from, to, 0, 100, 0)).toBe(5);
    expect(guest.readFile("/tmp/to")).toBe("56789");
    const start = guest.put(new Uint8Array(8));
    const end = guest.put(new Uint8Array(BigInt64Array.of(3n).buffer));
    expect(outcome(guest.call("copy_file_range", fd, start, fd, end, 5, 0))).toBe("EINVAL");
    const proc = guest.call("openat", AT_FDCWD, "/proc/self/stat", O_RDONLY, 0);
    expect(outcome(guest.call("copy_file_range", proc, 0, to, 0, 100, 0))).toBe("EXDEV");
    expect(outcome(guest.call("copy_file_range", fd, 0, to, 0, 1, 1))).toBe("EINVAL");
  });

  test("fallocate makes a file of zeros; a punched hole gives its space back", () => {
    const guest = new Guest();
    const fd = openFile(guest);
    const blocks = () => {
      const ptr = guest.buffer(256);
      guest.call("statx", fd, "", 0x1000, 0xfff, ptr);
      return [Number(guest.memory.getU64(ptr + 40)), Number(guest.memory.getU64(ptr + 48))];
    };
    expect(guest.call("fallocate", fd, 0, 0, 0, 1 << 20, 0)).toBe(0);
    expect(blocks()).toEqual([1 << 20, 2048]);
    expect(guest.call("fallocate", fd, 3, 0, 0, 1 << 19, 0)).toBe(0);
    expect(blocks()).toEqual([1 << 20, 1024]);
    expect(guest.call("fallocate", fd, 1, 1 << 20, 0, 1 << 16, 0)).toBe(0);
    expect(blocks()).toEqual([1 << 20, 1024 + 128]);
    expect(outcome(guest.call("fallocate", fd, 2, 0, 0, 1, 0))).toBe("EOPNOTSUPP");
    expect(outcome(guest.call("fallocate", fd, 0, 0, 0, 0, 0))).toBe("EINVAL");
    expect(outcome(guest.call("fallocate", fd, 0, 0, 0, 0, 0x1000))).toBe("ENOSPC");
  });
});
