import type { FileSystem, FileSystemUsage } from "../../vfs/file-system.js";
import type { Inode, InodeInit, Timespec } from "../../vfs/inode.js";
import type { BaseTree } from "../base/tree.js";
import type { Layer } from "../layer/layer.js";
import { LayerTree } from "../layer/tree.js";
import type { MemfsStore } from "../memfs/store.js";
import { RootDirectory } from "./directory.js";
import { RootFile } from "./file.js";
import { freeze } from "./freeze.js";
import type { LowerEntry, LowerNode } from "./lower.js";
import { RootSpecial } from "./special.js";
import type { StoredInode } from "./stored-inode.js";
import { RootSymlink } from "./symlink.js";

const OVERLAYFS_SUPER_MAGIC = 0x794c7630;
const BLOCK = 4096;

/**
 * The filesystem at `/`: everything written, in memfs, over the read-only base tree, or over a layer of what was written to
 * another one. Each file is one inode object with one number from the beginning; it takes its content from below until the
 * first change moves it into the store, so that open files and hard links notice nothing. A new RootFs over the same tree is an
 * unused one: that is how files are reset.
 */
export class RootFs implements FileSystem {
  readonly type = "overlay";
  readonly magic = OVERLAYFS_SUPER_MAGIC;
  readonly readOnly = false;
  readonly root: RootDirectory;
  /** Inodes of lower files that something has looked up, by number. */
  private readonly lookedUp = new Map<number, StoredInode>();
  private readonly layer: LayerTree | undefined;
  /** All four times of the files of the base. */
  private readonly baseTime: Timespec;
  private lastIno: number;

  /** With a layer that holds more than there is room for: ENOSPC. */
  constructor(
    private readonly base: BaseTree,
    readonly store: MemfsStore,
    private readonly clock: { now(): Timespec },
    readonly dev = 0x1c,
    layer?: Layer,
  ) {
    this.layer = layer && new LayerTree(layer, base);
    const summary = this.layer?.summary;
    if (summary !== undefined) store.adopt(summary);
    this.baseTime = summary?.baseTime ?? base.time;
    this.lastIno = summary?.lastIno ?? base.endIno;
    this.root = this.wrap(base.root) as RootDirectory;
    this.lookedUp.set(this.root.ino, this.root);
  }

  now(): Timespec {
    return this.clock.now();
  }

  newIno(): number {
    return ++this.lastIno;
  }

  /** The inode of a lower file, the same one every time. */
  inodeOf(entry: LowerEntry | LowerNode, parent: RootDirectory, name: string): Inode {
    let inode = this.lookedUp.get(entry.ino);
    if (inode === undefined) {
      inode = this.wrap(entry);
      inode.parent = parent;
      inode.name = name;
      this.lookedUp.set(entry.ino, inode);
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

  /** All that differs from the base tree. What this filesystem holds of it is shared with the layer from now on. */
  freeze(): Layer {
    const { layer, lookedUp, lastIno, baseTime, base } = this;
    return freeze({ layer, lookedUp, lastIno, baseTime, baseEnd: base.endIno });
  }

  /** A file is gone for good: what it was charged as one of the layer's is given back. */
  disown(inode: StoredInode): void {
    if (this.layer === undefined || inode.ino < this.base.endIno) return;
    const bytes = this.layer.inodeBytes(inode.ino);
    if (bytes !== undefined) this.store.disown(bytes);
  }

  private wrap(entry: LowerEntry | LowerNode): StoredInode {
    const node = this.layer?.resolve(entry) ?? (entry as LowerNode); // without a layer all are of the base
    const { ino, mode, uid, gid, kept } = node;
    const init: InodeInit = {
      mode,
      uid,
      gid,
      time: this.baseTime,
      ...(kept && { times: kept, nlink: kept.nlink }),
    };
    switch (node.kind) {
      case "directory":
        return new RootDirectory(this, ino, { ...init, nlink: 2 + node.subdirectories }, node);
      case "file":
      case "layer file":
        return new RootFile(this, ino, init, { lower: node });
      case "symlink":
        return new RootSymlink(this, ino, init, { lower: node });
      case "special":
        return new RootSpecial(this, ino, { ...init, rdev: node.rdev });
    }
  }
}
