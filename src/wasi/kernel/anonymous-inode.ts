import { Errno } from "../errno.js";
import type { FileSystem, FileSystemUsage } from "../vfs/file-system.js";
import { type DirectoryInode, type InodeInit, RegularInode, SpecialInode } from "../vfs/inode.js";
import type { OpenFile } from "./open-file.js";
import { type Pipe, PipeFile } from "./pipe.js";
import type { Process } from "./process.js";

/** Where the inodes of files without a name live. It is mounted nowhere. */
export class AnonymousFileSystem implements FileSystem {
  readonly readOnly = false;

  constructor(
    readonly type: string,
    readonly magic: number,
    readonly dev: number,
  ) {}

  get root(): DirectoryInode {
    throw Errno.ENODEV;
  }

  usage(): FileSystemUsage {
    return { blockSize: 4096, blocks: 0, freeBlocks: 0, files: 0, freeFiles: 0 };
  }
}

/** The inode behind an open file that has no name in any filesystem: a socket, an eventfd, the output of a command. */
export class AnonymousInode extends SpecialInode {
  constructor(
    fs: FileSystem,
    ino: number,
    init: InodeInit,
    /** What /proc/PID/fd shows. */
    readonly label: string,
    /** open(2) through /proc/PID/fd/N or /dev/fd/N; without it that is ENXIO. */
    private readonly reopen?: () => OpenFile,
  ) {
    super(fs, ino, init);
  }

  override open(_process: Process, _flags: number): OpenFile {
    if (this.reopen === undefined) throw Errno.ENXIO;
    return this.reopen();
  }
}

/** The inode of pipe(2). Opening it through /proc/PID/fd/N makes one more end, at once. */
export class PipeInode extends AnonymousInode {
  constructor(
    readonly pipe: Pipe,
    fs: FileSystem,
    ino: number,
    init: InodeInit,
  ) {
    super(fs, ino, init, `pipe:[${ino}]`);
  }

  override open(_process: Process, flags: number): OpenFile {
    return new PipeFile(this.pipe, this, flags);
  }
}

/** A regular file without a name whose content never changes. */
export class ContentInode extends RegularInode {
  constructor(
    fs: FileSystem,
    ino: number,
    init: InodeInit,
    private readonly content: Uint8Array,
  ) {
    super(fs, ino, init);
  }

  get size(): number {
    return this.content.length;
  }

  override read(into: Uint8Array, offset: number): number {
    const chunk = this.content.subarray(offset, offset + into.length);
    into.set(chunk);
    return chunk.length;
  }
}
