import { readFileSync } from "node:fs";
import { join } from "node:path";

/** The compiled programs that all sessions share, each compiled once per daemon. */
export class ProgramCache {
  private readonly modules = new Map<string, WebAssembly.Module>();

  constructor(readonly imagesPath: string) {}

  /** Compiles a program now: the shell, while the first worker boots. */
  compile(name: string): void {
    if (this.modules.has(name)) return;
    this.modules.set(name, new WebAssembly.Module(readFileSync(join(this.imagesPath, `${name}.wasm`))));
  }

  add(name: string, module: WebAssembly.Module): void {
    this.modules.set(name, module);
  }

  has(name: string): boolean {
    return this.modules.has(name);
  }

  all(): Readonly<Record<string, WebAssembly.Module>> {
    return Object.fromEntries(this.modules);
  }
}
