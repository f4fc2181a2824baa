import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { BACKEND } from "../support/backend.js";
import { Daemon } from "../support/daemon.js";

interface Case {
  readonly name: string;
  /** Shell text that runs on a terminal. */
  readonly command: string;
  /** What is typed, each when the terminal shows no more. */
  readonly keys: readonly string[];
  /** A regular expression: what is not compared. */
  readonly hide?: string;
}

interface Recorded {
  /** What was shown before the first key, and after each. */
  readonly shown: readonly string[];
  readonly status: number;
}

const DIRECTORY = join(import.meta.dirname, "terminal");
const cases = JSON.parse(readFileSync(join(DIRECTORY, "cases.json"), "utf8")) as Case[];
const recorded = JSON.parse(readFileSync(join(DIRECTORY, "recorded.json"), "utf8")) as Record<
  string,
  Recorded
>;

/** How long something may take to be shown. */
const LIMIT_MS = 15_000;
const ENVIRONMENT = { HISTFILE: "/dev/null", INPUTRC: "/dev/null" };

const daemon = new Daemon(["--backend", BACKEND]);

beforeAll(() => daemon.request({ type: "shell", command: "mkdir /tmp/case" }));
afterAll(async () => {
  daemon.child.stdin.end();
  await daemon.ended;
});

async function play({ command, keys, hide }: Case, expected: Recorded): Promise<Recorded> {
  const { process } = await daemon.request({
    type: "start",
    command,
    tty: true,
    cwd: "/tmp/case",
    env: ENVIRONMENT,
  });
  let text = "";
  let seen = 0;
  const shown = (): string => (hide === undefined ? text : text.replace(new RegExp(hide, "g"), ""));
  const read = async (length: number): Promise<void> => {
    for (const end = Date.now() + LIMIT_MS; shown().length < length && Date.now() < end; ) {
      const part = await daemon.request({ type: "read_output", process, after_seq: seen, wait_ms: 1000 });
      seen = part.last_seq;
      text += part.chunks.map(({ data }) => data).join("");
      if (part.closed && !part.more) return;
    }
  };
  const parts: string[] = [];
  let length = 0;
  const take = async (part: string): Promise<void> => {
    length += part.length;
    await read(length);
    const before = parts.join("").length;
    parts.push(shown().slice(before, length));
  };
  await take(expected.shown[0] ?? "");
  for (const [index, key] of keys.entries()) {
    await daemon.request({ type: "write_stdin", process, data: key });
    await take(expected.shown[index + 1] ?? "");
  }
  const { exit_code } = await daemon.request({ type: "wait", process, wait_ms: LIMIT_MS });
  await daemon.request({ type: "kill", process, signal: "SIGKILL" });
  await read(Number.POSITIVE_INFINITY);
  const rest = shown().slice(length);
  return { shown: rest === "" ? parts : [...parts, rest], status: exit_code ?? -1 };
}

/** A terminal shows what it shows on Linux, key for key. The terminals of v86 are those of Linux. */
describe.runIf(BACKEND === "wasi")("at a terminal", () => {
  test.each(cases)("$name", async (one) => {
    const expected = recorded[one.name];
    if (expected === undefined) throw new Error("not recorded: run test/conformance/terminal/record.py");
    expect(await play(one, expected)).toEqual(expected);
  });
});
