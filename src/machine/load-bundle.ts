import { readFileSync } from "node:fs";
import Module, { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import { Script } from "node:vm";

/**
 * Runs a CommonJS bundle of dist/ and returns its exports, as `require` does, with V8's code for it from dist/code-cache, where
 * the build has put it (scripts/record-code.cjs): parsing and compiling the bundle costs more than running it. V8 looks whether
 * the code is its own; without it, or with that of another V8, the bundle is compiled as usual.
 */
export function loadBundle(path: string): unknown {
  const script = new Script(Module.wrap(readFileSync(path, "utf8")), {
    filename: path,
    cachedData: readCode(path),
  });
  const module = { exports: {} };
  script.runInThisContext()(module.exports, createRequire(path), module, path, dirname(path));
  return module.exports;
}

function readCode(path: string): Buffer | undefined {
  try {
    return readFileSync(join(dirname(path), "code-cache", `${basename(path)}.code`));
  } catch {
    return undefined;
  }
}
