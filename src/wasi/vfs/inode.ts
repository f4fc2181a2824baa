import type { S_IFMT } from "../abi/linux/stat.js";

/** A point in time as the kernel keeps it: whole seconds since 1970 (may be negative) and 0 to 999,999,999 nanoseconds. */
export interface Timespec {
  readonly sec: number;
  readonly nsec: number;
}

/** Sets `mode & S_IFMT` apart from the permission bits. */
export type FileTypeBits = typeof S_IFMT;

/**
 * What every file of every filesystem has (inode(7)). A filesystem extends `DirectoryInode`, `RegularInode`, `SymlinkInode` or
 * `SpecialInode`. Permission checks and path walking are above this, in the VFS: these methods do what they are told.
 */
export abstract class Inode {
  /** Unique within its filesystem. */
  abstract readonly ino: number;
  /** The device number of its filesystem (st_dev). */
  abstract readonly dev: number;
  /** File type and permission bits. */
  abstract mode: number;
  abstract uid: number;
  abstract gid: number;
  abstract nlink: number;
  /** Size in bytes as stat(2) reports it. */
  abstract readonly size: number;
  /** The space it takes, in units of 512 bytes. */
  abstract readonly blocks: number;
  /** Major << 8 | minor, for device files; 0 otherwise. */
  readonly rdev: number = 0;
  abstract atime: Timespec;
  abstract mtime: Timespec;
  abstract ctime: Timespec;
  abstract readonly btime: Timespec;
}
