import { S_IFDIR, S_IFLNK } from "../../abi/linux/stat.js";
import type { Kernel } from "../../kernel/kernel.js";
import type { Process } from "../../kernel/process.js";
import type { FileSystem, FileSystemUsage } from "../../vfs/file-system.js";
import type { DirectoryEntry, DirectoryInode, Inode } from "../../vfs/inode.js";
import { ProcDirectory, ProcLink } from "./nodes.js";
import { processDirectory } from "./process-directory.js";
import { systemEntries } from "./system-entries.js";

const PROC_SUPER_MAGIC = 0x9fa0;
/** Where the positions of processes begin among the entries of /proc, after those of everything else. */
const FIRST_PROCESS_POSITION = 1000;

/** The filesystem at /proc (proc(5)): what the kernel tells about itself and its processes, made when it is read. */
export class ProcFs implements FileSystem {
  readonly type = "proc";
  readonly magic = PROC_SUPER_MAGIC;
  readonly readOnly = false;
  readonly root: DirectoryInode;
  private lastIno = 0;

  constructor(
    readonly kernel: Kernel,
    readonly dev = 0x15,
  ) {
    this.root = new ProcRoot(this);
  }

  newIno(): number {
    return ++this.lastIno;
  }

  usage(): FileSystemUsage {
    return { blockSize: 4096, blocks: 0, freeBlocks: 0, files: 0, freeFiles: 0 };
  }
}

/** /proc: the system's files, and one directory per process, which lives as long as the process. */
class ProcRoot extends ProcDirectory {
  private readonly directories = new WeakMap<Process, DirectoryInode>();

  constructor(private readonly procFs: ProcFs) {
    super(procFs, S_IFDIR | 0o555, {
      ...systemEntries,
      self: (fs) => new ProcLink(fs, S_IFLNK | 0o777, { text: (who) => String(who.pid) }),
      "thread-self": (fs) =>
        new ProcLink(fs, S_IFLNK | 0o777, { text: (who) => `${who.pid}/task/${who.tid}` }),
    });
  }

  override lookup(name: string): Inode | undefined {
    if (!/^[1-9]\d*$/.test(name)) return super.lookup(name);
    const process = this.procFs.kernel.processes.get(Number(name));
    return process === undefined ? undefined : this.directoryOf(process);
  }

  override *entries(from: number): IterableIterator<DirectoryEntry> {
    if (from < FIRST_PROCESS_POSITION) yield* super.entries(from);
    for (const process of this.procFs.kernel.processes.all()) {
      const next = FIRST_PROCESS_POSITION + process.pid;
      if (next <= from) continue;
      yield { next, name: String(process.pid), ino: this.directoryOf(process).ino, type: S_IFDIR };
    }
  }

  private directoryOf(process: Process): DirectoryInode {
    let directory = this.directories.get(process);
    if (directory === undefined) {
      directory = processDirectory(this.procFs, process, "process");
      directory.parent = this;
      directory.name = String(process.pid);
      this.directories.set(process, directory);
    }
    directory.uid = process.credentials.euid;
    directory.gid = process.credentials.egid;
    return directory;
  }
}
