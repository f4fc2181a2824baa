import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { type CommandResult, createMachine, runCommand } from "../../support/machine.js";

const FIXTURES = join(import.meta.dirname, "../../fixtures/wasm");
const INPUT = "(sleep 0.05; printf x; sleep 0.05)";

/** guest/tests/preview1, in a machine of its own for each run. */
async function runTest(program: string, name: string): Promise<CommandResult> {
  const machine = createMachine();
  const bytes = new Uint8Array(readFileSync(join(FIXTURES, `${program}.wasm`)));
  machine.writeFiles([
    {
      path: "/usr/bin/preview1-tests",
      bytes,
      mode: 0o755,
      append: false,
      createDirs: true,
    },
  ]);
  return runCommand(machine, `mkdir -p /tmp/w && cd /tmp/w && ${INPUT} | preview1-tests ${name}`);
}

const names = (await runTest("preview1-tests", "")).stdout.trim().split("\n");

describe.each([
  ["that can be suspended (Asyncify)", "preview1-tests-asyncify"],
  ["that cannot be suspended", "preview1-tests"],
])("a WASI program %s", (_kind, program) => {
  test.each(names)("%s", async (name) => {
    const { stdout, stderr, outcome } = await runTest(program, name);
    expect({ stdout, stderr, outcome }).toEqual({
      stdout: "",
      stderr: "",
      outcome: { kind: "exit", code: 0 },
    });
  });
});

test("has all its tests", () => {
  expect(names.length).toBeGreaterThan(40);
});
