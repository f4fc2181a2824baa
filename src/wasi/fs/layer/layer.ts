import type { InodeTimes, Timespec } from "../../vfs/inode.js";

/**
 * What has been written to a root filesystem, apart from it and never changed again, so that filesystems in any number of threads
 * can stand on it: a table of the files that differ from the base tree or are not in it, and buffers with their content.
 */
export interface Layer {
  readonly table: SharedArrayBuffer;
  readonly contents: readonly SharedArrayBuffer[];
}

/** One file of a layer. */
export interface LayerFile {
  readonly inode: LayerInode;
  readonly data: LayerData;
}

/** A file of the base tree keeps its number. */
export interface LayerInode extends InodeTimes {
  readonly ino: number;
  /** File type and permission bits. */
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  readonly nlink: number;
  readonly rdev: number;
}

export type LayerData =
  /** As in the base; also what a device, a FIFO or a socket has. */
  | { readonly kind: "none" }
  | { readonly kind: "file"; readonly size: number; readonly pieces: Map<number, Uint8Array> }
  | { readonly kind: "symlink"; readonly target: string }
  | {
      readonly kind: "directory";
      /** Names in the directory of the base with that number that are gone. */
      readonly hidden: readonly string[];
      /** Names that are not in the base, or other files there. */
      readonly entries: readonly LayerName[];
    };

export interface LayerName {
  readonly name: string;
  readonly ino: number;
  /** S_IFREG and so on. */
  readonly type: number;
}

/** What a layer says besides its files. */
export interface LayerSummary {
  /** Of all files of the base that the layer does not have. */
  readonly baseTime: Timespec;
  /** The highest number that a file has had. */
  readonly lastIno: number;
  /** Above every number of a file of the base that it was taken over. */
  readonly baseEnd: number;
  /** What a filesystem that stands on it is charged. */
  readonly inodes: number;
  readonly names: number;
  readonly bytes: number;
}

/**
 * The table: a header, records of one size in ascending order of `ino`, and what they refer to, all of it f64 in the order of bytes of
 * the machine, which is little-endian wherever WebAssembly is at home; then the names, as bytes. Places are counted in f64, but those
 * of names in bytes from the first name on. Offsets within the header and within a record:
 */
export const HEADER = {
  magic: 0,
  version: 1,
  count: 2,
  baseTime: 3,
  lastIno: 4,
  baseEnd: 5,
  inodes: 6,
  names: 7,
  bytes: 8,
  /** Where the first name is. */
  nameBytes: 9,
  size: 10,
} as const;

export const RECORD = {
  ino: 0,
  mode: 1,
  uid: 2,
  gid: 3,
  nlink: 4,
  rdev: 5,
  /** Of `DATA_KINDS`. */
  kind: 6,
  /** Of a file. */
  length: 7,
  /** Where the pieces, or the hidden names and then the entries are. */
  place: 8,
  /** How many pieces or entries. */
  count: 9,
  hidden: 10,
  /** The target of a symbolic link: where it is and how many bytes, as for a name. */
  target: 11,
  /** Seconds and nanoseconds of atime, mtime, ctime and btime. */
  times: 13,
  size: 21,
} as const;

/** One piece of a file: its number, and which bytes of which buffer it is. */
export const PIECE = { number: 0, buffer: 1, offset: 2, length: 3, size: 4 } as const;

/** An entry of a directory; of a hidden name there is only the name. */
export const ENTRY = { name: 0, ino: 2, type: 3, size: 4 } as const;
export const HIDDEN_SIZE = 2;

export const LAYER_MAGIC = 0x46504d4c;
export const LAYER_VERSION = 1;

export const DATA_KINDS = ["none", "file", "symlink", "directory"] as const;
