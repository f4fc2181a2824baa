import { execFile, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { promisify } from "node:util";
import { afterAll, describe, expect, it } from "vitest";
import { CLI } from "../e2e/exchange.js";

const run = promisify(execFile);
const root = join(import.meta.dirname, "../..");

/** A copy of the examples, where `limpet` is an installed package and a command. */
const folder = mkdtempSync(join(tmpdir(), "limpet-examples-"));
cpSync(join(root, "examples"), folder, { recursive: true });
mkdirSync(join(folder, "node_modules"));
mkdirSync(join(folder, "bin"));
symlinkSync(root, join(folder, "node_modules/limpet"), "dir");
symlinkSync(CLI, join(folder, "bin/limpet"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const env = {
  ...process.env,
  PATH: `${join(folder, "bin")}${delimiter}${process.env.PATH}`,
  PYTHONPATH: join(root, "clients/python"),
  GOCACHE: join(folder, "go-cache"),
};

/** Whether the machine that runs the tests has such a program. */
function has(program: string, question = "--version"): boolean {
  return spawnSync(program, [question]).status === 0;
}

/** What each of them prints. */
const OUTPUT = `apple fig pear
exit code 0
wrote 18 bytes
remember the milk
exit code 3
tick 1
tick 2
tick 3
process ended: exit 0
ENOENT: cannot read "/tmp/missing": No such file or directory
`;

async function outputOf(language: string, program: string, ...args: string[]): Promise<string> {
  return (await run(program, args, { cwd: join(folder, language), env })).stdout;
}

describe("the example in", { timeout: 120_000 }, () => {
  it("JavaScript works", async () => {
    const flags = ["--preserve-symlinks", "--preserve-symlinks-main"];
    expect(await outputOf("node", process.execPath, ...flags, "agent.mjs")).toBe(OUTPUT);
  });

  it.skipIf(!has("python3"))("Python works", async () => {
    expect(await outputOf("python", "python3", "agent.py")).toBe(OUTPUT);
  });

  it.skipIf(!has("bash"))("bash works", async () => {
    expect(await outputOf("bash", "bash", "client.sh")).toBe(OUTPUT);
  });

  it.skipIf(!has("go", "version"))("Go works", async () => {
    expect(await outputOf("go", "go", "run", ".")).toBe(OUTPUT);
  });

  it.skipIf(!has("cargo"))("Rust works, and so does its JSON", async () => {
    expect(await outputOf("rust", "cargo", "test", "--quiet")).toContain("3 passed; 0 failed");
    expect(await outputOf("rust", "cargo", "run", "--quiet")).toBe(OUTPUT);
  });
});
