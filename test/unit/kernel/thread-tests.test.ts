import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { type CommandResult, createMachine, runCommand } from "../../support/machine.js";

const program = new Uint8Array(
  readFileSync(join(import.meta.dirname, "../../fixtures/wasm/thread-tests.wasm")),
);

/** guest/tests/threads, in a machine of its own for each run. */
function runTest(name: string): Promise<CommandResult> {
  const machine = createMachine();
  const path = "/usr/bin/thread-tests";
  machine.writeFiles([{ path, bytes: program, mode: 0o755, append: false, createDirs: true }]);
  return runCommand(machine, `${path} ${name}`);
}

const names = (await runTest("")).stdout.trim().split("\n");

describe("a C program with threads", () => {
  test.each(names)("%s", async (name) => {
    const { stdout, stderr, outcome } = await runTest(name);
    expect({ stdout, stderr, outcome }).toEqual({
      stdout: "",
      stderr: "",
      outcome: { kind: "exit", code: 0 },
    });
  });

  test("has all its tests", () => {
    expect(names.length).toBeGreaterThan(30);
  });
});
