import { isLinuxProgram, minimumPages, Program } from "../abi/linux/program.js";
import { Errno } from "../errno.js";
import { addFuel } from "../fuel/rewriter.js";
import type { RegularInode } from "../vfs/inode.js";
import type { Kernel } from "./kernel.js";

/** The compiled programs of one kernel: those of the image by name, and those that users put into files. */
export class Programs {
  private readonly byName = new Map<string, Program>();
  private readonly byFile = new WeakMap<
    RegularInode,
    { readonly version: string; readonly module: WebAssembly.Module }
  >();

  constructor(private readonly kernel: Kernel) {}

  /** A program that came with the image. */
  fromImage(name: string, minPages: number): Program {
    let program = this.byName.get(name);
    if (program === undefined) {
      program = new Program(this.kernel, name, this.kernel.host.loadProgram(name), minPages);
      this.byName.set(name, program);
    }
    return program;
  }

  /** The module in a file that begins with the WebAssembly magic; ENOEXEC when it is not valid. Kept until the file changes. */
  fromFile(file: RegularInode): WebAssembly.Module {
    const version = `${file.size}:${file.mtime.sec}.${file.mtime.nsec}`;
    const known = this.byFile.get(file);
    if (known?.version === version) return known.module;
    const bytes = new Uint8Array(file.size);
    file.read(bytes, 0);
    let module: WebAssembly.Module;
    try {
      module = new WebAssembly.Module(addFuel(bytes) as Uint8Array<ArrayBuffer>);
    } catch {
      throw Errno.ENOEXEC;
    }
    this.byFile.set(file, { version, module });
    return module;
  }

  /** A program for a user's module of the Linux ABI. */
  linuxProgram(file: RegularInode, module: WebAssembly.Module): Program {
    const bytes = new Uint8Array(Math.min(file.size, IMPORTS_WITHIN));
    file.read(bytes, 0);
    return new Program(this.kernel, "user program", module, minimumPages(bytes));
  }

  isLinux(module: WebAssembly.Module): boolean {
    return isLinuxProgram(module);
  }
}

/** The import section comes near the start of a module. */
const IMPORTS_WITHIN = 1 << 20;
