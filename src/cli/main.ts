import { join } from "node:path";
import type { Worker } from "node:worker_threads";
import { loadBundle } from "../machine/load-bundle.js";
import { keepStdoutClean } from "../machine/stdout-guard.js";
import { startWorker } from "../session/start-worker.js";
import type { CommandLine } from "./command-line.js";
import { repl } from "./repl.js";
import { run } from "./run.js";
import { serve } from "./serve.js";
import { defaultSettings } from "./settings.js";

function parse(): CommandLine {
  const words = process.argv.slice(2);
  if (words.length === 0) return { command: "serve", settings: defaultSettings };
  // yargs and what needs it are a bundle of their own, so that a plain `limpet` does not load it.
  const bundle = loadBundle(join(__dirname, "command-line.js"));
  const { parseCommandLine } = bundle as typeof import("./command-line.js");
  return parseCommandLine(words, defaultSettings);
}

/** `firstWorker`: the thread of the first session, if it has been started. */
export function main(firstWorker: Worker | undefined): void {
  const line = parse();
  const worker = firstWorker ?? startWorker(line.settings.workerPath);
  switch (line.command) {
    case "serve":
      keepStdoutClean();
      serve(line.settings, worker);
      return;
    case "run":
      run(line, worker);
      return;
    case "repl":
      repl(line, worker);
      return;
  }
}
