import { S_IFDIR, S_IFMT, S_ISGID, S_ISUID } from "../../abi/linux/stat.js";
import { Errno } from "../../errno.js";
import type { AttributeChange, Inode, Timespec } from "../../vfs/inode.js";
import type { HostStat } from "./host-directory.js";
import type { HostFs } from "./host-fs.js";

/** An inode that stands for a file of the host. Its attributes are as they were when it was last looked up or refreshed. */
export interface MountedInode extends Inode {
  readonly fs: HostFs;
  readonly identity: string;
  /** The host says this of it now. */
  update(stat: HostStat): void;
}

/** What of the host's changing of attributes is done by inode type. */
interface AttributeSetter {
  setMode(mode: number): void;
  setTimes(atime: Timespec, mtime: Timespec): void;
}

/**
 * The permission bits are the host's, but for set-user-ID and set-group-ID of files: what a mounted directory holds never runs as
 * somebody else, neither in the guest nor, put there by the guest, on the host.
 */
export function visibleMode(mode: number): number {
  return (mode & S_IFMT) === S_IFDIR ? mode : mode & ~(S_ISUID | S_ISGID);
}

/** EPERM for a mode that would let a file run as somebody else. */
export function demandPlainMode(mode: number): void {
  if (visibleMode(mode) !== mode) throw Errno.EPERM;
}

export function updateFrom(inode: MountedInode, stat: HostStat): void {
  const { uid, gid } = inode.fs.owners.of(stat.identity);
  inode.mode = visibleMode(stat.mode);
  inode.uid = uid;
  inode.gid = gid;
  inode.nlink = stat.nlink;
  inode.atime = stat.atime;
  inode.mtime = stat.mtime;
  inode.ctime = stat.ctime;
}

export function changeAttributes(
  inode: MountedInode,
  { mode, uid = inode.uid, gid = inode.gid, atime, mtime }: AttributeChange,
  host: AttributeSetter,
): void {
  if (mode !== undefined) {
    demandPlainMode(mode);
    host.setMode(mode & ~S_IFMT);
  }
  if (uid !== inode.uid || gid !== inode.gid) inode.fs.owners.set(inode.identity, { uid, gid });
  if (atime !== undefined || mtime !== undefined) host.setTimes(atime ?? inode.atime, mtime ?? inode.mtime);
  inode.refresh();
}
