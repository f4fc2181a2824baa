import { O_ACCMODE, O_CLOEXEC, O_CREAT, O_EXCL, O_NOCTTY, O_TRUNC } from "../abi/linux/fcntl.js";
import { Errno } from "../errno.js";
import type { FileSystem, FileSystemUsage } from "../vfs/file-system.js";
import { type DirectoryInode, SpecialInode, type Timespec } from "../vfs/inode.js";
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

export interface AnonymousInodeInit {
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  readonly time: Timespec;
}

/** The inode behind an open file that has no name in any filesystem: a socket, an eventfd. */
export class AnonymousInode extends SpecialInode {
  constructor(
    fs: FileSystem,
    ino: number,
    init: AnonymousInodeInit,
    /** What /proc/PID/fd shows. */
    readonly label: string,
  ) {
    super(fs, ino, init);
  }

  /** Only pipes can be opened again through /proc/PID/fd. */
  override open(_process: Process, _flags: number): OpenFile {
    throw Errno.ENXIO;
  }
}

/** The inode of pipe(2): opening it through /proc/PID/fd/N or /dev/fd/N makes one more end, at once. */
export class PipeInode extends AnonymousInode {
  constructor(
    readonly pipe: Pipe,
    fs: FileSystem,
    ino: number,
    init: AnonymousInodeInit,
  ) {
    super(fs, ino, init, `pipe:[${ino}]`);
  }

  override open(_process: Process, flags: number): OpenFile {
    return new PipeFile(this.pipe, this, statusFlags(flags));
  }
}

/** The flags of open(2) that stay with the open file; EINVAL when they ask for no access mode that exists. */
export function statusFlags(flags: number): number {
  if ((flags & O_ACCMODE) === O_ACCMODE) throw Errno.EINVAL;
  return flags & ~(O_CREAT | O_EXCL | O_NOCTTY | O_TRUNC | O_CLOEXEC);
}
