import { describe, expect, test } from "vitest";
import { outcome } from "../../support/errno.js";
import { Guest, testKernel } from "../../support/guest.js";

function uname(guest: Guest): string[] {
  const ptr = guest.buffer(390);
  expect(guest.call("uname", ptr)).toBe(0);
  return Array.from({ length: 6 }, (_, i) => guest.textAt(ptr + 65 * i, 65).replace(/\0.*/s, ""));
}

test("uname and /proc agree", () => {
  const guest = new Guest(testKernel("box"));
  const [name, host, release, version, machine, domain] = uname(guest) as [
    string,
    string,
    string,
    string,
    string,
    string,
  ];
  expect([name, host, machine, domain]).toEqual(["Linux", "box", "wasm32", "(none)"]);
  const read = (file: string) => guest.readFile(`/proc/sys/kernel/${file}`);
  expect(read("ostype")).toBe(`${name}\n`);
  expect(read("hostname")).toBe(`${host}\n`);
  expect(read("osrelease")).toBe(`${release}\n`);
  expect(read("version")).toBe(`${version}\n`);
  expect(guest.readFile("/proc/version")).toContain(`${name} version ${release}`);
});

test("sysinfo and /proc/meminfo agree", () => {
  const guest = new Guest();
  const ptr = guest.buffer(64);
  expect(guest.call("sysinfo", ptr)).toBe(0);
  const meminfo = String(guest.readFile("/proc/meminfo"));
  const kib = (key: string) => Number(new RegExp(`^${key}:\\s+(\\d+) kB$`, "m").exec(meminfo)?.[1]);
  expect(kib("MemTotal")).toBe(256 * 1024);
  expect(guest.memory.getU32(ptr + 16)).toBe(256 << 20);
  expect(Math.floor(guest.memory.getU32(ptr + 20) / 1024)).toBe(kib("MemFree"));
  expect(guest.memory.getU32(ptr + 52)).toBe(1);
  expect(guest.memory.getU16(ptr + 40)).toBe(guest.kernel.processes.size);
});

describe("random bytes", () => {
  test("come in any amount", () => {
    const guest = new Guest();
    const ptr = guest.buffer(200_000);
    expect(guest.call("getrandom", ptr, 200_000, 0)).toBe(200_000);
    const seen = new Set(guest.bytesAt(ptr + 199_000, 1000));
    expect(seen.size).toBeGreaterThan(200);
    expect(outcome(guest.call("getrandom", ptr, 1, 64))).toBe("EINVAL");
    expect(outcome(guest.call("getrandom", -16, 1000, 0))).toBe("EFAULT");
  });

  test("never repeat in /proc/sys/kernel/random/uuid, while the boot id stays", () => {
    const guest = new Guest();
    const read = (file: string) => guest.readFile(`/proc/sys/kernel/random/${file}`);
    expect(read("uuid")).not.toBe(read("uuid"));
    expect(read("uuid")).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\n$/);
    expect(read("boot_id")).toBe(read("boot_id"));
  });
});

test("what only the owner of a machine may do is refused, to root too", () => {
  const guest = new Guest();
  for (const name of ["mount", "umount2", "reboot", "ptrace", "syslog", "sethostname", "unshare", "swapon"]) {
    expect(outcome(guest.call(name, 0, 0, 0, 0)), name).toBe("EPERM");
  }
});

describe("futex", () => {
  const WAIT = 0;
  const WAKE = 1;

  test("a value that has changed is not waited for", () => {
    const guest = new Guest();
    expect(outcome(guest.call("futex_time64", guest.putWords(5), WAIT, 4, 0, 0, 0))).toBe("EAGAIN");
  });

  test("a wait ends by its timeout", async () => {
    const guest = new Guest();
    guest.start("futex_time64", guest.putWords(5), WAIT, 5, guest.putWords(0, 0, 5e6, 0), 0, 0);
    expect(guest.blocked).toBe(true);
    guest.settle();
    while (guest.blocked) await new Promise((resolve) => setTimeout(resolve, 1));
    expect(outcome(guest.result)).toBe("ETIMEDOUT");
  });

  test("nobody waits who could be woken", () => {
    const guest = new Guest();
    expect(guest.call("futex_time64", guest.putWords(5), WAKE, 1, 0, 0, 0)).toBe(0);
    expect(outcome(guest.call("futex_time64", guest.putWords(5), 6, 0, 0, 0, 0))).toBe("ENOSYS");
    expect(outcome(guest.call("futex_time64", 3, WAKE, 1, 0, 0, 0))).toBe("EINVAL");
  });
});
