import type { BLOCKED } from "../../kernel/blocked.js";
import type { OpenFile } from "../../kernel/open-file.js";
import type { Process } from "../../kernel/process.js";
import { type AttributeChange, type Inode, type InodeInit, SpecialInode } from "../../vfs/inode.js";
import type { OverlayDirectory } from "./directory.js";
import type { OverlayFs } from "./overlay-fs.js";
import { followLower, makeDiffer, type OverlayInode } from "./overlay-inode.js";

/** A device file, FIFO or socket: one below, which is for the filesystem below to open, or one that somebody made here. */
export class OverlaySpecial extends SpecialInode implements OverlayInode {
  declare parent: OverlayDirectory | undefined;
  detached: boolean;
  differs = false;

  constructor(
    override readonly fs: OverlayFs,
    ino: number,
    init: InodeInit,
    readonly lower?: Inode,
  ) {
    super(fs, ino, init);
    this.detached = lower === undefined;
  }

  override refresh(): void {
    this.lower?.refresh();
    followLower(this);
  }
  override setAttributes(change: AttributeChange): void {
    makeDiffer(this);
    super.setAttributes(change);
  }

  override open(process: Process, flags: number): OpenFile | typeof BLOCKED | undefined {
    return this.lower instanceof SpecialInode ? this.lower.open(process, flags) : undefined;
  }

  protected override evict(): void {
    this.fs.drop(this);
  }
}
