import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import type { AnswerTo } from "../../src/protocol/messages/index.js";
import { BACKEND, onBackend } from "../support/backend.js";
import { Daemon } from "../support/daemon.js";
import {
  CASE_DIRECTORY,
  CASE_ENVIRONMENT,
  type Case,
  caseHash,
  encodeOutput,
  type Fixture,
  loadAreas,
  loadFixtures,
} from "./cases.js";

const DIRECTORY = import.meta.dirname;
const LANES = 2;

/** What a case is run in: a fresh `bash -c`, or the session's own shell that lives on between requests. */
const SHELLS = ["bash -c", "session shell"] as const;
type Shell = (typeof SHELLS)[number];

/** One line per case that is known to differ on `wasi`: `<shell> / <area> / <name>: <reason>`. `v86` has none. */
const knownFailures =
  BACKEND === "wasi" ? readKnownFailures(join(DIRECTORY, "known-failures.txt")) : new Map<string, string>();

function readKnownFailures(file: string): Map<string, string> {
  const known = new Map<string, string>();
  if (!existsSync(file)) return known;
  for (const line of readFileSync(file, "utf8").split("\n")) {
    const [, id, reason] = /^((?:bash -c|session shell) \/ [^/]+ \/ .+?): (.+)$/.exec(line) ?? [];
    if (id !== undefined && reason !== undefined) known.set(id, reason);
    else if (line !== "" && !line.startsWith("#")) throw new Error(`${file}: what is this? ${line}`);
  }
  return known;
}

const daemon = new Daemon(["--backend", BACKEND]);
const idle = Array.from({ length: LANES }, (_, lane) => daemonSession(`lane-${lane}`));
const waiting: ((session: string) => void)[] = [];

async function daemonSession(session: string): Promise<string> {
  await daemon.request({ type: "open", session, env: { ...CASE_ENVIRONMENT } });
  return session;
}

/** Lends a session that no other case uses at the same time. */
async function withSession<T>(use: (session: string) => Promise<T>): Promise<T> {
  const session = await (idle.pop() ?? new Promise<string>((resolve) => waiting.push(resolve)));
  try {
    return await use(session);
  } finally {
    const next = waiting.shift();
    if (next !== undefined) next(session);
    else idle.push(Promise.resolve(session));
  }
}

function outputOf(answer: AnswerTo<"shell">, stream: "stdout" | "stderr"): Buffer {
  const encoding = answer[`${stream}_encoding`] === "base64" ? "base64" : "utf8";
  return Buffer.from(answer[stream] ?? "", encoding);
}

async function run(one: Case, shell: Shell): Promise<Fixture> {
  return withSession(async (session) => {
    await daemon.request({ type: "reset", session });
    await daemon.request({ type: "shell", session, command: `mkdir ${CASE_DIRECTORY}`, isolated: true });
    const answer = await daemon.request({
      type: "shell",
      session,
      command: one.script,
      stdin: one.stdin,
      cwd: CASE_DIRECTORY,
      isolated: shell === "bash -c",
      time_limit_ms: onBackend({ wasi: 20_000, v86: 50_000 }),
    });
    const result = {
      hash: caseHash(one),
      stdout: encodeOutput(outputOf(answer, "stdout")),
      stderr: encodeOutput(outputOf(answer, "stderr")),
      exit_code: answer.exit_code,
    };
    return answer.signal === null ? result : { ...result, signal: answer.signal };
  });
}

const present = new Set<string>();

describe.concurrent.each(SHELLS)("%s", (shell) => {
  for (const { area, cases } of loadAreas(DIRECTORY)) {
    const fixtures = loadFixtures(DIRECTORY, area);
    describe(area, () => {
      for (const one of cases) {
        const id = `${shell} / ${area} / ${one.name}`;
        present.add(id);
        if (one.skip.has(BACKEND) || (shell !== "bash -c" && one.isolatedOnly !== undefined)) {
          test.skip(one.name);
          continue;
        }
        // A known failure that passes is a failure too: its line has to go.
        (knownFailures.has(id) ? test.fails : test)(one.name, { timeout: 60_000 }, async () => {
          const fixture = fixtures.get(one.name);
          if (fixture?.hash !== caseHash(one)) {
            throw new Error(
              `no fixture for ${area}.sh:${one.line} as it stands now: run scripts/record-fixtures ${area}`,
            );
          }
          expect(await run(one, shell)).toEqual(fixture);
        });
      }
    });
  }
});

test("every known failure names a case", () => {
  expect([...knownFailures.keys()].filter((id) => !present.has(id))).toEqual([]);
});

afterAll(async () => {
  await daemon.close();
});
