import { execFile, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { promisify } from "node:util";
import { afterAll, describe, expect, it } from "vitest";
import { CLI } from "../e2e/exchange.js";

const run = promisify(execFile);
const root = join(import.meta.dirname, "../..");
const readme = readFileSync(join(root, "README.md"), "utf8");

function blocks(language: string): string[] {
  return [...readme.matchAll(new RegExp(`^\`\`\`${language}\n(.*?)^\`\`\``, "gms"))].map(
    ([, body]) => body ?? "",
  );
}

/** A folder in which `limpet` is an installed package and a command. */
const folder = mkdtempSync(join(tmpdir(), "limpet-readme-"));
mkdirSync(join(folder, "node_modules"));
mkdirSync(join(folder, "bin"));
symlinkSync(root, join(folder, "node_modules/limpet"), "dir");
symlinkSync(CLI, join(folder, "bin/limpet"));
const env = { ...process.env, PATH: `${join(folder, "bin")}${delimiter}${process.env.PATH}` };
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Whether the machine that runs the tests has such a program. */
function has(program: string): boolean {
  return spawnSync(program, ["--version"]).status === 0;
}

describe("README.md", { timeout: 30_000 }, () => {
  it.skipIf(!has("bash"))("shows commands that work from a clone", async () => {
    const [start, terminal] = blocks("sh").map((block) => block.replace("npm ci\n", ""));
    const first = await run("bash", ["-euo", "pipefail", "-c", start ?? ""], { cwd: root });
    const answers = first.stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(answers.find(({ id }) => id === 1)).toMatchObject({ success: true, exit_code: 0 });
    expect(
      answers
        .find(({ id }) => id === 1)
        .stdout.trim()
        .split("\n"),
    ).toHaveLength(3);
    expect(answers.find(({ id }) => id === 2)).toMatchObject({ success: true, ready: true });
    const second = run("bash", ["-euo", "pipefail", "-c", terminal ?? ""], { cwd: root });
    second.child.stdin?.end();
    expect((await second).stdout).toBe("1+2+3+4+5=15\n");
  });

  it.skipIf(!has("bash"))("shows requests about processes, files and directories of the host", async () => {
    const [, , requests] = blocks("sh");
    const { stdout } = await run("bash", ["-euo", "pipefail", "-c", requests ?? ""], { cwd: root });
    const answers = stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(answers.filter(({ success }) => success === false)).toEqual([]);
    expect(answers.find(({ type }) => type === "output").data).toContain("protocol.md\n");
    expect(answers.find(({ id }) => id === 5).changes).toMatchObject([
      { path: "/work/package.json", change: "changed" },
    ]);
  });

  it.skipIf(!has("python3"))("shows Python that works", async () => {
    const [example] = blocks("python");
    const PYTHONPATH = join(root, "clients/python");
    const { stdout } = await run("python3", ["-c", example ?? ""], { env: { ...env, PYTHONPATH } });
    expect(stdout).toMatch(/^APPLE\nFIG\nPEAR\n 0\nstep 1\nstep 2\nstep 3\nENOENT \w/);
  });

  it("shows JavaScript that works", async () => {
    const [node, agent, files] = blocks("js");
    writeFileSync(join(folder, "node.mjs"), node ?? "");
    writeFileSync(join(folder, "agent.mjs"), agent ?? "");
    const first = await run(process.execPath, ["--preserve-symlinks", "node.mjs"], { cwd: folder });
    expect(first.stdout).toBe("36\n41\n 0\nstep 1\nstep 2\nstep 3\n42\n");
    const second = await run(process.execPath, ["--preserve-symlinks", "agent.mjs"], { cwd: folder });
    const steps = second.stdout.replaceAll(/\s+/g, " ");
    expect(steps).toContain("command: 'sort -n n | head -1', output: '1\\n', outcome: 'exit code 0'");
    expect(steps).toContain("command: 'sleep 60', output: '', outcome: 'time limit'");
    writeFileSync(join(folder, "files.mjs"), files ?? "");
    const third = await run(process.execPath, ["--preserve-symlinks", "files.mjs"], { cwd: folder });
    expect(third.stdout).toBe("added /work/notes\nadded /work/notes/plan.md\n");
  });
});
