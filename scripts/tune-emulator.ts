/**
 * Makes dist/v86.wasm of the `v86` package's.
 *
 *   node tune-emulator.js IN OUT
 */
import { readFileSync, writeFileSync } from "node:fs";
import { tune } from "../src/v86/tuning.js";

const [input = "", output = ""] = process.argv.slice(2);
const wasm = readFileSync(input);
const tuned = tune(wasm);
if (!tuned) console.error("build: this v86 is not one that we know how to tune; commands take longer there");
writeFileSync(output, tuned ?? wasm);
