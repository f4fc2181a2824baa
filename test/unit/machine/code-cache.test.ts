import {
  cpSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { cachedDataVersionTag } from "node:v8";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { CodeCache, type CodeCacheIndex } from "../../../src/machine/code-cache.js";

const root = join(import.meta.dirname, "../../..");
let folder: string;
let cache: string;
let images: string;

/** A copy of the cache that the build has made, and of the program it is for. */
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "limpet-cache-"));
  cache = join(folder, "code-cache");
  images = join(folder, "images");
  cpSync(join(root, "dist/code-cache"), cache, { recursive: true });
  const wasm = join(root, "images/wasi/sed.wasm");
  cpSync(wasm, join(images, "sed.wasm"));
  const { mtime } = statSync(wasm);
  utimesSync(join(images, "sed.wasm"), mtime, mtime);
  change((index) => {
    const sed = index.programs.sed as CodeCacheIndex["programs"][string];
    return {
      tag: cachedDataVersionTag(),
      programs: { sed: { ...sed, wasmMtimeMs: statSync(join(images, "sed.wasm")).mtimeMs } },
    };
  });
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

function change(edit: (index: CodeCacheIndex) => CodeCacheIndex): void {
  const path = join(cache, "index.json");
  writeFileSync(path, JSON.stringify(edit(JSON.parse(readFileSync(path, "utf8")))));
}

const load = (name = "sed") => new CodeCache(cache, images).load(name);

describe("the code cache", () => {
  it("gives the program with its code", () => {
    expect(load()).toBeInstanceOf(WebAssembly.Module);
  });

  it("leaves V8's flags as they were, on which other caches depend", () => {
    const before = cachedDataVersionTag();
    load();
    expect(cachedDataVersionTag()).toBe(before);
  });

  it("is not used when it is missing", () => {
    expect(load("bash")).toBeUndefined();
    rmSync(cache, { recursive: true });
    expect(load()).toBeUndefined();
  });

  it("is not used when it is for another V8", () => {
    change((index) => ({ ...index, tag: index.tag + 1 }));
    expect(load()).toBeUndefined();
  });

  it("is not used when the program is another one", () => {
    utimesSync(join(images, "sed.wasm"), 0, 0);
    expect(load()).toBeUndefined();
  });

  it("is not used when a file has been cut off", () => {
    truncateSync(join(cache, "sed.code"), 1000);
    expect(load()).toBeUndefined();
    writeFileSync(join(cache, "index.json"), '{"tag":');
    expect(load()).toBeUndefined();
  });
});
