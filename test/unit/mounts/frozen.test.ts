import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { MountOptions } from "../../../src/machine/machine.js";
import { createMachine, runCommand } from "../../support/machine.js";
import { temporaryDirectory } from "../../support/mounts.js";

/** A machine with mounts, and its output. */
function machineWith(...mounts: MountOptions[]) {
  const machine = createMachine({ mounts });
  const run = async (text: string): Promise<string> => {
    const { stdout, stderr } = await runCommand(machine, text);
    return stdout + stderr;
  };
  return { machine, run };
}

describe("A machine with mounts that is frozen", () => {
  test("goes on with the mounts of the machine that it is put into", async () => {
    const host = temporaryDirectory();
    writeFileSync(join(host, "file"), "host\n");
    const source = machineWith();
    await source.run(
      "mkdir -p /root/a/b /root/c; echo one > /root/a/b/f; echo two > /root/c/g; ln -s x /root/l; cd /root/a",
    );
    const target = machineWith(
      { host, guest: "/srv/x/y/z", mode: "ro" },
      { host, guest: "/p/q", mode: "overlay" },
    );
    await target.machine.thaw(await source.machine.freeze());
    expect(
      await target.run("pwd; cat b/f ../c/g /srv/x/y/z/file /p/q/file; readlink ../l; ls /srv/x/y /p"),
    ).toBe("/root/a\none\ntwo\nhost\nhost\nx\n/p:\nq\n\n/srv/x/y:\nz\n");
    const back = machineWith();
    await target.run("mkdir /srv/x/own; echo three > /srv/x/own/h");
    await back.machine.thaw(await target.machine.freeze());
    expect(await back.run("cat b/f; ls /p /root")).toContain("one\n");
  });

  test("keeps its place in a mount", async () => {
    const host = temporaryDirectory();
    const mount = { host, guest: "/work", mode: "rw" } as const;
    const source = machineWith(mount);
    await source.run("mkdir /work/d; cd /work/d; x=5");
    const target = machineWith(mount);
    await target.machine.thaw(await source.machine.freeze());
    expect(await target.run("pwd; echo $x > f; cat /work/d/f")).toBe("/work/d\n5\n");
  });

  test("must have nothing in an overlay, which would be lost", async () => {
    const { machine, run } = machineWith({ host: temporaryDirectory(), guest: "/work", mode: "overlay" });
    await machine.freeze();
    await run("echo > /work/f");
    await expect(async () => await machine.freeze()).rejects.toThrow("Operation not supported");
  });
});
