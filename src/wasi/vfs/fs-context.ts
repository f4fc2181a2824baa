import type { DirectoryInode } from "./inode.js";

/** Where a process stands in the file tree. A forked child gets a clone. */
export class FsContext {
  constructor(
    /** Where absolute paths start (chroot(2)). */
    public root: DirectoryInode,
    /** Where relative paths start. May have been removed. */
    public cwd: DirectoryInode = root,
    /** Permission bits that new files do not get. */
    public umask = 0o022,
  ) {}

  clone(): FsContext {
    return new FsContext(this.root, this.cwd, this.umask);
  }
}
