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

  /** For copies of a file, and for files that come back after a reset. */
  private readonly byContent = new Map<string, WeakRef<UserModule>>();

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
    const module = this.fromBytes(bytes);
    this.byFile.set(file, { version, module });
    return module;
  }

  private fromBytes(bytes: Uint8Array): UserModule {
    const { host, options } = this.kernel;
    const digest = host.digest(bytes);
    const known = this.byContent.get(digest)?.deref();
    if (known !== undefined) return known;
    const module = compileUserModule(bytes, Math.floor(options.memoryLimitBytes / PAGE));
    if (module === undefined) throw Errno.ENOEXEC;
    this.byContent.set(digest, new WeakRef(module));
    return module;
  }

  /** A program for a user's module of the Linux ABI. */
  linuxProgram({ module, minPages }: UserModule): Program {
    return new Program(this.kernel, "user program", module, minPages);
  }
}
