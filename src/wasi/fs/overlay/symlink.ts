import type { Process } from "../../kernel/process.js";
import { type AttributeChange, type InodeInit, SymlinkInode, targetSize } from "../../vfs/inode.js";
import type { OverlayDirectory } from "./directory.js";
import type { OverlayFs } from "./overlay-fs.js";
import { followLower, makeDiffer, type OverlayInode } from "./overlay-inode.js";

/** A symbolic link: one below, or one with a text of its own. */
export class OverlaySymlink extends SymlinkInode implements OverlayInode {
  declare parent: OverlayDirectory | undefined;
  readonly lower: SymlinkInode | undefined;
  detached: boolean;
  differs = false;

  constructor(
    override readonly fs: OverlayFs,
    ino: number,
    init: InodeInit,
    private readonly from: SymlinkInode | string,
  ) {
    super(fs, ino, init);
    this.lower = typeof from === "string" ? undefined : from;
    this.detached = this.lower === undefined;
    if (typeof from === "string") fs.store.charge(from.length);
  }

  override get size(): number {
    return typeof this.from === "string" ? targetSize(this.from) : this.from.size;
  }

  override refresh(): void {
    this.lower?.refresh();
    followLower(this);
  }
  override setAttributes(change: AttributeChange): void {
    makeDiffer(this);
    super.setAttributes(change);
  }

  readlink(process: Process): string {
    return typeof this.from === "string" ? this.from : this.from.readlink(process);
  }

  protected override evict(): void {
    if (typeof this.from === "string") this.fs.store.refund(this.from.length);
    this.fs.drop(this);
  }
}
