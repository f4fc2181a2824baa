/** Runs the programs' own test suites in the sandbox and prints a table. Started by scripts/run-upstream-tests. */
import { join } from "node:path";
import { parseArgs } from "node:util";
import { Daemon } from "../../support/daemon.js";
import { bashSuite } from "./bash.js";
import { gawkSuite } from "./gawk.js";
import { coreutilsSuite, grepSuite, sedSuite } from "./gnulib.js";
import { createNative, createSandbox, type Machine, type Result } from "./machines.js";
import { perlSuite } from "./perl.js";
import { pythonSuite } from "./python.js";
import type { Suite, UpstreamTest } from "./suite.js";

const LANES = 2;

const { values: options, positionals: sources } = parseArgs({
  allowPositionals: true,
  options: {
    native: { type: "boolean", default: false },
    verbose: { type: "boolean", default: false },
    only: { type: "string", multiple: true, default: [] },
    root: { type: "string", default: "." },
  },
});
const helpers = join(options.root, "test/conformance/upstream/helpers");

function loadSuite(program: string, source: string): Suite {
  switch (program) {
    case "bash":
      return bashSuite(source, helpers);
    case "gawk":
      return gawkSuite(source);
    case "perl":
      return perlSuite(source);
    case "python":
      return pythonSuite(source);
    case "sed":
      return sedSuite(source, helpers);
    case "grep":
      return grepSuite(source, helpers);
    case "coreutils":
      return coreutilsSuite(source, helpers);
    default:
      throw new Error(`no suite for ${program}`);
  }
}

type Verdict = "passed" | "failed" | "skipped";
interface Finding {
  test: UpstreamTest;
  verdict: Verdict;
  reason: string;
  /** For a failed one: what the same test gave natively. */
  native?: Verdict;
}

function judge(test: UpstreamTest, result: Result): Finding {
  if (result.status === 0) return { test, verdict: "passed", reason: "" };
  const lines = result.output.trimEnd().split("\n");
  if (result.status === 77) {
    const said = lines.findLast((line) => line.includes("skipped test:"))?.replace(/^.*skipped test: */, "");
    return { test, verdict: "skipped", reason: said ?? "it skips itself" };
  }
  return { test, verdict: "failed", reason: `status ${result.status}: ${lines.at(-1) ?? ""}` };
}

async function runAll(
  suite: Suite,
  machines: Machine[],
  tests: UpstreamTest[],
): Promise<Map<UpstreamTest, Finding>> {
  const findings = new Map<UpstreamTest, Finding>();
  const queue = [...tests];
  await Promise.all(
    machines.map(async (machine) => {
      for (let test = queue.shift(); test !== undefined; test = queue.shift()) {
        const result = await machine.run(suite, test);
        const finding = judge(test, result);
        findings.set(test, finding);
        if (options.verbose) {
          console.error(
            `${suite.program} ${test.name}: ${finding.verdict} ${finding.reason} (${result.seconds.toFixed(1)} s)`,
          );
          if (finding.verdict === "failed") console.error(result.output.replace(/^/gm, "    "));
        }
      }
    }),
  );
  return findings;
}

async function measure(suite: Suite): Promise<Finding[]> {
  const wanted = suite.tests.filter(({ name }) => options.only.length === 0 || options.only.includes(name));
  const runnable = wanted.filter(({ skip }) => skip === undefined);
  let findings: Map<UpstreamTest, Finding>;
  if (options.native) {
    const native = createNative();
    await native.prepare(suite);
    findings = await runAll(suite, [native], runnable);
    await native.close();
  } else {
    const daemon = new Daemon();
    const lanes = Array.from({ length: LANES }, (_, lane) =>
      createSandbox(`${suite.program}-${lane}`, daemon),
    );
    await Promise.all(lanes.map((lane) => lane.prepare(suite)));
    findings = await runAll(suite, lanes, runnable);
    await daemon.close();
    const failed = runnable.filter((test) => findings.get(test)?.verdict === "failed");
    if (failed.length > 0) {
      const native = createNative();
      await native.prepare(suite);
      for (const [test, { verdict }] of await runAll(suite, [native], failed)) {
        const finding = findings.get(test);
        if (finding !== undefined) finding.native = verdict;
      }
      await native.close();
    }
  }
  return wanted.map((test) => findings.get(test) ?? { test, verdict: "skipped", reason: test.skip ?? "" });
}

const table: string[][] = [["program", "tests", "passed", "failed", "of them native too", "skipped"]];
const details: string[] = [];
for (const source of sources) {
  const [program = "", folder = ""] = source.split("=");
  const findings = await measure(loadSuite(program, folder));
  const count = (verdict: Verdict) => findings.filter((finding) => finding.verdict === verdict).length;
  const nativeToo = findings.filter(
    ({ verdict, native }) => verdict === "failed" && native === "failed",
  ).length;
  table.push(
    [
      program,
      findings.length,
      count("passed"),
      count("failed"),
      options.native ? "" : nativeToo,
      count("skipped"),
    ].map(String),
  );
  const bySkip = new Map<string, string[]>();
  for (const { test, verdict, reason, native } of findings) {
    if (verdict === "failed")
      details.push(
        `${program} ${test.name}: ${reason}${native === undefined ? "" : ` (natively: ${native})`}`,
      );
    if (verdict === "skipped") bySkip.set(reason, [...(bySkip.get(reason) ?? []), test.name]);
  }
  for (const [reason, names] of bySkip) details.push(`${program} skipped, ${reason}: ${names.join(" ")}`);
}
const widths = (table[0] ?? []).map((_, column) => Math.max(...table.map((row) => row[column]?.length ?? 0)));
console.log(
  table
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join("  ")
        .trimEnd(),
    )
    .join("\n"),
);
console.log(`\n${details.join("\n")}`);
