import { Program } from "../abi/linux/program.js";
import { Errno } from "../errno.js";
import { compileUserModule, type UserModule } from "../modules/user-module.js";
import type { RegularInode } from "../vfs/inode.js";
import type { Kernel } from "./kernel.js";

const PAGE = 65536;

/** The compiled programs of one kernel: those of the image by name, and those that users put into files. */
export class Programs {
  private readonly byName = new Map<string, Program>();
  private readonly byFile = new WeakMap<
    RegularInode,
    { readonly version: string; readonly module: UserModule }
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

  /** The module in a file that begins with the WebAssembly magic; ENOEXEC when it is no program. Kept until the file changes. */
  fromFile(file: RegularInode): UserModule {
    // Nobody can set the time of the last change of state.
    const version = `${file.size}:${file.ctime.sec}.${file.ctime.nsec}`;
    const known = this.byFile.get(file);
    if (known?.version === version) return known.module;
    const bytes = new Uint8Array(file.size);
    file.read(bytes, 0);
    const maxPages = Math.floor(this.kernel.options.memoryLimitBytes / PAGE);
    const module = compileUserModule(bytes, maxPages);
    if (module === undefined) throw Errno.ENOEXEC;
    this.byFile.set(file, { version, module });
    return module;
  }

  /** A program for a user's module of the Linux ABI. */
  linuxProgram({ module, minPages }: UserModule): Program {
    return new Program(this.kernel, "user program", module, minPages);
  }
}
