import type { Edit } from "../files/edits.js";
import type { FileType } from "../files/file-type.js";

/** What a machine does with files, with the rights of the session's user and seen from the shell's directory. */
export interface FileCalls {
  /** Throws an Errno-like error (`code`, `message`) when the file cannot be read. */
  readFile(file: ReadFile): FileContent | Promise<FileContent>;
  /** One result per file, in their order. */
  readFiles(request: ReadFiles): readonly ReadOutcome[] | Promise<readonly ReadOutcome[]>;
  /**
   * All of them or, with a FileFailure for the first that cannot be written, none. Whoever reads one of them sees it as it was or as
   * it is to be: it is written under another name and renamed. Only a file with several names (hard links), or whose owner or
   * directory does not allow that, is written in place. Returns the number of bytes written.
   */
  writeFiles(files: readonly WriteFile[]): number | Promise<number>;
  /** Throws a RefusedCall when an edit does not match as often as it says; then nothing is changed. */
  editFile(file: EditFile): EditedFile | Promise<EditedFile>;
  /** stat(2), or lstat(2) without `follow`. */
  stat(request: StatFile): FileStatus | Promise<FileStatus>;
  /** Directory by directory, the nearest first, and in each by name. */
  listDirectory(request: ListDirectory): Listing | Promise<Listing>;
  /** mkdir(2); with `parents` also those above it, and it is no error that it is there already. */
  makeDirectory(request: MakeDirectory): void | Promise<void>;
  /** unlink(2) or rmdir(2); with `recursive` all that is in a directory, up to the first FileFailure. */
  remove(request: RemoveFile): void | Promise<void>;
  /** rename(2); EEXIST for an existing `to` without `overwrite`. */
  move(request: MoveFile): void | Promise<void>;
}

export interface ReadFile {
  readonly path: string;
  readonly offset: number;
  /** Undefined: to the end. */
  readonly length: number | undefined;
}

export interface FileContent {
  readonly bytes: Uint8Array;
  /** Size of the whole file in bytes. */
  readonly size: number;
  /** Permission bits. */
  readonly mode: number;
  readonly mtimeMs: number;
}

export interface ReadFiles {
  readonly paths: readonly string[];
  /** For all of them together; a file that does not fit any more is EFBIG. */
  readonly maxBytes: number;
}

export type ReadOutcome =
  | { readonly ok: true; readonly content: FileContent }
  | { readonly ok: false; readonly code: string; readonly message: string };

export interface WriteFile {
  readonly path: string;
  readonly bytes: Uint8Array;
  /** Permission bits of a new file; an existing file keeps its own unless this is given. */
  readonly mode: number | undefined;
  readonly append: boolean;
  readonly createDirs: boolean;
  /** A RefusedCall unless the content there is now has this SHA-256 (in hex), or, with null, unless there is no file. */
  readonly ifMatch?: string | null;
}

export interface EditFile {
  readonly path: string;
  /** Each is applied to what those before it have made. */
  readonly edits: readonly Edit[];
  /** As of WriteFile. */
  readonly ifMatch?: string;
}

export interface EditedFile {
  readonly replacements: number;
  /** Of the new content: bytes, and SHA-256 in hex. */
  readonly size: number;
  readonly sha256: string;
}

export interface StatFile {
  readonly path: string;
  readonly follow: boolean;
}

export interface FileStatus {
  readonly type: FileType;
  /** In bytes. */
  readonly size: number;
  /** Permission bits. */
  readonly mode: number;
  readonly mtimeMs: number;
  readonly uid: number;
  readonly gid: number;
  /** Where a symbolic link points to, as a name (wasi/vfs/name.ts). */
  readonly target?: string;
}

/** A listing that takes longer ends with what it has: a machine that does not respond for a minute counts as broken. */
export const LISTING_MS = 20_000;

export interface ListDirectory {
  readonly path: string;
  /** 1: the directory's own entries. */
  readonly depth: number;
  readonly limit: number;
  /** What the names of entries must match; directories that do not are looked into all the same. */
  readonly glob: string | undefined;
}

export interface ListedFile extends FileStatus {
  /** From the listed directory on, as a name (wasi/vfs/name.ts). */
  readonly path: string;
}

export interface Listing {
  readonly entries: readonly ListedFile[];
  /** There are more entries than `limit`, or than could be looked at in LISTING_MS. */
  readonly truncated: boolean;
  /** Directories that could not be looked into, with the errno's name. */
  readonly unreadable: readonly { readonly path: string; readonly code: string }[];
}

export interface MakeDirectory {
  readonly path: string;
  readonly parents: boolean;
  /** Permission bits, whatever the umask; undefined: 0777 less the umask. */
  readonly mode: number | undefined;
}

export interface RemoveFile {
  readonly path: string;
  readonly recursive: boolean;
}

export interface MoveFile {
  readonly from: string;
  readonly to: string;
  readonly overwrite: boolean;
}

/** One of several files that a call is about has failed, for `cause`. */
export class FileFailure extends Error {
  override readonly name = "FileFailure";

  constructor(
    readonly path: string,
    override readonly cause: unknown,
  ) {
    super();
  }
}
