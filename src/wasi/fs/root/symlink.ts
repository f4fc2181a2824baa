import { S_IFLNK } from "../../abi/linux/stat.js";
import { type InodeInit, SymlinkInode, targetSize } from "../../vfs/inode.js";
import type { BaseSymlink } from "../base/tree.js";
import type { MemfsLink, MemfsNode } from "../memfs/store.js";
import type { RootFs } from "./root-fs.js";
import type { StoredInode } from "./stored-inode.js";

/** A symbolic link. It never changes, so one of the base tree is in the store only when it has been moved or linked. */
export class RootSymlink extends SymlinkInode implements StoredInode {
  private readonly base: BaseSymlink | undefined;
  private node: MemfsNode | undefined;

  constructor(
    override readonly fs: RootFs,
    ino: number,
    init: InodeInit,
    from: { base: BaseSymlink } | { target: string },
  ) {
    super(fs, ino, init);
    if ("base" in from) this.base = from.base;
    else this.node = this.store(from.target);
  }

  readlink(): string {
    return this.node?.symlink ?? this.base?.target ?? "";
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

  protected override evict(): void {
    if (this.node === undefined) return;
    this.fs.store.refund(this.node.symlink.length);
    this.fs.store.dropNode(this.node);
  }

  private store(target: string): MemfsNode {
    const { store } = this.fs;
    store.charge(target.length);
    const node = store.newNode(S_IFLNK);
    node.makeSymlink(target);
    return node;
  }
}
