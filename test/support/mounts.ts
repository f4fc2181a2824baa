import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import type { MachineOptions, MountOptions } from "../../src/machine/machine.js";
import { CheckedDirectory } from "../../src/mounts/checked-directory.js";
import { DescriptorDirectory } from "../../src/mounts/descriptor-directory.js";
import type { HostDirectory } from "../../src/wasi/fs/host/host-directory.js";
import { createMachine, runCommand, testHost } from "./machine.js";

/** The ways to a directory of the host, each of which has to keep the guest inside. */
export const WAYS: readonly (readonly [name: string, open: (path: string) => HostDirectory])[] = [
  ["by descriptors", (path) => DescriptorDirectory.open(path)],
  ["by checked paths", (path) => CheckedDirectory.open(path)],
];

/** A directory of the host, for this test. */
export function temporaryDirectory(): string {
  const path = mkdtempSync(join(tmpdir(), "limpet-mount-"));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

/** `inside` is mounted at /work; `outside/secret`, beside it, says SECRET and must never be reached. */
export function mounted(
  open: (path: string) => HostDirectory,
  mode: MountOptions["mode"],
  options: Partial<MachineOptions> = {},
) {
  const top = temporaryDirectory();
  const inside = join(top, "inside");
  const outside = join(top, "outside");
  mkdirSync(inside);
  mkdirSync(outside);
  writeFileSync(join(outside, "secret"), "SECRET\n");
  const machine = createMachine(
    { mounts: [{ host: inside, guest: "/work", mode }], ...options },
    { ...testHost(), openDirectory: open },
  );
  /** Both output streams of a command in /work. */
  const run = async (text: string): Promise<string> => {
    const { stdout, stderr } = await runCommand(machine, text, { cwd: "/work" });
    return stdout + stderr;
  };
  return { top, inside, outside, machine, run };
}
