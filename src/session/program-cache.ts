import type { CodeCache } from "../machine/code-cache.js";

/** The compiled programs that all sessions share, each compiled once per daemon. */
export class ProgramCache {
  private readonly modules = new Map<string, WebAssembly.Module>();

  constructor(
    readonly imagesPath: string,
    private readonly codeCache: CodeCache,
  ) {}

  /** Compiles a program now: the shell, while the first worker boots. */
  compile(name: string): void {
    if (this.modules.has(name)) return;
    this.modules.set(name, this.codeCache.take(name));
  }

  /**
   * Takes in one more program whose code is at hand and that nobody has asked for yet; undefined when there is none left. Large
   * ones are left to the worker that runs them first.
   */
  loadNext(): { readonly name: string; readonly module: WebAssembly.Module } | undefined {
    for (const name of this.codeCache.smallPrograms) {
      const module = this.modules.has(name) ? undefined : this.codeCache.load(name);
      if (!module) continue;
      this.modules.set(name, module);
      return { name, module };
    }
    return undefined;
  }

  get codeCachePath(): string {
    return this.codeCache.folder;
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
