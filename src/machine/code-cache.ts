import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { cachedDataVersionTag, setFlagsFromString } from "node:v8";
import { readProgramFile } from "./program-file.js";

/**
 * Machine code of the programs, made by the build (scripts/make-code-cache.ts) for the Node.js that it runs on. Without it V8
 * compiles each function of a program when it is first called, which takes longer than all the rest of a first command.
 *
 * V8 has no public way to take compiled WebAssembly in. Its test functions do it in every release build; where they are missing,
 * or the cache is of another V8, another processor or another build of the programs, the programs are compiled as usual.
 */
export interface CodeCacheIndex {
  /** `v8.cachedDataVersionTag()`: V8's version and flags. */
  readonly tag: number;
  readonly programs: Readonly<Record<string, CodeCacheEntry>>;
}

interface CodeCacheEntry {
  readonly codeBytes: number;
  /** Identify the program's file: V8 must never get the code of another one. */
  readonly wasmBytes: number;
  readonly wasmMtimeMs: number;
}

const SMALL_BYTES = 4 << 20;

type Deserialize = (code: ArrayBuffer, wasm: Uint8Array) => WebAssembly.Module | undefined;

export class CodeCache {
  private readonly index: CodeCacheIndex | undefined;
  private readonly deserialize: Deserialize | undefined;

  constructor(
    readonly folder: string,
    private readonly wasmFolder: string,
  ) {
    const index = readIndex(folder);
    if (index?.tag !== cachedDataVersionTag()) return;
    this.index = index;
    this.deserialize = nativeFunction("code, wasm", "%DeserializeWasmModule(code, wasm)");
  }

  /** Those that cost little to take in before anybody asks for them. */
  get smallPrograms(): readonly string[] {
    return Object.entries(this.index?.programs ?? {})
      .filter(([, { wasmBytes }]) => wasmBytes <= SMALL_BYTES)
      .map(([name]) => name);
  }

  /** The program, compiled now when there is no code of it that fits. */
  take(name: string): WebAssembly.Module {
    return this.load(name) ?? compileProgram(this.wasmFolder, name);
  }

  /** Undefined when there is no code of this program that fits. */
  load(name: string): WebAssembly.Module | undefined {
    const entry = this.index?.programs[name];
    if (!entry || !this.deserialize) return undefined;
    try {
      const wasmPath = join(this.wasmFolder, `${name}.wasm`);
      const { size, mtimeMs } = statSync(wasmPath);
      if (size !== entry.wasmBytes || mtimeMs !== entry.wasmMtimeMs) return undefined;
      const code = readFileSync(join(this.folder, `${name}.code`));
      // V8 aborts the process on code that has been cut off.
      if (code.length !== entry.codeBytes) return undefined;
      return this.deserialize(wholeBuffer(code), readFileSync(wasmPath));
    } catch {
      return undefined;
    }
  }
}

export function compileProgram(folder: string, name: string): WebAssembly.Module {
  return new WebAssembly.Module(readProgramFile(join(folder, `${name}.wasm`)));
}

/** The memory of a large file, which Node reads into a buffer that holds nothing else; a copy if it should not. */
function wholeBuffer({ buffer, byteOffset, length }: Buffer): ArrayBuffer {
  const isWhole = buffer instanceof ArrayBuffer && length === buffer.byteLength;
  return isWhole ? buffer : new Uint8Array(buffer, byteOffset, length).slice().buffer;
}

function readIndex(folder: string): CodeCacheIndex | undefined {
  try {
    return JSON.parse(readFileSync(join(folder, "index.json"), "utf8")) as CodeCacheIndex;
  } catch {
    return undefined;
  }
}

/** A function made of one of V8's test functions. The flag is only set while it is parsed: flags are part of `tag`. */
export function nativeFunction<F>(parameters: string, expression: string): F | undefined {
  try {
    setFlagsFromString("--allow-natives-syntax");
    return new Function(parameters, `return ${expression}`) as F;
  } catch {
    return undefined;
  } finally {
    setFlagsFromString("--no-allow-natives-syntax");
  }
}
