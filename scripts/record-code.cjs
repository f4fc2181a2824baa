/**
 * Loaded by scripts/build.mjs before a daemon, in all of its threads: writes V8's code for the bundles that src/machine/load-bundle.ts
 * has run, with the functions that were called, into dist/code-cache. The main thread does it when it exits; a worker, which is
 * ended from outside, when it is to reset its machine, after all else. A bundle that has been recorded is left as it is: what the
 * default backend calls comes first.
 */
const { existsSync, writeFileSync } = require("node:fs");
const { basename, dirname, join } = require("node:path");
const vm = require("node:vm");
const { isMainThread, parentPort } = require("node:worker_threads");

const scripts = new Map();

vm.Script = class extends vm.Script {
  constructor(source, options) {
    super(source, options);
    scripts.set(options.filename, this);
  }
};

function write() {
  for (const [path, script] of scripts) {
    const code = join(dirname(path), "code-cache", `${basename(path)}.code`);
    if (!existsSync(code)) writeFileSync(code, script.createCachedData());
  }
}

if (isMainThread) process.on("exit", write);
else {
  parentPort.on("message", ({ kind, call }) => {
    if (kind === "call" && call.name === "reset") write();
  });
}
