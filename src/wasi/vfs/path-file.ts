import { Errno } from "../errno.js";
import type { FdTable } from "../kernel/fd-table.js";
import { OpenFile } from "../kernel/open-file.js";
import type { Inode } from "./inode.js";

/** A file opened with O_PATH: a place in the tree that can be passed on, but not read or written (open(2)). */
export class PathFile extends OpenFile {
  constructor(
    readonly inode: Inode,
    flags: number,
  ) {
    super(flags);
    inode.retain();
  }

  override get readable(): boolean {
    return false;
  }
  override get writable(): boolean {
    return false;
  }
  override seek(): number {
    throw Errno.EBADF;
  }
  override ioctl(): number {
    throw Errno.EBADF;
  }

  protected override onClose(): void {
    this.inode.release();
  }
}

/** The open file behind a descriptor, for a call that O_PATH does not allow: EBADF. */
export function openedFile(fds: FdTable, fd: number): OpenFile {
  const file = fds.get(fd);
  if (file instanceof PathFile) throw Errno.EBADF;
  return file;
}
