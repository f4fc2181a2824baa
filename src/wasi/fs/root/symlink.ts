import { S_IFLNK } from "../../abi/linux/stat.js";
import { type InodeInit, SymlinkInode, targetSize } from "../../vfs/inode.js";
import type { LayerData } from "../layer/layer.js";
import type { MemfsLink, MemfsNode } from "../memfs/store.js";
import type { LowerSymlink } from "./lower.js";
import type { RootFs } from "./root-fs.js";
import type { StoredInode } from "./stored-inode.js";

/** A symbolic link. It never changes, so one that lies below is in the store only when it has been moved or linked. */
export class RootSymlink extends SymlinkInode implements StoredInode {
  private readonly lower: LowerSymlink | undefined;
  private node: MemfsNode | undefined;

  constructor(
    override readonly fs: RootFs,
    ino: number,
    init: InodeInit,
    from: { lower: LowerSymlink } | { target: string },
  ) {
    super(fs, ino, init);
    if ("lower" in from) this.lower = from.lower;
    else this.node = this.store(from.target);
  }

  readlink(): string {
    return this.node?.symlink ?? this.lower?.target ?? "";
  }
  override get size(): number {
    return targetSize(this.readlink());
  }

  linkForName(): MemfsLink {
    this.node ??= this.store(this.readlink());
    return this.fs.store.newLink(this.node);
  }
  dropLinkForName(): void {
    this.fs.store.dropLink();
  }

  frozen(): LayerData {
    return { kind: "symlink", target: this.readlink() };
  }

  protected override evict(): void {
    if (this.node !== undefined) {
      this.fs.store.refund(this.node.symlink.length);
      this.fs.store.dropNode(this.node);
    }
    this.fs.disown(this);
  }

  private store(target: string): MemfsNode {
    const { store } = this.fs;
    store.charge(target.length);
    const node = store.newNode(S_IFLNK);
    node.makeSymlink(target);
    return node;
  }
}
