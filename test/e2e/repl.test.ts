import { execFile, spawnSync } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { BACKEND } from "../support/backend.js";

const ROOT = join(import.meta.dirname, "../..");
const LIMPET = [process.execPath, join(ROOT, "dist/cli.js")];
const DRIVER = join(ROOT, "test/support/on-terminal.py");

type Step =
  | readonly ["await" | "type" | "signal", string]
  | readonly ["resize", number, number]
  | readonly ["close"];

interface Seen {
  readonly shown: string;
  /** What came after the last text that was awaited. */
  readonly rest: string;
  /** What it exited with, or the negative number of the signal that ended it. */
  readonly status: number | null;
  readonly restored: boolean | null;
  readonly missing?: string;
}

/** Somebody at a terminal who runs `limpet repl` and does `steps`. */
async function atTerminal(steps: readonly Step[], words: readonly string[] = []): Promise<Seen> {
  const argv = [...LIMPET, "repl", "--backend", BACKEND, "--env", "PS1=$ ", ...words];
  const { stdout } = await promisify(execFile)("python3", [
    DRIVER,
    JSON.stringify(argv),
    JSON.stringify(steps),
  ]);
  const seen = JSON.parse(stdout) as Seen;
  if (seen.missing !== undefined)
    throw new Error(`${JSON.stringify(seen.missing)} did not come: ${JSON.stringify(seen.shown)}`);
  return seen;
}

const PROMPT = ["await", "# "] as const;

describe("limpet repl", () => {
  it("is a shell on the user's terminal, and ends with its status", async () => {
    const { shown, status, restored } = await atTerminal([
      PROMPT,
      ["type", "echo $((6*7)); tty\r"],
      ["await", "42\r\n/dev/pts/0\r\n"],
      PROMPT,
      ["type", "exit 7\r"],
    ]);
    expect({ status, restored }).toEqual({ status: 7, restored: true });
    expect(shown).toContain("exit\r\n");
  });

  it("has readline: completion, history, editing", async () => {
    await atTerminal([
      PROMPT,
      ["type", "echo first\r"],
      ["await", "\rfirst\r\n"],
      PROMPT,
      ["type", "cat /etc/hostn\t"],
      ["await", "cat /etc/hostname "],
      ["type", "\r"],
      ["await", "limpet\r\n"],
      PROMPT,
      ["type", "\x1b[A\x1b[A"],
      ["await", "echo first"],
      ["type", "\x1b[D\x1b[D\x1b[D\x1b[D\x1b[Dmy-\r"],
      ["await", "\rmy-first\r\n"],
      ["type", "\x04"],
    ]);
  });

  it("^C reaches the job in the foreground, ^Z stops it", async () => {
    await atTerminal([
      PROMPT,
      ["type", "(echo begun; sleep 1000)\r"],
      ["await", "\rbegun\r\n"],
      ["type", "\x03"],
      ["await", "^C\r\n"],
      PROMPT,
      ["type", "(echo again; sleep 1000)\r"],
      ["await", "\ragain\r\n"],
      ["type", "\x1a"],
      ["await", "Stopped"],
      PROMPT,
      ["type", "kill %1; exit\r\x04"],
    ]);
  });

  it("runs programs that take the whole screen, of the size that it has", async () => {
    const { restored } = await atTerminal([
      PROMPT,
      ["resize", 10, 40],
      ["type", "stty size; seq 100 | less\r"],
      ["await", "10 40\r\n"],
      ["await", "\r\n9\r\n:"],
      ["type", "G"],
      ["await", "100\r\n"],
      ["type", "q"],
      PROMPT,
      ["type", "python3 -q\r"],
      ["await", ">>> "],
      ["type", "sum(range(11))\r"],
      ["await", "\r\n55\r\n>>> "],
      ["type", "\x04"],
      PROMPT,
      ["type", "exit\r"],
    ]);
    expect(restored).toBe(true);
  });

  it.each([
    ["SIGTERM", 15],
    ["SIGHUP", 1],
    ["SIGINT", 2],
  ])("leaves the terminal as it was when %s ends it", async (signal, number) => {
    const { status, restored, rest } = await atTerminal([
      PROMPT,
      ["type", "seq 100 | less\r"],
      ["await", ":"],
      ["signal", signal],
    ]);
    expect({ status, restored }).toEqual({ status: -number, restored: true });
    expect(rest).toContain("\x1b[?1047l");
  });

  it("ends with SIGHUP when the terminal is closed", async () => {
    expect((await atTerminal([PROMPT, ["close"]])).status).toBe(-1);
  });

  it("starts where it is told, as who it is told", async () => {
    await atTerminal(
      [
        ["await", "$ "],
        ["type", "id -un; pwd; exit\r"],
        ["await", "user\r\n/tmp\r\n"],
      ],
      ["--user", "user", "--cwd", "/tmp"],
    );
  });

  it("says so when there is no terminal", () => {
    const [node = "", script = ""] = LIMPET;
    const { status, stderr, stdout } = spawnSync(node, [script, "repl"], { input: "", encoding: "utf8" });
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toContain("must be a terminal");
  });
});
