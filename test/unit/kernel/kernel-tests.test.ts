import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { type CommandResult, createMachine, runCommand } from "../../support/machine.js";

const program = new Uint8Array(
  readFileSync(join(import.meta.dirname, "../../fixtures/wasm/kernel-tests.wasm")),
);

/** guest/tests/kernel, in a machine of its own for each run. */
function runTest(name: string): Promise<CommandResult> {
  const machine = createMachine();
  const path = "/usr/bin/kernel-tests";
  machine.writeFiles([{ path, bytes: program, mode: 0o755, append: false, createDirs: true }]);
  return runCommand(machine, `${path} ${name}`);
}

const names = (await runTest("")).stdout.trim().split("\n");

/** Calls that are not there yet. */
const missing = new Set([
  "siginfo", // rt_sigqueueinfo
  "sigaltstack", // which does not tell what was set
  "signal-real-time", // of which more than one can wait
]);

describe("a C program on the kernel", () => {
  test.each(names.filter((name) => !missing.has(name)))("%s", async (name) => {
    const { stdout, stderr, outcome } = await runTest(name);
    expect({ stdout, stderr, outcome }).toEqual({
      stdout: "",
      stderr: "",
      outcome: { kind: "exit", code: 0 },
    });
  });

  test.fails.each([...missing])("%s", async (name) => {
    expect((await runTest(name)).stdout).toBe("");
  });

  test("has all its tests", () => {
    expect(names.length).toBeGreaterThan(60);
  });
});
