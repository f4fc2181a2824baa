import { mkdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { cachedDataVersionTag, setFlagsFromString } from "node:v8";
import { type CodeCacheIndex, compileProgram, nativeFunction } from "../src/machine/code-cache.js";

/**
 * V8 11, in Node.js 20, allocates the registers of very large functions in a hurry. The loops of interpreters (Python, Lua, SQLite,
 * awk) are such functions, and run half as fast then. Sessions cannot turn it off: code that is cached for other flags, that of
 * Node.js itself too, would not fit any more.
 */
const HURRIED_ALLOCATION = "turbo-use-mid-tier-regalloc-for-huge-functions";
const HURRIES = process.versions.v8.startsWith("11.");

/** Writes machine code of what has run in this process, for src/machine/code-cache.ts. It changes V8's flags. */
export class CodeRecorder {
  private readonly modules = new Map<string, WebAssembly.Module>();
  private readonly tag = cachedDataVersionTag();

  constructor(private readonly wasmFolder: string) {
    // Functions are compiled when they are first called, by the optimizing compiler: the only code that V8 writes out.
    setFlagsFromString("--no-liftoff");
    if (HURRIES) setFlagsFromString(`--no-${HURRIED_ALLOCATION}`);
  }

  load(name: string): WebAssembly.Module {
    const module = compileProgram(this.wasmFolder, name);
    this.modules.set(name, module);
    return module;
  }

  write(folder: string): void {
    setFlagsFromString("--liftoff");
    // The first switch turned this one off as well.
    setFlagsFromString("--wasm-dynamic-tiering");
    if (HURRIES) setFlagsFromString(`--${HURRIED_ALLOCATION}`);
    if (cachedDataVersionTag() !== this.tag) throw new Error("V8's flags are not as they were");
    const serialize = nativeFunction<(module: WebAssembly.Module) => ArrayBuffer>(
      "module",
      "%SerializeWasmModule(module)",
    );
    if (!serialize) throw new Error("this V8 cannot write compiled programs out");
    const programs: Record<string, CodeCacheIndex["programs"][string]> = {};
    mkdirSync(folder, { recursive: true });
    for (const [name, module] of this.modules) {
      const code = new Uint8Array(serialize(module));
      const { size, mtimeMs } = statSync(join(this.wasmFolder, `${name}.wasm`));
      writeFileSync(join(folder, `${name}.code`), code);
      programs[name] = { codeBytes: code.length, wasmBytes: size, wasmMtimeMs: mtimeMs };
    }
    writeFileSync(join(folder, "index.json"), JSON.stringify({ tag: this.tag, programs } satisfies CodeCacheIndex));
  }
}
