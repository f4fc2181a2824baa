/** Reads the acceptance cases and their fixtures. The format is described in README.md beside this file. */
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";

/** The environment of every case: the whole of it, nothing is inherited. */
export const CASE_ENVIRONMENT: Readonly<Record<string, string>> = {
  HOME: "/root",
  LANG: "C.UTF-8",
  LOGNAME: "root",
  PATH: "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
  SHELL: "/bin/bash",
  TERM: "dumb",
  TZ: "UTC",
  USER: "root",
};

/** Where every case starts; empty when it starts. */
export const CASE_DIRECTORY = "/tmp/case";

export interface Case {
  /** The file's name without `.sh`. */
  area: string;
  /** Unique within its area. */
  name: string;
  /** Where the header stands, from 1. */
  line: number;
  /** Exactly what `bash -c` gets. */
  script: string;
  /** Empty unless a `# stdin:` line gives it. */
  stdin: string;
  /** Why the case needs a shell of its own, if it does. */
  isolatedOnly: string | undefined;
  /** Backend name to the reason why the case does not apply there. */
  skip: ReadonlyMap<string, string>;
}

/** A string when the bytes are UTF-8. */
export type Output = string | { base64: string };

/** What native bash answered. `signal` is there only when a signal ended it; `exit_code` is null then. */
export interface Fixture {
  hash: string;
  stdout: Output;
  stderr: Output;
  exit_code: number | null;
  signal?: string;
}

const HEADER = "### ";
const ATTRIBUTE = /^# (stdin|isolated|skip\((\w+)\)): (.*)$/;

/** Cases of one file, in order. Lines before the first header say what the area is about. */
export function parseCases(area: string, text: string): Case[] {
  const cases: Case[] = [];
  const names = new Set<string>();
  let line = 0;
  for (const block of `\n${text}`.split(`\n${HEADER}`)) {
    const start = line;
    const lines = block.split("\n");
    line += lines.length;
    if (start === 0) continue;
    const name = (lines.shift() ?? "").trim();
    if (names.has(name)) throw new Error(`${area}.sh:${start}: a second case named "${name}"`);
    names.add(name);

    let stdin = "";
    let isolatedOnly: string | undefined;
    const skip = new Map<string, string>();
    for (;;) {
      const [, key, backend = "", value = ""] = ATTRIBUTE.exec(lines[0] ?? "") ?? [];
      if (key === undefined) break;
      if (key === "stdin") stdin = String(JSON.parse(value));
      else if (key === "isolated") isolatedOnly = value;
      else skip.set(backend, value);
      lines.shift();
    }
    const script = lines.join("\n").replace(/\n+$/, "");
    if (script === "") throw new Error(`${area}.sh:${start}: the case "${name}" has no script`);
    cases.push({ area, name, line: start, script, stdin, isolatedOnly, skip });
  }
  return cases;
}

/** All areas of `<directory>/cases`, sorted by name. */
export function loadAreas(directory: string): { area: string; cases: Case[] }[] {
  const folder = join(directory, "cases");
  return readdirSync(folder)
    .filter((file) => file.endsWith(".sh"))
    .sort()
    .map((file) => {
      const area = basename(file, ".sh");
      return { area, cases: parseCases(area, readFileSync(join(folder, file), "utf8")) };
    });
}

/** The fixtures of one area, by the case's name. */
export function loadFixtures(directory: string, area: string): Map<string, Fixture> {
  const text = readFileSync(join(directory, "fixtures", `${area}.json`), "utf8");
  return new Map(Object.entries(JSON.parse(text) as Record<string, Fixture>));
}

/** Ties a fixture to the exact input it was recorded from. */
export function caseHash(one: Case): string {
  return createHash("sha256")
    .update(`${one.stdin.length}\n${one.stdin}${one.script}`)
    .digest("hex")
    .slice(0, 16);
}

export function encodeOutput(bytes: Buffer): Output {
  const text = bytes.toString("utf8");
  return Buffer.from(text, "utf8").equals(bytes) ? text : { base64: bytes.toString("base64") };
}
