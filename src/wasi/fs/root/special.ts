import { type InodeInit, SpecialInode } from "../../vfs/inode.js";
import type { LayerData } from "../layer/layer.js";
import type { MemfsLink, MemfsNode } from "../memfs/store.js";
import type { RootFs } from "./root-fs.js";
import type { StoredInode } from "./stored-inode.js";

/** A device file, FIFO or socket that somebody made. What it does is up to the drivers of the kernel. */
export class RootSpecial extends SpecialInode implements StoredInode {
  private node: MemfsNode | undefined;

  constructor(
    override readonly fs: RootFs,
    ino: number,
    init: InodeInit,
  ) {
    super(fs, ino, init);
  }

  linkForName(): MemfsLink {
    this.node ??= this.store();
    return this.fs.store.newLink(this.node);
  }
  dropLinkForName(): void {
    this.fs.store.dropLink();
  }

  frozen(): LayerData {
    return { kind: "none" };
  }

  protected override evict(): void {
    if (this.node !== undefined) this.fs.store.dropNode(this.node);
    this.fs.disown(this);
  }

  private store(): MemfsNode {
    const node = this.fs.store.newNode(this.mode);
    node.rdev = this.rdev;
    return node;
  }
}
