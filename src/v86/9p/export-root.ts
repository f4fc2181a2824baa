import { S_IFDIR } from "../../wasi/abi/linux/stat.js";
import type { FileSystem, FileSystemUsage } from "../../wasi/vfs/file-system.js";
import { type DirectoryEntry, DirectoryInode, type Inode } from "../../wasi/vfs/inode.js";

const NO_USAGE: FileSystemUsage = { blockSize: 4096, blocks: 0, freeBlocks: 0, files: 0, freeFiles: 0 };

/**
 * What the guest attaches to: a directory with the filesystems in it, `0`, `1` and so on, because Linux mounts a channel only
 * once. The agent then binds each of them to its place.
 */
export class ExportRoot implements FileSystem {
  readonly type = "9p";
  readonly magic = 0;
  readonly dev = 0;
  readonly readOnly = true;
  readonly root: DirectoryInode;

  constructor(exports: readonly FileSystem[]) {
    this.root = new ExportDirectory(this, exports);
  }

  usage(): FileSystemUsage {
    return NO_USAGE;
  }
}

class ExportDirectory extends DirectoryInode {
  constructor(
    fs: ExportRoot,
    private readonly exports: readonly FileSystem[],
  ) {
    super(fs, 1, { mode: S_IFDIR | 0o755, time: { sec: 0, nsec: 0 } });
  }

  lookup(name: string): Inode | undefined {
    return /^\d+$/.test(name) ? this.exports[Number(name)]?.root : undefined;
  }

  *entries(from: number): IterableIterator<DirectoryEntry> {
    for (const [index, { root }] of this.exports.entries())
      if (index >= from) yield { next: index + 1, name: String(index), ino: root.ino, type: S_IFDIR };
  }

  get empty(): boolean {
    return this.exports.length === 0;
  }
}
