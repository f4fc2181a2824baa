import type { Program } from "../../vfs/inode.js";

/** Bytes at hand, text, or bytes that are fetched when something reads the file. */
export type BaseContent = Uint8Array | string | { readonly size: number; readonly load: () => Uint8Array };

/** Owner and permission bits; both default to root's 0755 for directories and programs, 0644 for files. */
export interface BaseAttributes {
  readonly mode?: number;
  readonly uid?: number;
  readonly gid?: number;
}

export interface BaseFileSpec extends BaseAttributes {
  readonly content: BaseContent;
  /** Makes the file a program that exec knows by name. */
  readonly program?: Program;
}

/**
 * One part of what is in the sandbox's filesystem from the start. Paths are absolute and free of symbolic links; directories on
 * the way are made with mode 0755.
 */
export interface BaseImage {
  readonly directories?: Readonly<Record<string, BaseAttributes>>;
  readonly files?: Readonly<Record<string, BaseFileSpec>>;
  /** Path of the link, to its target. */
  readonly symlinks?: Readonly<Record<string, string>>;
  /** Directories that are filled when something looks inside. They take the place of what earlier images have there. */
  readonly lazyDirectories?: Readonly<Record<string, LazyDirectory>>;
}

export interface LazyDirectory {
  /** How many files and directories there are below it. */
  readonly inodes: number;
  /** What is in it, with paths as if it were the root. */
  readonly load: () => BaseImage;
}
