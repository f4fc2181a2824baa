import type { DirectoryInode, RegularInode } from "./inode.js";

/** Numbers as statfs(2) reports them. */
export interface FileSystemUsage {
  readonly blockSize: number;
  readonly blocks: number;
  readonly freeBlocks: number;
  readonly files: number;
  readonly freeFiles: number;
}

/** What can be mounted: a tree of inodes with a name and a number. */
export interface FileSystem {
  /** As in /proc/mounts: `overlay`, `proc`, `tmpfs`. */
  readonly type: string;
  /** The number in `f_type` of statfs(2) (linux/magic.h). */
  readonly magic: number;
  /** Its device number: major << 8 | minor, unique among the mounted filesystems. */
  readonly dev: number;
  readonly readOnly: boolean;
  readonly root: DirectoryInode;
  usage(): FileSystemUsage;
  /** Makes a regular file without a name, gone with its last user; absent where that cannot be done. */
  createUnnamed?(mode: number, uid: number, gid: number): RegularInode;
}
