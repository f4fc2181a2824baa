import type { FileStatus, StatFile } from "../../../machine/calls/files.js";
import { fileType } from "../../../machine/files/file-type.js";
import { AT_FDCWD } from "../../abi/linux/fcntl.js";
import type { Process } from "../../kernel/process.js";
import { type Inode, isSymlink, type Timespec } from "../../vfs/inode.js";

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
    ...(isSymlink(inode) && { target: inode.readlink(who) }),
  };
}

export function toMs({ sec, nsec }: Timespec): number {
  return sec * 1000 + Math.floor(nsec / 1e6);
}
