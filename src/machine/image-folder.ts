import { closeSync, openSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { CodeCache, compileProgram } from "./code-cache.js";
import { loadBundle } from "./load-bundle.js";
import { readProgramFile } from "./program-file.js";
import { readExactly } from "./read-exactly.js";
import { sha256 } from "./sha256.js";
import type { WasiHost } from "./wasi-host.js";

/** The part of a wasi machine's host that comes from the installation: programs, the shell's image, memfs. */
export class ImageFolder {
  readonly modules = new Map<string, WebAssembly.Module>();
  private codeCache: CodeCache | undefined;

  constructor(
    readonly imagesPath: string,
    private readonly options: {
      readonly codeCachePath?: string;
      /** Told about programs that were compiled here, or taken from the code cache. */
      readonly compiled?: (name: string, module: WebAssembly.Module) => void;
    } = {},
  ) {}

  readonly loadProgram: WasiHost["loadProgram"] = (name) => {
    const known = this.modules.get(name);
    if (known) return known;
    const module = this.takeProgram(name);
    this.modules.set(name, module);
    this.options.compiled?.(name, module);
    return module;
  };

  readonly readImage: WasiHost["readImage"] = (name) => readProgramFile(join(this.imagesPath, name));

  readonly readImagePart: WasiHost["readImagePart"] = (name, offset, length) => {
    const file = openSync(join(this.imagesPath, name), "r");
    try {
      const bytes = new Uint8Array(length);
      readExactly(`images/wasi/${name}`, file, bytes, offset);
      return bytes;
    } finally {
      closeSync(file);
    }
  };

  /** Most sessions never need the compression's module, which takes a millisecond to load. */
  readonly expand: WasiHost["expand"] = (bytes) =>
    process.getBuiltinModule("node:zlib").brotliDecompressSync(bytes);

  readonly digest: WasiHost["digest"] = sha256;

  readonly loadMemfs: WasiHost["loadMemfs"] = () => loadBundle(join(__dirname, "memfs.js"));

  private takeProgram(name: string): WebAssembly.Module {
    const { codeCachePath } = this.options;
    if (codeCachePath === undefined) return compileProgram(this.imagesPath, name);
    this.codeCache ??= new CodeCache(codeCachePath, this.imagesPath);
    return this.codeCache.take(name);
  }

  get manifest(): unknown {
    return JSON.parse(readFileSync(join(this.imagesPath, "manifest.json"), "utf8"));
  }
}
