import type { InodeTimes } from "../../vfs/inode.js";
import type { BaseFile } from "../base/tree.js";
import type { Pieces } from "../memfs/file-body.js";

/** A file below what has been written: one of the base tree, or of the layer over it. Never changes. */
export type LowerNode = LowerDirectory | LowerFile | LayerFile | LowerSymlink | LayerSpecial;

/** What a directory of a layer knows of a file in it. One of the base has the file itself. */
export interface LowerEntry {
  readonly ino: number;
  /** File type, and permission bits that may not be those of now. */
  readonly mode: number;
}

interface LowerFields {
  readonly ino: number;
  /** File type and permission bits. */
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  /** What only a layer knows; a file of the base has its time, and one link. */
  readonly kept?: KeptFields;
}

export interface KeptFields extends InodeTimes {
  readonly nlink: number;
}

export interface LowerDirectory extends LowerFields {
  readonly kind: "directory";
  readonly entries: ReadonlyMap<string, LowerEntry | LowerNode>;
  readonly subdirectories: number;
  /** What a layer changes in a directory of the base; absent in the base itself. */
  readonly change?: DirectoryChange;
}

/** How a directory differs from the one of the base that it stands on, if it does. */
export interface DirectoryChange {
  /** Entries of the base that are gone. */
  readonly hidden: readonly string[];
  readonly added: ReadonlyMap<string, LowerEntry>;
}

/** A regular file with the content of the base. */
export interface LowerFile extends BaseFile {
  readonly kept?: KeptFields;
}

/** A regular file with content of its own. */
export interface LayerFile extends LowerFields {
  readonly kind: "layer file";
  readonly size: number;
  readonly pieces: Pieces;
}

export interface LowerSymlink extends LowerFields {
  readonly kind: "symlink";
  readonly target: string;
}

export interface LayerSpecial extends LowerFields {
  readonly kind: "special";
  readonly rdev: number;
}
