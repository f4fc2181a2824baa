import { wasi } from "@bjorn3/browser_wasi_shim";
import { beforeEach, describe, expect, test } from "vitest";
import { WasiInstance } from "../../../src/wasi/abi/preview1/instance.js";
import type { UserModule } from "../../../src/wasi/modules/user-module.js";
import { Guest } from "../../support/guest.js";

/** (module (memory (export "memory") 1) (func (export "_start"))) */
const EMPTY_COMMAND = Uint8Array.of(
  ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
  ...[0x01, 0x04, 0x01, 0x60, 0x00, 0x00], // one type: () -> ()
  ...[0x03, 0x02, 0x01, 0x00], // one function of it
  ...[0x05, 0x03, 0x01, 0x00, 0x01], // one page of memory
  ...[0x07, 0x13, 0x02, 0x06, ...new TextEncoder().encode("memory"), 0x02, 0x00],
  ...[0x06, ...new TextEncoder().encode("_start"), 0x00, 0x00],
  ...[0x0a, 0x04, 0x01, 0x02, 0x00, 0x0b], // its body: nothing
);

const PREOPEN = 3;
const READ = BigInt(wasi.RIGHTS_FD_READ);
const WRITE = BigInt(wasi.RIGHTS_FD_WRITE);

/** A WASI process whose calls the test makes. */
class WasiGuest {
  readonly guest = new Guest();
  private readonly instance: WasiInstance;
  private next = 1024;

  constructor(argv: readonly string[] = ["prog"], environ: readonly string[] = []) {
    const module: UserModule = {
      abi: "wasi",
      module: new WebAssembly.Module(EMPTY_COMMAND),
      minPages: 1,
    };
    this.instance = WasiInstance.exec(this.guest.process, module, argv, environ);
    this.instance.run();
  }

  get view(): DataView {
    return this.instance.memory.view;
  }

  buffer(size: number): number {
    const ptr = this.next;
    this.next += (size + 7) & ~7;
    this.instance.memory.u8.fill(0, ptr, ptr + size);
    return ptr;
  }

  put(text: string): [ptr: number, length: number] {
    const bytes = new TextEncoder().encode(text);
    const ptr = this.buffer(bytes.length);
    this.instance.memory.u8.set(bytes, ptr);
    return [ptr, bytes.length];
  }

  text(ptr: number, length: number): string {
    return new TextDecoder().decode(this.instance.memory.u8.slice(ptr, ptr + length));
  }

  /** The error number, 0 for success. */
  call(name: string, ...args: readonly (number | bigint)[]): number {
    return this.instance.call(name, args as never[]);
  }

  /** Opens a path below the preopened directory; a negative number is an error. */
  open(path: string, oflags = 0, rights = READ | WRITE, fdflags = 0): number {
    const result = this.buffer(4);
    const error = this.call("path_open", PREOPEN, 1, ...this.put(path), oflags, rights, 0n, fdflags, result);
    return error === 0 ? this.view.getUint32(result, true) : -error;
  }

  write(fd: number, ...texts: readonly string[]): number {
    const vector = this.buffer(8 * texts.length);
    texts.forEach((text, i) => {
      const [ptr, length] = this.put(text);
      this.view.setUint32(vector + 8 * i, ptr, true);
      this.view.setUint32(vector + 8 * i + 4, length, true);
    });
    const count = this.buffer(4);
    const error = this.call("fd_write", fd, vector, texts.length, count);
    return error === 0 ? this.view.getUint32(count, true) : -error;
  }

  read(fd: number, ...sizes: readonly number[]): string | number {
    const data = this.buffer(sizes.reduce((sum, size) => sum + size, 0));
    const vector = this.buffer(8 * sizes.length);
    let at = data;
    sizes.forEach((size, i) => {
      this.view.setUint32(vector + 8 * i, at, true);
      this.view.setUint32(vector + 8 * i + 4, size, true);
      at += size;
    });
    const count = this.buffer(4);
    const error = this.call("fd_read", fd, vector, sizes.length, count);
    return error === 0 ? this.text(data, this.view.getUint32(count, true)) : -error;
  }
}

let program: WasiGuest;
beforeEach(() => {
  program = new WasiGuest();
});

describe("what a program is started with", () => {
  test("has the size that it is said to have, in bytes", () => {
    const argv = ["prog", "é€😀", "\udcff"];
    const withArguments = new WasiGuest(argv, ["K=ü"]);
    const sizes = withArguments.buffer(8);
    for (const [kind, count, bytes] of [
      ["args", 3, 5 + 10 + 2],
      ["environ", 1, 5],
    ] as const) {
      expect(withArguments.call(`${kind}_sizes_get`, sizes, sizes + 4)).toBe(0);
      expect(withArguments.view.getUint32(sizes, true)).toBe(count);
      expect(withArguments.view.getUint32(sizes + 4, true)).toBe(bytes);
      const pointers = withArguments.buffer(4 * count);
      const buffer = withArguments.buffer(bytes + 8);
      withArguments.view.setUint8(buffer + bytes, 0x55);
      withArguments.call(`${kind}_get`, pointers, buffer);
      expect(withArguments.view.getUint8(buffer + bytes), "nothing is written behind it").toBe(0x55);
      const last = withArguments.view.getUint32(pointers + 4 * (count - 1), true);
      const expected = kind === "args" ? [0xff, 0] : [...new TextEncoder().encode("K=ü\0")];
      expect([...Array(expected.length).keys()].map((i) => withArguments.view.getUint8(last + i))).toEqual(
        expected,
      );
    }
  });

  test("is one directory, /", () => {
    const prestat = program.buffer(8);
    expect(program.call("fd_prestat_get", PREOPEN, prestat)).toBe(0);
    expect(program.view.getUint32(prestat + 4, true)).toBe(1);
    const name = program.buffer(1);
    program.call("fd_prestat_dir_name", PREOPEN, name, 1);
    expect(program.text(name, 1)).toBe("/");
    expect(program.call("fd_prestat_get", PREOPEN + 1, prestat)).toBe(wasi.ERRNO_BADF);
  });
});

describe("files", () => {
  test("are written and read in several pieces", () => {
    const fd = program.open("tmp/f", wasi.OFLAGS_CREAT);
    expect(program.write(fd, "one ", "", "two")).toBe(7);
    const offset = program.buffer(8);
    expect(program.call("fd_seek", fd, 0n, wasi.WHENCE_SET, offset)).toBe(0);
    expect(program.read(fd, 2, 100)).toBe("one two");
    program.call("fd_tell", fd, offset);
    expect(program.view.getBigUint64(offset, true)).toBe(7n);
    expect(program.guest.readFile("/tmp/f")).toBe("one two");
  });

  test("get the lowest free descriptor", () => {
    const first = program.open("tmp/a", wasi.OFLAGS_CREAT);
    const second = program.open("tmp/b", wasi.OFLAGS_CREAT);
    expect([first, second]).toEqual([0, 1]);
    program.call("fd_close", first);
    expect(program.open("tmp/c", wasi.OFLAGS_CREAT)).toBe(first);
    expect(program.call("fd_renumber", second, first), "over the open one").toBe(0);
    expect(program.write(first, "moved")).toBe(5);
    expect(program.write(second, "x")).toBe(-wasi.ERRNO_BADF);
    expect(program.guest.readFile("/tmp/b")).toBe("moved");
    expect(program.call("fd_renumber", first, 9), "where nothing is open").toBe(wasi.ERRNO_BADF);
  });

  test("have all their facts where they belong", () => {
    const fd = program.open("tmp/f", wasi.OFLAGS_CREAT);
    program.write(fd, "12345");
    expect(program.call("fd_filestat_set_times", fd, 1_500_000_000_123_456_789n, 2n, 1 | 4)).toBe(0);
    const stat = program.buffer(64);
    expect(program.call("path_filestat_get", PREOPEN, 0, ...program.put("tmp/f"), stat)).toBe(0);
    expect(program.view.getUint8(stat + 16)).toBe(wasi.FILETYPE_REGULAR_FILE);
    expect([24, 32, 40, 48].map((at) => program.view.getBigUint64(stat + at, true))).toEqual([
      1n,
      5n,
      1_500_000_000_123_456_789n,
      2n,
    ]);
    expect(program.call("fd_filestat_set_size", fd, 2n)).toBe(0);
    expect(program.guest.readFile("/tmp/f")).toBe("12");
  });

  test("are opened as the flags and rights say", () => {
    expect(program.open("tmp/none")).toBe(-wasi.ERRNO_NOENT);
    const append = program.open("tmp/f", wasi.OFLAGS_CREAT | wasi.OFLAGS_EXCL, WRITE, wasi.FDFLAGS_APPEND);
    program.write(append, "a");
    expect(program.read(append, 1)).toBe(-wasi.ERRNO_BADF);
    expect(program.open("tmp/f", wasi.OFLAGS_CREAT | wasi.OFLAGS_EXCL)).toBe(-wasi.ERRNO_EXIST);
    const reader = program.open("tmp/f", 0, READ);
    expect(program.write(reader, "x")).toBe(-wasi.ERRNO_BADF);
    program.write(append, "b");
    expect(program.read(reader, 10)).toBe("ab");
    expect(program.open("tmp", wasi.OFLAGS_DIRECTORY)).toBeGreaterThan(reader);
    expect(program.open("tmp/f", wasi.OFLAGS_DIRECTORY)).toBe(-wasi.ERRNO_NOTDIR);
  });

  test("have no NUL in their names", () => {
    expect(program.open("tmp/f\0", wasi.OFLAGS_CREAT)).toBe(-wasi.ERRNO_INVAL);
    expect(program.call("path_create_directory", PREOPEN, ...program.put("tmp/\0d"))).toBe(wasi.ERRNO_INVAL);
  });

  test("are made, linked, moved and removed by path", () => {
    const one = (name: string, path: string) => program.call(name, PREOPEN, ...program.put(path));
    const two = (name: string, flags: number[], from: string, to: string) =>
      program.call(name, PREOPEN, ...flags, ...program.put(from), PREOPEN, ...program.put(to));
    expect(one("path_create_directory", "tmp/d")).toBe(0);
    program.call("fd_close", program.open("tmp/d/f", wasi.OFLAGS_CREAT));
    expect(two("path_link", [0], "tmp/d/f", "tmp/d/g")).toBe(0);
    expect(two("path_rename", [], "tmp/d/g", "tmp/d/h")).toBe(0);
    expect(program.call("path_symlink", ...program.put("h"), PREOPEN, ...program.put("tmp/d/s"))).toBe(0);
    const target = program.buffer(8);
    const used = program.buffer(4);
    expect(program.call("path_readlink", PREOPEN, ...program.put("tmp/d/s"), target, 8, used)).toBe(0);
    expect(program.text(target, program.view.getUint32(used, true))).toBe("h");
    expect(
      program.call("path_readlink", PREOPEN, ...program.put("tmp/d/s"), target, 0, used),
      "cut off",
    ).toBe(0);
    expect(one("path_remove_directory", "tmp/d")).toBe(wasi.ERRNO_NOTEMPTY);
    for (const name of ["f", "h", "s"]) expect(one("path_unlink_file", `tmp/d/${name}`)).toBe(0);
    expect(one("path_remove_directory", "tmp/d")).toBe(0);
    expect(one("path_unlink_file", "tmp/none")).toBe(wasi.ERRNO_NOENT);
  });

  test("are listed, also in small pieces", () => {
    for (const name of ["a", "bb", "ccc"])
      program.call("fd_close", program.open(`tmp/${name}`, wasi.OFLAGS_CREAT));
    const fd = program.open("tmp", wasi.OFLAGS_DIRECTORY, READ);
    const names: string[] = [];
    const buffer = program.buffer(32);
    const used = program.buffer(4);
    for (let cookie = 0n; ; ) {
      expect(program.call("fd_readdir", fd, buffer, 32, cookie, used)).toBe(0);
      const size = program.view.getUint32(used, true);
      const length = program.view.getUint32(buffer + 16, true);
      if (size < 24 + length) break;
      names.push(program.text(buffer + 24, length));
      cookie = program.view.getBigUint64(buffer, true);
    }
    expect(names).toEqual([".", "..", "a", "bb", "ccc"]);
  });

  test("are sought in the working directory, and in / when their first directory is only there", () => {
    program.guest.call("mkdirat", -100, "/tmp/tmp", 0o755);
    program.guest.call("chdir", "/tmp");
    program.call("fd_close", program.open("here", wasi.OFLAGS_CREAT));
    expect(program.guest.readFile("/tmp/here")).toBe("");
    program.call("fd_close", program.open("home/there", wasi.OFLAGS_CREAT));
    expect(program.guest.readFile("/home/there")).toBe("");
    program.call("fd_close", program.open("tmp/both", wasi.OFLAGS_CREAT));
    expect(program.guest.readFile("/tmp/tmp/both")).toBe("");
  });
});

describe("waiting", () => {
  /** Subscriptions in memory: clocks as [ns, absolute], descriptors as ["read" | "write", fd]. */
  function subscribe(...wanted: readonly ([bigint, boolean] | ["read" | "write", number])[]): number {
    const ptr = program.buffer(48 * wanted.length);
    wanted.forEach(([what, more], i) => {
      const at = ptr + 48 * i;
      program.view.setBigUint64(at, BigInt(100 + i), true);
      if (typeof what === "bigint") {
        program.view.setUint32(at + 16, wasi.CLOCKID_MONOTONIC, true);
        program.view.setBigUint64(at + 24, what, true);
        program.view.setUint16(at + 40, more === true ? 1 : 0, true);
      } else {
        program.view.setUint8(at + 8, what === "read" ? wasi.EVENTTYPE_FD_READ : wasi.EVENTTYPE_FD_WRITE);
        program.view.setUint32(at + 16, Number(more), true);
      }
    });
    return ptr;
  }

  /** The user data of the events that came, with the error of each. */
  function poll(subscriptions: number, count: number): [bigint, number][] | number {
    const events = program.buffer(32 * count);
    const number = program.buffer(4);
    const error = program.call("poll_oneoff", subscriptions, events, count, number);
    if (error !== 0) return error;
    return Array.from({ length: program.view.getUint32(number, true) }, (_, i) => [
      program.view.getBigUint64(events + 32 * i, true),
      program.view.getUint16(events + 32 * i + 8, true),
    ]);
  }

  test("for the first of several clocks", () => {
    const began = performance.now();
    expect(poll(subscribe([60_000_000_000n, false], [20_000_000n, false]), 2)).toEqual([[101n, 0]]);
    expect(performance.now() - began).toBeGreaterThanOrEqual(19.9);
  });

  test("leaves the processor to others", () => {
    const before = process.cpuUsage();
    poll(subscribe([200_000_000n, false]), 1);
    const { user, system } = process.cpuUsage(before);
    expect((user + system) / 1000).toBeLessThan(100);
  });

  test("for a point in time", () => {
    const past = BigInt(Math.floor(program.guest.kernel.clock.monotonic() * 1e6)) - 5n;
    expect(poll(subscribe([past, true]), 1)).toEqual([[100n, 0]]);
  });

  test("for files", () => {
    const fd = program.open("tmp/f", wasi.OFLAGS_CREAT);
    expect(poll(subscribe([1_000_000_000n, false], ["read", fd], ["write", 77]), 3)).toEqual([
      [101n, 0],
      [102n, wasi.ERRNO_BADF],
    ]);
    expect(poll(0, 0)).toBe(wasi.ERRNO_INVAL);
  });
});

describe("the rest", () => {
  test("clocks", () => {
    const ptr = program.buffer(8);
    for (const id of [0, 1, 2, 3]) expect(program.call("clock_time_get", id, 0n, ptr)).toBe(0);
    program.call("clock_time_get", wasi.CLOCKID_REALTIME, 0n, ptr);
    expect(Math.abs(Number(program.view.getBigUint64(ptr, true)) / 1e6 - Date.now())).toBeLessThan(1000);
    expect(program.call("clock_time_get", 4, 0n, ptr)).toBe(wasi.ERRNO_INVAL);
    expect(program.call("clock_res_get", 9, ptr)).toBe(wasi.ERRNO_INVAL);
  });

  test("random bytes", () => {
    const ptr = program.buffer(1000);
    expect(program.call("random_get", ptr, 1000)).toBe(0);
    expect(new Set(program.text(ptr, 1000)).size).toBeGreaterThan(20);
  });

  test("addresses outside of the memory are EFAULT", () => {
    const fd = program.open("tmp/f", wasi.OFLAGS_CREAT);
    for (const [name, args] of [
      ["args_get", [0xffff0000, 0xffff0000]],
      ["fd_write", [fd, 0xfffffff0, 1, 0]],
      ["fd_read", [fd, 0xfffffff0, 1, 0]],
      ["random_get", [65536, 1]],
      ["path_create_directory", [PREOPEN, -1, 5]],
      ["path_unlink_file", [PREOPEN, 65530, 100]],
      ["clock_time_get", [0, 0n, -8]],
      ["poll_oneoff", [65530, 0, 1, 0]],
      ["fd_prestat_get", [PREOPEN, 70000]],
    ] as const) {
      expect(program.call(name, ...args), name).toBe(wasi.ERRNO_FAULT);
    }
  });

  test("sockets are not there, and say so", () => {
    expect(program.call("sock_recv", PREOPEN, 0, 0)).toBe(wasi.ERRNO_NOTSOCK);
    expect(program.call("sock_shutdown", 77, 0)).toBe(wasi.ERRNO_BADF);
  });

  test("a signal raised by the program ends it", () => {
    expect(() => program.call("proc_raise", wasi.SIGNAL_ABRT)).toThrow();
    expect(program.guest.process.killedBy).toBe(6);
  });
});
