import { type InodeInit, SpecialInode } from "../../vfs/inode.js";
import type { MemfsLink, MemfsNode } from "../memfs/store.js";
import type { RootFs } from "./root-fs.js";
import type { StoredInode } from "./stored-inode.js";

/** A device file, FIFO or socket that somebody made. What it does is up to the drivers of the kernel. */
export class RootSpecial extends SpecialInode implements StoredInode {
  private readonly node: MemfsNode;

  constructor(
    override readonly fs: RootFs,
    ino: number,
    init: InodeInit,
  ) {
    super(fs, ino, init);
    this.node = fs.store.newNode(init.mode);
    this.node.rdev = this.rdev;
  }

  linkForName(): MemfsLink {
    return this.fs.store.newLink(this.node);
  }
  dropLinkForName(): void {
    this.fs.store.dropLink();
  }

  protected override evict(): void {
    this.fs.store.dropNode(this.node);
  }
}
