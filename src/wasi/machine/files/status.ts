import type { FileStatus, StatFile } from "../../../machine/calls/files.js";
import { fileType } from "../../../machine/files/file-type.js";
import { AT_FDCWD } from "../../abi/linux/fcntl.js";
import { Errno } from "../../errno.js";
import type { Process } from "../../kernel/process.js";
import { type Inode, isSymlink, type SymlinkInode, type Timespec } from "../../vfs/inode.js";

export function stat(who: Process, { path, follow }: StatFile): FileStatus {
  return statusOf(who, who.kernel.vfs.lookup(who, AT_FDCWD, path, follow));
}

export function statusOf(who: Process, inode: Inode): FileStatus {
  const { size, mode, mtime, uid, gid } = inode;
  return {
    type: fileType(mode),
    size,
    mode: mode & 0o7777,
    mtimeMs: toMs(mtime),
    uid,
    gid,
    ...(isSymlink(inode) && { target: targetOf(who, inode) }),
  };
}

/** Links of /proc may lead nowhere, or not be for everyone to read; then this is empty. */
function targetOf(who: Process, link: SymlinkInode): string {
  try {
    return link.readlink(who);
  } catch (error) {
    if (error instanceof Errno) return "";
    throw error;
  }
}

export function toMs({ sec, nsec }: Timespec): number {
  return sec * 1000 + Math.floor(nsec / 1e6);
}
