import type { Operation } from "./operations.js";

export interface ShownStat {
  readonly mode: number;
  readonly nlink: number;
  readonly uid: number;
  readonly gid: number;
  /** 0 for a directory: that is each filesystem's own business. */
  readonly size: number;
}

/** `ok`, the name of an errno, a count, or what was asked for. */
export type Outcome =
  | string
  | number
  | { readonly bytes: Uint8Array }
  | { readonly names: readonly string[] }
  | { readonly target: string }
  | { readonly stat: ShownStat };

export interface TreeEntry extends ShownStat {
  readonly ino: bigint;
  readonly mtimeNs: bigint;
  readonly ctimeNs: bigint;
  /** Bytes of a file, target of a symbolic link. */
  readonly content: Uint8Array | string | undefined;
}

/** A filesystem that operations are tried on. */
export interface Side {
  run(operation: Operation): Outcome;
  /** Every file below the directory under test, by path relative to it. */
  tree(): Map<string, TreeEntry>;
  dispose(): void;
}
