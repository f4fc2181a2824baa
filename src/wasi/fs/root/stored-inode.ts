import type { Inode } from "../../vfs/inode.js";
import type { LayerData } from "../layer/layer.js";
import type { MemfsLink } from "../memfs/store.js";

/** An inode of the root filesystem, which can be entered into a written directory. */
export interface StoredInode extends Inode {
  /** The link for a new name: a new one each time, but for a directory its only one. ENOSPC. */
  linkForName(): MemfsLink;
  /** A name is gone, and its link is not used again. */
  dropLinkForName(): void;
  /** What a layer is to say about it besides its attributes. */
  frozen(): LayerData;
}

/** A link in a written directory, with what memfs has no field for. */
export interface Entry extends MemfsLink {
  inode: StoredInode;
  /** Grows from entry to entry within a directory, so that reading it can go on where it was. */
  position: number;
}
