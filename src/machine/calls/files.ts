/** What a machine does with files, with the rights of the session's user and seen from the shell's directory. */
export interface FileCalls {
  /** Throws an Errno-like error (`code`, `message`) when the file cannot be read. */
  readFile(file: ReadFile): FileContent | Promise<FileContent>;
  /** In their order, up to the first that fails with a FileFailure. Returns the number of bytes written. */
  writeFiles(files: readonly WriteFile[]): number | Promise<number>;
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

export interface WriteFile {
  readonly path: string;
  readonly bytes: Uint8Array;
  /** Permission bits of a new file; an existing file keeps its own unless this is given. */
  readonly mode: number | undefined;
  readonly append: boolean;
  readonly createDirs: boolean;
}

/** One of several files that a call is about has failed, for `cause`. */
export class FileFailure extends Error {
  constructor(
    readonly path: string,
    override readonly cause: unknown,
  ) {
    super();
  }
}
