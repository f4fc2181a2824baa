import type { InodeTimes, Timespec } from "../../vfs/inode.js";
import type { Pieces } from "../memfs/file-body.js";

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
  | { readonly kind: "file"; readonly size: number; readonly pieces: Pieces }
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
 * The table: a header, records of one size in ascending order of `ino`, and what they refer to. Numbers are little-endian; u32
 * unless `F64` is in the name. Offsets within the header and within a record:
 */
export const HEADER = {
  magic: 0,
  version: 4,
  count: 8,
  baseTimeF64: 12,
  lastInoF64: 20,
  baseEndF64: 28,
  inodes: 36,
  names: 40,
  bytesF64: 44,
  size: 52,
} as const;

export const RECORD = {
  inoF64: 0,
  mode: 8,
  uid: 12,
  gid: 16,
  nlink: 20,
  rdev: 24,
  kind: 28,
  sizeF64: 32,
  /** Four times: seconds (F64) and nanoseconds. */
  times: 40,
  /** Where in the table the data is: pieces, hidden names and entries, or the target. */
  offset: 88,
  /** How many pieces, entries, or bytes of a target. */
  count: 92,
  hidden: 96,
  size: 100,
} as const;

/** One piece of a file: its number, and which bytes of which buffer it is. */
export const PIECE = { numberF64: 0, buffer: 8, offsetF64: 12, length: 20, size: 24 } as const;

export const TIME_BYTES = 12;
/** "LMPF" in the order of the bytes. */
export const LAYER_MAGIC = 0x46504d4c;
export const LAYER_VERSION = 1;

export const DATA_KINDS = ["none", "file", "symlink", "directory"] as const;
