import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { describe, expect, it } from "vitest";
import { requests } from "../../src/protocol/messages/index.js";
import { parseMessage, startDaemon } from "../e2e/exchange.js";
import { BACKEND, onBackend } from "../support/backend.js";

/** Fields whose value differs from run to run, or from machine to machine. */
const VARIABLE = new Set([
  "capabilities",
  "used",
  ...["size_bytes", "created_ms"],
  ...["duration_ms", "cpu_ms", "started_ms", "uptime_ms", "mtime_ms", "memory_used_bytes", "version"],
  // A machine of `v86` may need more than the second that status waits for it, and has less memory than its limit allows.
  ...onBackend({ wasi: [], v86: ["ready", "pid", "usage", "closed"] }),
]);

/** Fields that only some machines have. */
const ABSENT = new Set(onBackend({ wasi: [], v86: ["limit"] }));

function withoutVariables(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value), (key, inner) => {
    if (ABSENT.has(key)) return undefined;
    return VARIABLE.has(key) ? typeof inner : inner;
  });
}

/** The examples are of the default backend. */
const document = readFileSync(join(import.meta.dirname, "../../protocol.md"), "utf8").replaceAll(
  '"backend":"wasi"',
  `"backend":"${BACKEND}"`,
);

interface Example {
  readonly under: string;
  readonly lines: readonly string[];
}

/** The examples with the heading that they stand under. */
function findExamples(): Example[] {
  const examples: Example[] = [];
  let under = "introduction";
  for (const [, heading, body] of document.matchAll(/^## ([^\n]*)$|^```ndjson\n(.*?)^```$/gms)) {
    if (heading !== undefined) under = heading;
    else examples.push({ under, lines: (body ?? "").trimEnd().split("\n") });
  }
  return examples;
}

const examples = findExamples();

describe("protocol.md", () => {
  it("has an example for every request type", () => {
    const sent = examples.flatMap(({ lines }) => lines.filter((line) => line.startsWith('> {"id"')));
    const types = new Set(sent.map((line) => (JSON.parse(line.slice(2)) as { type: string }).type));
    expect([...types].sort()).toEqual(Object.keys(requests).sort());
  });

  for (const [index, { under, lines }] of examples.entries()) {
    it(`example ${index} (${under}) is what the daemon does`, async () => {
      const child = startDaemon();
      child.stderr.pipe(process.stderr);
      const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
      for (const line of lines) {
        const text = line.slice(2);
        if (line.startsWith("> ")) child.stdin.write(`${text}\n`);
        else {
          const { value } = await answers.next();
          expect(withoutVariables(parseMessage(value as string))).toEqual(
            withoutVariables(parseMessage(text)),
          );
        }
      }
      child.stdin.end();
      expect(await answers.next()).toMatchObject({ done: true });
    });
  }
});
