/**
 * Measures the sandbox through the daemon's pipe, and compares it with the native bash and tools of this machine in the same run.
 *
 *   node scripts/bench.mjs [--backend wasi|v86] [--rounds N] [--only WORD] [--json FILE]
 *
 * Rounds of all sides are interleaved and medians are taken, so that a machine that is busy now and then distorts all sides alike.
 * Prints a table and writes the figures to bench.json.
 */
import { writeFileSync } from "node:fs";
import { options } from "./bench/options.mjs";
import { results } from "./bench/table.mjs";
import { benchV86 } from "./bench/v86.mjs";
import { benchWasi } from "./bench/wasi.mjs";

if (options.backend !== "v86") await benchWasi();
if (options.backend !== "wasi") await benchV86();

const { version, platform } = process;
writeFileSync(options.json, `${JSON.stringify({ node: version, platform, results }, undefined, 2)}\n`);
