import { describe, expect, test } from "vitest";
import {
  PR_GET_NAME,
  PR_GET_NO_NEW_PRIVS,
  PR_SET_NAME,
  PR_SET_NO_NEW_PRIVS,
  PR_SET_PDEATHSIG,
} from "../../../src/wasi/abi/linux/prctl.js";
import { SIGKILL, SIGTERM } from "../../../src/wasi/abi/linux/signal.js";
import { outcome } from "../../support/errno.js";
import { Guest } from "../../support/guest.js";

function ids(guest: Guest, name: "getresuid" | "getresgid"): number[] {
  const [real, effective, saved] = [guest.buffer(4), guest.buffer(4), guest.buffer(4)] as const;
  expect(guest.call(name, real, effective, saved)).toBe(0);
  return [real, effective, saved].map((ptr) => guest.memory.getI32(ptr));
}

describe("user ids", () => {
  test("root gives up its rights for good with setuid", () => {
    const guest = new Guest();
    expect(guest.call("setuid", 1000)).toBe(0);
    expect(ids(guest, "getresuid")).toEqual([1000, 1000, 1000]);
    expect(outcome(guest.call("setuid", 0))).toBe("EPERM");
    expect(guest.call("geteuid")).toBe(1000);
  });

  test("root may keep a way back in the saved id", () => {
    const guest = new Guest();
    expect(guest.call("setresuid", -1, 1000, -1)).toBe(0);
    expect(ids(guest, "getresuid")).toEqual([0, 1000, 0]);
    expect(outcome(guest.call("setresuid", 5, -1, -1))).toBe("EPERM");
    expect(guest.call("setuid", 0)).toBe(0);
    expect(ids(guest, "getresuid")).toEqual([0, 0, 0]);
  });

  test("an ordinary user may swap its real and effective id", () => {
    const guest = new Guest();
    guest.call("setresuid", 1000, 2000, 2000);
    expect(guest.call("setreuid", 2000, 1000)).toBe(0);
    expect(ids(guest, "getresuid")).toEqual([2000, 1000, 1000]);
    expect(outcome(guest.call("setreuid", 3000, -1))).toBe("EPERM");
    expect(outcome(guest.call("setuid", -1))).toBe("EINVAL");
  });

  test("group ids follow the same rules, by the user's rights", () => {
    const guest = new Guest();
    expect(guest.call("setresgid", 5, 6, 7)).toBe(0);
    expect(guest.call("setuid", 1000)).toBe(0);
    expect(outcome(guest.call("setgid", 8))).toBe("EPERM");
    expect(guest.call("setgid", 7)).toBe(0);
    expect(ids(guest, "getresgid")).toEqual([5, 7, 7]);
  });

  test("supplementary groups are for root to set and for all to read", () => {
    const guest = new Guest();
    expect(guest.call("setgroups", 3, guest.putWords(30, 10, 20))).toBe(0);
    expect(guest.call("getgroups", 0, 0)).toBe(3);
    const list = guest.buffer(12);
    expect(guest.call("getgroups", 3, list)).toBe(3);
    expect([0, 4, 8].map((at) => guest.memory.getI32(list + at))).toEqual([10, 20, 30]);
    expect(outcome(guest.call("getgroups", 2, list))).toBe("EINVAL");
    guest.call("setuid", 1000);
    expect(outcome(guest.call("setgroups", 0, 0))).toBe("EPERM");
  });
});

describe("process groups and sessions", () => {
  test("a child moves into a group of its own or its parent's choice", () => {
    const shell = new Guest();
    const child = shell.fork();
    const other = shell.fork();
    expect(shell.call("setpgid", child.pid, 0)).toBe(0);
    expect(child.call("getpgid", 0)).toBe(child.pid);
    expect(other.call("setpgid", 0, child.pid)).toBe(0);
    expect(shell.call("getpgid", other.pid)).toBe(child.pid);
    expect(outcome(shell.call("setpgid", child.pid, 4711))).toBe("EPERM");
    expect(outcome(child.call("setpgid", shell.pid, 0)), "not its child").toBe("ESRCH");
    expect(outcome(shell.call("setpgid", 0, -1))).toBe("EINVAL");
  });

  test("not after the child has executed a program", () => {
    const shell = new Guest();
    const child = shell.fork();
    child.process.hasExecuted = true;
    expect(outcome(shell.call("setpgid", child.pid, 0))).toBe("EACCES");
    expect(child.call("setpgid", 0, 0)).toBe(0);
  });

  test("a session begins with a process that leads no group, and its leader stays", () => {
    const shell = new Guest();
    expect(outcome(shell.call("setsid")), "it leads its group").toBe("EPERM");
    const child = shell.fork();
    expect(child.call("setsid")).toBe(child.pid);
    expect(shell.call("getsid", child.pid)).toBe(child.pid);
    expect(outcome(child.call("setpgid", 0, 0))).toBe("EPERM");
    expect(outcome(shell.call("setpgid", child.pid, 0))).toBe("EPERM");
    expect(outcome(shell.call("getsid", 4711))).toBe("ESRCH");
  });

  test("everybody knows itself and its parent", () => {
    const parent = new Guest();
    const child = parent.fork();
    expect([child.call("getpid"), child.call("getppid"), child.call("gettid")]).toEqual([
      child.pid,
      parent.pid,
      child.pid,
    ]);
  });
});

describe("prctl", () => {
  test("names the process with at most 15 bytes", () => {
    const guest = new Guest();
    guest.call("prctl", PR_SET_NAME, "a-name-that-is-too-long", 0, 0, 0);
    const name = guest.buffer(16);
    guest.call("prctl", PR_GET_NAME, name, 0, 0, 0);
    expect(guest.textAt(name, 16)).toBe("a-name-that-is-\0");
    expect(guest.readFile("/proc/self/comm")).toBe("a-name-that-is-\n");
  });

  test("no_new_privs cannot be taken back, and children have it", () => {
    const guest = new Guest();
    expect(guest.call("prctl", PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)).toBe(0);
    expect(outcome(guest.call("prctl", PR_SET_NO_NEW_PRIVS, 0, 0, 0, 0))).toBe("EINVAL");
    expect(guest.fork().call("prctl", PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0)).toBe(1);
  });

  test("sends a signal when the parent dies", () => {
    const parent = new Guest();
    const child = parent.fork();
    child.call("prctl", PR_SET_PDEATHSIG, SIGTERM, 0, 0, 0);
    parent.kernel.signals.send(parent.process, SIGKILL);
    parent.settle();
    expect(child.process.exitStatus).toBe(SIGTERM);
  });

  test("does not know every operation", () => {
    expect(outcome(new Guest().call("prctl", 999, 0, 0, 0, 0))).toBe("EINVAL");
  });
});

test("root has all capabilities, others have none", () => {
  const VERSION_3 = 0x20080522;
  const guest = new Guest();
  const data = guest.buffer(24);
  expect(guest.call("capget", guest.putWords(VERSION_3, 0), data)).toBe(0);
  expect(guest.memory.getU32(data)).toBe(0xffff_ffff);
  guest.call("setuid", 1000);
  guest.call("capget", guest.putWords(VERSION_3, 0), data);
  expect(guest.bytesAt(data, 24)).toEqual(new Uint8Array(24));
  const header = guest.putWords(1, 0);
  expect(outcome(guest.call("capget", header, 0))).toBe("EINVAL");
  expect(guest.memory.getI32(header), "the version that it should have").toBe(VERSION_3);
});
