import { describe, expect, test } from "vitest";
import { SIG_IGN, SIGCHLD, SIGKILL, SIGUSR1 } from "../../../src/wasi/abi/linux/signal.js";
import { StringVector } from "../../../src/wasi/kernel/string-vector.js";
import { outcome } from "../../support/errno.js";
import { Guest } from "../../support/guest.js";

const AT_FDCWD = -100;
const O_WRONLY = 0o1;
const O_TRUNC = 0o1000;

function readlink(guest: Guest, path: string): string | number {
  const ptr = guest.buffer(256);
  const length = guest.call("readlinkat", AT_FDCWD, path, ptr, 256);
  return length < 0 ? outcome(length) : guest.textAt(ptr, length);
}

/** The names in a directory, without `.` and `..`. */
function list(guest: Guest, path: string): string[] {
  const fd = guest.call("openat", AT_FDCWD, path, 0o200000, 0);
  if (fd < 0) throw new Error(`${path}: ${outcome(fd)}`);
  const names: string[] = [];
  const ptr = guest.buffer(512);
  for (;;) {
    const size = guest.call("getdents64", fd, ptr, 512);
    if (size <= 0) break;
    for (let at = ptr; at < ptr + size; at += guest.memory.getU16(at + 16)) {
      names.push(guest.memory.string(at + 19));
    }
  }
  guest.call("close", fd);
  return names.filter((name) => name !== "." && name !== "..");
}

/** One value of /proc/PID/status. */
function status(guest: Guest, pid: number | "self", key: string): string | undefined {
  return new RegExp(`^${key}:\\t(.*)$`, "m").exec(String(guest.readFile(`/proc/${pid}/status`)))?.[1];
}

describe("/proc", () => {
  test("lists the processes, in order, after everything else", () => {
    const guest = new Guest();
    const child = guest.fork();
    const names = list(guest, "/proc");
    expect(names.slice(-3)).toEqual(["1", String(guest.pid), String(child.pid)]);
    for (const name of ["cpuinfo", "meminfo", "self", "sys", "uptime"]) expect(names).toContain(name);
  });

  test("self is whoever asks", () => {
    const guest = new Guest();
    const child = guest.fork();
    expect(readlink(guest, "/proc/self")).toBe(String(guest.pid));
    expect(readlink(child, "/proc/self")).toBe(String(child.pid));
    expect(status(child, "self", "Pid")).toBe(String(child.pid));
    expect(readlink(child, "/proc/thread-self")).toBe(`${child.pid}/task/${child.pid}`);
    expect(list(child, `/proc/self/task`)).toEqual([String(child.pid)]);
    expect(child.readFile("/proc/thread-self/comm")).toBe(child.readFile("/proc/self/comm"));
  });

  test("forgets a process when it has been waited for", () => {
    const guest = new Guest();
    const child = guest.fork();
    const held = guest.call("openat", AT_FDCWD, `/proc/${child.pid}`, 0o200000, 0);
    guest.kernel.signals.send(child.process, SIGKILL);
    guest.settle();
    expect(status(guest, child.pid, "State")).toBe("Z (zombie)");
    expect(readlink(guest, `/proc/${child.pid}/cwd`)).toBe("ENOENT");
    guest.call("wait4", child.pid, 0, 0, 0);
    expect(outcome(guest.call("openat", AT_FDCWD, `/proc/${child.pid}`, 0, 0))).toBe("ENOENT");
    expect(outcome(guest.call("openat", held, "status", 0, 0))).toBe("ENOENT");
  });

  test("cannot be written", () => {
    const guest = new Guest();
    const fd = guest.call("openat", AT_FDCWD, "/proc/version", O_WRONLY | O_TRUNC, 0);
    expect(outcome(guest.call("write", fd, guest.buffer(1), 1))).toBe("EIO");
    expect(outcome(guest.call("mkdirat", AT_FDCWD, "/proc/x", 0o777))).toBe("ENOENT");
    expect(outcome(guest.call("unlinkat", AT_FDCWD, "/proc/version", 0))).toBe("EPERM");
  });

  test("files have size 0 and are made when they are read from the beginning", () => {
    const guest = new Guest();
    guest.process.comm = "opened";
    const fd = guest.call("openat", AT_FDCWD, "/proc/self/comm", 0, 0);
    guest.process.comm = "before";
    expect(guest.read(fd, 3)).toBe("bef");
    guest.process.comm = "after";
    expect(guest.read(fd)).toBe("ore\n");
    guest.call("_llseek", fd, 0, 0, guest.buffer(8), 0);
    expect(guest.read(fd)).toBe("after\n");
    const stat = guest.buffer(256);
    expect(guest.call("statx", fd, "", 0x1000, 0x7ff, stat)).toBe(0);
    expect(guest.memory.getU64(stat + 40)).toBe(0n);
  });
});

describe("/proc/PID", () => {
  test("stat has the 52 fields of proc(5), status says the same in words", () => {
    const guest = new Guest();
    guest.process.comm = "my prog)";
    guest.process.cpuMs = 1230;
    guest.call("setpriority", 0, 0, 4);
    const stat = String(guest.readFile("/proc/self/stat"));
    expect(stat).toMatch(/^\d+ \(my prog\)\) R /);
    const fields = stat
      .slice(stat.lastIndexOf(")") + 2)
      .trim()
      .split(" ");
    expect(fields.length).toBe(50);
    const field = (number: number) => fields[number - 3];
    expect([field(4), field(5), field(6)]).toEqual([1, guest.pid, guest.pid].map(String));
    expect(Number(field(14))).toBeGreaterThanOrEqual(123);
    expect([field(18), field(19)]).toEqual(["24", "4"]);
    expect(field(23)).toBe(String(guest.memory.u8.length));
    expect(field(24)).toBe("256");
    expect(status(guest, "self", "Name")).toBe("my prog)");
    expect(status(guest, "self", "State")).toBe("R (running)");
    expect(status(guest, "self", "VmRSS")?.trim()).toBe("1024 kB");
  });

  test("shows ids and signals", () => {
    const guest = new Guest();
    guest.call("setgroups", 2, guest.putWords(20, 10));
    guest.call("setresgid", 7, 8, 9);
    guest.call("setresuid", 1, 2, 3);
    expect(status(guest, "self", "Uid")).toBe("1\t2\t3\t2");
    expect(status(guest, "self", "Gid")).toBe("7\t8\t9\t8");
    expect(status(guest, "self", "Groups")).toBe("10 20 ");
    guest.call("rt_sigaction", SIGUSR1, guest.putWords(99, 0, 0, 0), 0);
    guest.call("rt_sigaction", SIGCHLD, guest.putWords(SIG_IGN, 0, 0, 0), 0);
    guest.call("rt_sigprocmask", 0, guest.putWords(1 << (SIGUSR1 - 1), 0), 0);
    expect(status(guest, "self", "SigCgt")).toBe("0000000000000200");
    expect(status(guest, "self", "SigIgn")).toBe("0000000000010000");
    expect(status(guest, "self", "SigBlk")).toBe("0000000000000200");
  });

  test("cmdline and environ end every string with NUL", () => {
    const guest = new Guest();
    guest.process.argv = StringVector.of(["grep", "-e", "ü x"]);
    guest.process.environ = StringVector.of(["A=1", "B=2"]);
    expect(guest.readFile("/proc/self/cmdline")).toBe("grep\0-e\0ü x\0");
    expect(guest.readFile("/proc/self/environ")).toBe("A=1\0B=2\0");
  });

  test("cwd, root and exe are links to where it stands", () => {
    const guest = new Guest();
    guest.call("mkdirat", AT_FDCWD, "/tmp/d", 0o755);
    guest.call("chdir", "/tmp/d");
    guest.process.exe = "/bin/prog";
    expect(readlink(guest, "/proc/self/cwd")).toBe("/tmp/d");
    expect(readlink(guest, "/proc/self/root")).toBe("/");
    expect(readlink(guest, "/proc/self/exe")).toBe("/bin/prog");
    guest.call("openat", AT_FDCWD, "/proc/self/cwd/file", 0o101, 0o644);
    expect(list(guest, "/tmp/d")).toEqual(["file"]);
  });

  test("others may not see where a process stands, what it has open, or its environment", () => {
    const root = new Guest();
    const user = new Guest(root.kernel, { uid: 1000 });
    expect(readlink(user, `/proc/${root.pid}/cwd`)).toBe("EACCES");
    expect(outcome(user.call("openat", AT_FDCWD, `/proc/${root.pid}/environ`, 0, 0))).toBe("EACCES");
    expect(outcome(user.call("openat", AT_FDCWD, `/proc/${root.pid}/fd`, 0, 0))).toBe("EACCES");
    expect(readlink(root, `/proc/${user.pid}/cwd`)).toBe("/");
    expect(status(user, root.pid, "Pid")).toBe(String(root.pid));
  });

  test("limits and maps are there", () => {
    const guest = new Guest();
    expect(guest.readFile("/proc/self/limits")).toMatch(
      /^Max open files {12}1024 {17}1048576 {14}files {5}$/m,
    );
    expect(guest.readFile("/proc/self/maps")).toMatch(/^00000000-[0-9a-f]{8} rw-p .*\[heap\]$/m);
    expect(guest.readFile("/proc/self/statm")).toMatch(/^(\d+ ){6}0\n$/);
  });
});

describe("/proc/PID/fd", () => {
  test("lists the open files and says what they are", () => {
    const guest = new Guest();
    const [reader, writer] = guest.pair("pipe2", 0);
    const file = guest.call("openat", AT_FDCWD, "/tmp/file", 0o102, 0o644);
    const [socket] = guest.pair("socketpair", 1, 1, 0);
    expect(list(guest, "/proc/self/fd")).toEqual(["0", "1", "2", "3", "4", "5"]);
    const pipe = readlink(guest, `/proc/self/fd/${reader}`);
    expect(pipe).toMatch(/^pipe:\[\d+\]$/);
    expect(readlink(guest, `/proc/self/fd/${writer}`)).toBe(pipe);
    expect(readlink(guest, `/proc/self/fd/${socket}`)).toMatch(/^socket:\[\d+\]$/);
    expect(readlink(guest, `/proc/self/fd/${file}`)).toBe("/tmp/file");
    expect(guest.readFile(`/proc/self/fdinfo/${file}`)).toMatch(/^pos:\t0\nflags:\t0\d*2\n/);
  });

  test("opens a regular file anew, from its beginning, even when it has no name any more", () => {
    const guest = new Guest();
    const file = guest.call("openat", AT_FDCWD, "/tmp/file", 0o102, 0o644);
    guest.write(file, "content");
    const again = guest.call("openat", AT_FDCWD, `/proc/self/fd/${file}`, 0, 0);
    expect(guest.read(again)).toBe("content");
    guest.call("unlinkat", AT_FDCWD, "/tmp/file", 0);
    expect(readlink(guest, `/proc/self/fd/${file}`)).toBe("/tmp/file (deleted)");
    expect(guest.readFile(`/proc/self/fd/${file}`)).toBe("content");
  });

  test("leads on from a directory", () => {
    const guest = new Guest();
    guest.call("openat", AT_FDCWD, "/tmp/file", 0o101, 0o644);
    const directory = guest.call("openat", AT_FDCWD, "/tmp", 0o200000, 0);
    expect(guest.readFile(`/proc/self/fd/${directory}/file`)).toBe("");
  });
});

describe("the system's own files", () => {
  test("mounts say what lies where", () => {
    const guest = new Guest();
    const mounts = String(guest.readFile("/proc/mounts")).trim().split("\n");
    expect(mounts.map((line) => line.split(" ").slice(1, 3))).toEqual([
      ["/", "overlay"],
      ["/dev", "devtmpfs"],
      ["/dev/pts", "devpts"],
      ["/proc", "proc"],
    ]);
    expect(String(guest.readFile("/proc/self/mountinfo")).trim().split("\n").length).toBe(4);
    expect(guest.readFile("/proc/filesystems")).toContain("nodev\tproc\n");
  });

  test("uptime, loadavg and stat are made of the same clocks", () => {
    const guest = new Guest();
    guest.process.cpuMs = 60;
    const [up, idle] = String(guest.readFile("/proc/uptime")).trim().split(" ").map(Number) as [
      number,
      number,
    ];
    expect(up).toBeGreaterThanOrEqual(idle);
    expect(guest.readFile("/proc/loadavg")).toMatch(/^\d\.\d\d \d\.\d\d \d\.\d\d \d+\/\d+ \d+\n$/);
    const stat = String(guest.readFile("/proc/stat"));
    const [user, , , idleTicks] = (/^cpu {2}(.*)$/m.exec(stat)?.[1] ?? "").split(" ").map(Number) as [
      number,
      number,
      number,
      number,
    ];
    expect(user).toBeLessThanOrEqual(Math.ceil(up * 100) + 10);
    expect(idleTicks).toBeGreaterThanOrEqual(0);
    const boot = Number(/^btime (\d+)$/m.exec(stat)?.[1]);
    expect(Math.abs(boot + up - Date.now() / 1000)).toBeLessThan(2);
  });

  test("cpuinfo has one block per processor", () => {
    const text = String(new Guest().readFile("/proc/cpuinfo"));
    expect(text.match(/^processor\t: /gm)?.length).toBe(1);
    expect(text).toMatch(/^model name\t: wasm32$/m);
  });

  test("can all be read", () => {
    const guest = new Guest();
    const readAll = (path: string): void => {
      for (const name of list(guest, path)) {
        const stat = guest.buffer(256);
        guest.call("statx", AT_FDCWD, `${path}/${name}`, 0x100, 0x7ff, stat);
        const type = guest.memory.getU16(stat + 28) & 0o170000;
        if (type === 0o040000) readAll(`${path}/${name}`);
        else if (type === 0o100000)
          expect(typeof guest.readFile(`${path}/${name}`), `${path}/${name}`).toBe("string");
      }
    };
    readAll("/proc");
  });
});
