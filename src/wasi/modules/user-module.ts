import { isLinuxProgram, minimumPages } from "../abi/linux/program.js";
import { isWasiProgram } from "../abi/preview1/program.js";
import { readOutline, SectionId } from "../fuel/module.js";
import { addFuel } from "../fuel/rewriter.js";
import { initialPages, limitGrowth } from "./growth.js";
import { makeWorkVisible } from "./visible-work.js";

/** A compiled program that a user has put into a file. */
export interface UserModule {
  readonly abi: "linux" | "wasi";
  readonly module: WebAssembly.Module;
  /** Pages that its memory has at the start. */
  readonly minPages: number;
}

/**
 * Compiles a program so that a time limit reaches it whatever it does, and its memory stays below `maxPages`. Undefined when it
 * is none, or needs what is not there: threads, 64-bit memories, garbage-collected types, components.
 */
export function compileUserModule(bytes: Uint8Array, maxPages: number): UserModule | undefined {
  try {
    const outline = readOutline(bytes);
    // A module that burns fuel already comes from guest/toolchain.
    const safe = outline.importsFuel ? bytes : addFuel(makeWorkVisible(limitGrowth(bytes, maxPages)));
    const module = new WebAssembly.Module(safe as Uint8Array<ArrayBuffer>);
    if (isLinuxProgram(module)) return { abi: "linux", module, minPages: minimumPages(bytes) };
    if (!isWasiProgram(module, outline)) return undefined;
    return { abi: "wasi", module, minPages: initialPages(outline.sections.get(SectionId.memory)) };
  } catch {
    return undefined;
  }
}
