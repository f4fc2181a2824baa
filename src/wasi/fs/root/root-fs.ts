import type { FileSystem, FileSystemUsage } from "../../vfs/file-system.js";
import type { Inode, Timespec } from "../../vfs/inode.js";
import type { BaseNode, BaseTree } from "../base/tree.js";
import type { MemfsStore } from "../memfs/store.js";
import { RootDirectory } from "./directory.js";
import { RootFile } from "./file.js";
import { RootSymlink } from "./symlink.js";

const OVERLAYFS_SUPER_MAGIC = 0x794c7630;
const BLOCK = 4096;

/**
 * The filesystem at `/`: everything written, in memfs, over the read-only base tree. Each file is one inode object with one
 * number from the beginning; it takes its content from the base until the first change moves it into the store, so that open
 * files and hard links notice nothing. A new RootFs over the same tree is an unused one: that is how files are reset.
 */
export class RootFs implements FileSystem {
  readonly type = "overlay";
  readonly magic = OVERLAYFS_SUPER_MAGIC;
  readonly readOnly = false;
  readonly root: RootDirectory;
  /** Inodes of base files that something has looked up, by number. */
  private readonly fromBase = new Map<number, Inode>();
  private lastIno: number;

  constructor(
    private readonly base: BaseTree,
    readonly store: MemfsStore,
    private readonly clock: { now(): Timespec },
    readonly dev = 0x1c,
  ) {
    this.lastIno = base.endIno;
    this.root = this.wrap(base.root) as RootDirectory;
  }

  now(): Timespec {
    return this.clock.now();
  }

  newIno(): number {
    return ++this.lastIno;
  }

  /** The inode of a base file, the same one every time. */
  inodeOf(node: BaseNode, parent: RootDirectory, name: string): Inode {
    let inode = this.fromBase.get(node.ino);
    if (inode === undefined) {
      inode = this.wrap(node);
      inode.parent = parent;
      inode.name = name;
      this.fromBase.set(node.ino, inode);
    }
    return inode;
  }

  /** A file without a name, gone with its last user (memfd_create(2)). */
  createUnnamed(mode: number, uid: number, gid: number): RootFile {
    const node = this.store.newNode(mode);
    return new RootFile(this, this.newIno(), { mode, uid, gid, time: this.now(), nlink: 0 }, { node });
  }

  usage(): FileSystemUsage {
    const { store, base } = this;
    return {
      blockSize: BLOCK,
      blocks: Math.floor(store.limitBytes / BLOCK),
      freeBlocks: Math.max(0, Math.floor(store.freeBytes / BLOCK)),
      files: base.endIno + store.usedInodes + store.freeInodes,
      freeFiles: store.freeInodes,
    };
  }

  private wrap(node: BaseNode): Inode {
    const init = { mode: node.mode, uid: node.uid, gid: node.gid, time: this.base.time };
    switch (node.kind) {
      case "directory":
        return new RootDirectory(this, node.ino, { ...init, nlink: 2 + node.subdirectories }, node);
      case "file":
        return new RootFile(this, node.ino, init, { base: node });
      case "symlink":
        return new RootSymlink(this, node.ino, init, { base: node });
    }
  }
}
