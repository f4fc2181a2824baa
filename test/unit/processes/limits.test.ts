import { describe, expect, test } from "vitest";
import {
  PRIO_PROCESS,
  RLIMIT_CORE,
  RLIMIT_FSIZE,
  RLIMIT_NOFILE,
  RLIMIT_NPROC,
  RLIMIT_STACK,
  RUSAGE_CHILDREN,
  RUSAGE_SELF,
} from "../../../src/wasi/abi/linux/resource.js";
import { outcome } from "../../support/errno.js";
import { Guest } from "../../support/guest.js";

const INFINITY = 0xffff_ffff_ffff_ffffn;

function get(guest: Guest, resource: number, pid = 0): [bigint, bigint] {
  const ptr = guest.buffer(16);
  expect(guest.call("prlimit64", pid, resource, 0, ptr)).toBe(0);
  return [guest.memory.getU64(ptr), guest.memory.getU64(ptr + 8)];
}

function set(guest: Guest, resource: number, soft: bigint, hard: bigint, pid = 0): number {
  const ptr = guest.buffer(16);
  guest.memory.setU64(ptr, soft);
  guest.memory.setU64(ptr + 8, hard);
  return guest.call("prlimit64", pid, resource, ptr, 0);
}

describe("resource limits", () => {
  test("start like those of a Debian shell, with as many processes as bash can make a table for", () => {
    const guest = new Guest();
    expect(get(guest, RLIMIT_NOFILE)).toEqual([1024n, 1048576n]);
    expect(get(guest, RLIMIT_NPROC)).toEqual([512n, 512n]);
    expect(get(guest, RLIMIT_STACK)).toEqual([8n << 20n, INFINITY]);
    expect(get(guest, RLIMIT_FSIZE)).toEqual([INFINITY, INFINITY]);
    expect(get(guest, RLIMIT_CORE)).toEqual([0n, INFINITY]);
    expect(outcome(guest.call("prlimit64", 0, 16, 0, guest.buffer(16)))).toBe("EINVAL");
  });

  test("can be lowered by all and raised by nobody, as in a container", () => {
    const user = new Guest(undefined, { uid: 1000 });
    expect(set(user, RLIMIT_FSIZE, 100n, 200n)).toBe(0);
    expect(set(user, RLIMIT_FSIZE, 200n, 200n)).toBe(0);
    expect(outcome(set(user, RLIMIT_FSIZE, 200n, 300n))).toBe("EPERM");
    expect(outcome(set(user, RLIMIT_FSIZE, 201n, 200n))).toBe("EINVAL");
    const root = new Guest(user.kernel);
    expect(set(root, RLIMIT_FSIZE, 50n, 150n, user.pid)).toBe(0);
    expect(get(user, RLIMIT_FSIZE)).toEqual([50n, 150n]);
    expect(outcome(set(root, RLIMIT_FSIZE, 50n, 151n, user.pid)), "not even root").toBe("EPERM");
    expect(outcome(set(user, RLIMIT_FSIZE, 1n, 1n, root.pid))).toBe("EPERM");
  });

  test("on descriptors take effect at once", () => {
    const guest = new Guest();
    set(guest, RLIMIT_NOFILE, 3n, 3n);
    guest.pair("pipe2", 0);
    expect(outcome(guest.call("dup", 0)), "the third").toBe(2);
    expect(outcome(guest.call("dup", 0))).toBe("EMFILE");
  });

  test("exist in the old 32-bit form", () => {
    const guest = new Guest();
    expect(guest.call("setrlimit", RLIMIT_CORE, guest.putWords(4096, -1))).toBe(0);
    expect(get(guest, RLIMIT_CORE)).toEqual([4096n, INFINITY]);
    const ptr = guest.buffer(8);
    guest.call("getrlimit", RLIMIT_CORE, ptr);
    expect([guest.memory.getI32(ptr), guest.memory.getI32(ptr + 4)]).toEqual([4096, -1]);
  });

  test("are a child's own", () => {
    const guest = new Guest();
    const copy = guest.process.limits.clone();
    set(guest, RLIMIT_CORE, 1n, 1n);
    expect(copy.get(RLIMIT_CORE).soft).toBe(0);
    expect(guest.process.limits.get(RLIMIT_CORE).soft).toBe(1);
  });
});

describe("usage and priority", () => {
  test("CPU time is that of the process, or of the children it has waited for", () => {
    const guest = new Guest();
    guest.process.cpuMs = 1250;
    guest.process.childrenCpuMs = 500;
    const ptr = guest.buffer(72);
    guest.call("getrusage", RUSAGE_SELF, ptr);
    expect([guest.memory.getI32(ptr), guest.memory.getI32(ptr + 4)]).toEqual([1, 250_000]);
    expect(guest.memory.getI32(ptr + 16), "KiB").toBe(1024);
    guest.call("getrusage", RUSAGE_CHILDREN, ptr);
    expect([guest.memory.getI32(ptr), guest.memory.getI32(ptr + 4)]).toEqual([0, 500_000]);
    expect(outcome(guest.call("getrusage", 5, ptr))).toBe("EINVAL");
    const times = guest.buffer(16);
    guest.call("times", times);
    expect([0, 4, 8, 12].map((at) => guest.memory.getI32(times + at))).toEqual([125, 0, 50, 0]);
  });

  test("niceness goes up for all and down for root", () => {
    const user = new Guest(undefined, { uid: 1000 });
    expect(user.call("setpriority", PRIO_PROCESS, 0, 5)).toBe(0);
    expect(user.call("getpriority", PRIO_PROCESS, 0)).toBe(15);
    expect(outcome(user.call("setpriority", PRIO_PROCESS, 0, 0))).toBe("EACCES");
    const root = new Guest(user.kernel);
    expect(outcome(user.call("setpriority", PRIO_PROCESS, root.pid, 5))).toBe("EPERM");
    expect(root.call("setpriority", PRIO_PROCESS, user.pid, -100)).toBe(0);
    expect(root.call("getpriority", PRIO_PROCESS, user.pid)).toBe(40);
    expect(outcome(root.call("getpriority", PRIO_PROCESS, 4711))).toBe("ESRCH");
  });

  test("there is one processor", () => {
    const guest = new Guest();
    const mask = guest.buffer(128);
    expect(guest.call("sched_getaffinity", 0, 128, mask)).toBe(4);
    expect(guest.memory.getU32(mask)).toBe(1);
    expect(outcome(guest.call("sched_setaffinity", 0, 4, guest.putWords(2)))).toBe("EINVAL");
    expect(outcome(guest.call("sched_getaffinity", 0, 3, mask))).toBe("EINVAL");
    // Who asks with ever larger masks stops at anything but EINVAL.
    expect(outcome(guest.call("sched_getaffinity", -1, 128, mask))).toBe("ESRCH");
    expect(outcome(guest.call("sched_getscheduler", -1))).toBe("EINVAL");
  });

  test("policies are accepted except real-time ones", () => {
    const guest = new Guest();
    expect(guest.call("sched_setscheduler", 0, 3, guest.putWords(0))).toBe(0);
    expect(guest.call("sched_getscheduler", 0)).toBe(3);
    expect(outcome(guest.call("sched_setscheduler", 0, 1, guest.putWords(10)))).toBe("EPERM");
    expect(outcome(guest.call("sched_setscheduler", 0, 0, guest.putWords(1)))).toBe("EINVAL");
  });
});
