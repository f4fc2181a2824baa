import { createRequire } from "node:module";
import type { Worker } from "node:worker_threads";
import { keepStdoutClean } from "../machine/stdout-guard.js";
import { startWorker } from "../session/start-worker.js";
import type { CommandLine } from "./command-line.js";
import { firstWorker, workerPath } from "./first-worker.js";
import { run } from "./run.js";
import { serve } from "./serve.js";
import { defaultSettings } from "./settings.js";

function parse(): CommandLine {
  const words = process.argv.slice(2);
  if (words.length === 0) return { command: "serve", settings: defaultSettings };
  // yargs and what needs it are a bundle of their own, so that a plain `limpet` does not load it.
  const load = createRequire(__filename);
  const { parseCommandLine } = load("./command-line.js") as typeof import("./command-line.js");
  return parseCommandLine(words, defaultSettings);
}

function main(): void {
  const line = parse();
  const worker: Worker = firstWorker ?? startWorker(workerPath);
  switch (line.command) {
    case "serve":
      keepStdoutClean();
      serve(line.settings, worker);
      return;
    case "run":
      run(line, worker);
      return;
  }
}

main();
