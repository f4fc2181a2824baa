import { S_IFDIR, S_IFMT } from "../abi/linux/stat.js";
import { Errno } from "../errno.js";
import type { BLOCKED } from "../kernel/blocked.js";
import type { OpenFile } from "../kernel/open-file.js";
import type { Process } from "../kernel/process.js";
import type { FileSystem } from "./file-system.js";
import type { FileLocks } from "./locks.js";
import { encodeName } from "./name.js";

/** A point in time as the kernel keeps it: whole seconds since 1970 (may be negative) and 0 to 999,999,999 nanoseconds. */
export interface Timespec {
  readonly sec: number;
  readonly nsec: number;
}

/** When a file was last read, last written to, last changed in any way, and made. */
export interface InodeTimes {
  readonly atime: Timespec;
  readonly mtime: Timespec;
  readonly ctime: Timespec;
  readonly btime: Timespec;
}

/** What chmod(2), chown(2) and utimensat(2) change; what is not given stays. */
export interface AttributeChange {
  /** File type and permission bits. */
  readonly mode?: number;
  readonly uid?: number;
  readonly gid?: number;
  readonly atime?: Timespec | undefined;
  readonly mtime?: Timespec | undefined;
  /** When the change is made. */
  readonly ctime: Timespec;
}

/** What an inode starts with. */
export interface InodeInit {
  /** File type and permission bits. */
  readonly mode: number;
  /** Default 0, both. */
  readonly uid?: number;
  readonly gid?: number;
  /** All four times, unless they are given one by one. */
  readonly time: Timespec;
  readonly times?: InodeTimes;
  /** Default 1, or 2 for a directory. */
  readonly nlink?: number;
  /** Major << 8 | minor, for device files. Default 0. */
  readonly rdev?: number;
}

/**
 * What every file of every filesystem has (inode(7)). A filesystem extends `DirectoryInode`, `RegularInode`, `SymlinkInode` or
 * `SpecialInode`. Permission checks and path walking are above this, in the VFS: these methods do what they are told.
 */
export abstract class Inode {
  mode: number;
  uid: number;
  gid: number;
  /** 0 once its last name is gone. */
  nlink: number;
  atime: Timespec;
  mtime: Timespec;
  ctime: Timespec;
  readonly btime: Timespec;
  readonly rdev: number;

  /** The directory and the name it was last linked, renamed or found under; a directory has no other. */
  parent: DirectoryInode | undefined = undefined;
  name = "";

  /** Advisory locks; made with the first one. */
  locks: FileLocks | undefined = undefined;

  private users = 0;

  constructor(
    readonly fs: FileSystem,
    /** Unique within its filesystem. */
    readonly ino: number,
    init: InodeInit,
  ) {
    this.mode = init.mode;
    this.uid = init.uid ?? 0;
    this.gid = init.gid ?? 0;
    this.nlink = init.nlink ?? ((init.mode & S_IFMT) === S_IFDIR ? 2 : 1);
    const { time } = init;
    const times = init.times ?? { atime: time, mtime: time, ctime: time, btime: time };
    this.atime = times.atime;
    this.mtime = times.mtime;
    this.ctime = times.ctime;
    this.btime = times.btime;
    this.rdev = init.rdev ?? 0;
  }

  /** The device number of its filesystem (st_dev). */
  get dev(): number {
    return this.fs.dev;
  }
  /** File type bits, to be compared with S_IFREG and so on. */
  get type(): number {
    return this.mode & S_IFMT;
  }
  /** Size in bytes as stat(2) reports it. */
  abstract get size(): number;
  /** The space it takes, in units of 512 bytes. */
  get blocks(): number {
    return 0;
  }

  /** Brings size and attributes up to date, where others than the guest can change them. Looking a file up does so, too. */
  refresh(): void {}

  setAttributes({ mode, uid, gid, atime, mtime, ctime }: AttributeChange): void {
    this.mode = mode ?? this.mode;
    this.uid = uid ?? this.uid;
    this.gid = gid ?? this.gid;
    this.atime = atime ?? this.atime;
    this.mtime = mtime ?? this.mtime;
    this.ctime = ctime;
  }

  /** An open file uses it, whatever happens to its names. */
  retain(): void {
    this.users++;
  }
  release(): void {
    if (--this.users === 0 && this.nlink === 0) this.evict();
  }
  /** One name less. */
  dropLink(count = 1): void {
    this.nlink -= count;
    if (this.nlink === 0 && this.users === 0) this.evict();
  }
  /** Neither named nor in use any more: gives its space back. */
  protected evict(): void {}
}

export interface DirectoryEntry {
  /** Where iteration goes on after this entry; never changes while the entry exists. */
  readonly next: number;
  readonly name: string;
  readonly ino: number;
  /** S_IFREG and so on. */
  readonly type: number;
}

export interface NewFile {
  /** File type and permission bits, the umask already applied. */
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  readonly rdev?: number;
  /** Only for symbolic links. */
  readonly target?: string;
}

/**
 * A directory. `.` and `..` are no entries: the VFS knows them. The changing methods are only called when the change is
 * valid (the name is free, the directory empty, no loop), and throw ENOSPC before they change anything.
 */
export abstract class DirectoryInode extends Inode {
  abstract lookup(name: string): Inode | undefined;
  /** The entries from position `from` (0: the first) on, in order of position. Stays valid while entries come and go. */
  abstract entries(from: number): IterableIterator<DirectoryEntry>;
  /** Above the position of every entry there is now. */
  get endPosition(): number {
    return Number.MAX_SAFE_INTEGER;
  }
  abstract get empty(): boolean;

  get size(): number {
    return 4096;
  }
  override get blocks(): number {
    return 8;
  }

  create(_name: string, _file: NewFile): Inode {
    throw Errno.EPERM;
  }
  link(_name: string, _inode: Inode): void {
    throw Errno.EPERM;
  }
  /** Removes the name of a file that is no directory. */
  unlink(_name: string): void {
    throw Errno.EPERM;
  }
  /** Removes an empty directory. */
  rmdir(_name: string): void {
    throw Errno.EPERM;
  }
  /** Moves an entry to `newName` in `target`, a directory of the same filesystem, replacing what has that name. */
  rename(_name: string, _target: DirectoryInode, _newName: string): void {
    throw Errno.EPERM;
  }
  /** Swaps two existing entries (RENAME_EXCHANGE). */
  exchange(_name: string, _target: DirectoryInode, _newName: string): void {
    throw Errno.EINVAL;
  }
}

/** A program of the base image, compiled in advance. */
export interface Program {
  readonly name: string;
  /** The size of the memory it starts with, in WebAssembly pages of 64 KiB. */
  readonly minPages: number;
}

export abstract class RegularInode extends Inode {
  /** Set while the content is that of a program of the base image, which exec knows without reading it. */
  get program(): Program | undefined {
    return undefined;
  }

  /** open(2) where the content is made at that moment, as in /proc; undefined for an ordinary file. */
  open(_process: Process, _flags: number): OpenFile | undefined {
    return undefined;
  }

  /** Fills `into` from `offset` on; returns the count, which is short only at the end of the file. */
  abstract read(into: Uint8Array, offset: number): number;
  /** Returns the count, which is short when the space runs out on the way; ENOSPC when nothing fits. */
  write(_from: Uint8Array, _offset: number): number {
    throw Errno.EACCES;
  }
  truncate(_size: number): void {
    throw Errno.EACCES;
  }
  /** fsync(2): there is nothing below to write to, unless a filesystem says otherwise. */
  sync(): void {}
  /** Makes sure that writing to the range cannot fail for lack of space. The size does not change. */
  allocate(_offset: number, _length: number): void {
    throw Errno.EOPNOTSUPP;
  }
  /** Makes the range read as zeros and gives its space back. The size does not change. */
  punchHole(_offset: number, _length: number): void {
    throw Errno.EOPNOTSUPP;
  }
  /** The first offset at or after `offset` that holds data, or the size. `offset` is below the size. */
  seekData(offset: number): number {
    return offset;
  }
  /** The first offset at or after `offset` that is in a hole, or the size. `offset` is below the size. */
  seekHole(_offset: number): number {
    return this.size;
  }
}

export abstract class SymlinkInode extends Inode {
  /** Where it points to, for `process`: the links of /proc depend on who asks. */
  abstract readlink(process: Process): string;
  /** The file that a link of /proc leads to whatever its text says, or undefined for a link that is followed by its text. */
  jump(_process: Process): Inode | undefined {
    return undefined;
  }

  override get size(): number {
    return 0;
  }
}

/** A device file, FIFO or socket in a filesystem. */
export abstract class SpecialInode extends Inode {
  /** What a driver keeps with the file: the pipe behind a FIFO, for example. */
  driverState: unknown = undefined;

  /** open(2) of this file; undefined leaves it to the drivers of the VFS, by file type and device number. */
  open(_process: Process, _flags: number): OpenFile | typeof BLOCKED | undefined {
    return undefined;
  }

  get size(): number {
    return 0;
  }
}

/** The size that stat(2) reports for a symbolic link to `target`. */
export function targetSize(target: string): number {
  return encodeName(target).length;
}

export const isDirectory = (inode: Inode): inode is DirectoryInode => inode instanceof DirectoryInode;
export const isRegular = (inode: Inode): inode is RegularInode => inode instanceof RegularInode;
export const isSymlink = (inode: Inode): inode is SymlinkInode => inode instanceof SymlinkInode;
