import type { Inode } from "../../vfs/inode.js";
import type { OverlayDirectory } from "./directory.js";
import type { OverlayFs } from "./overlay-fs.js";

/**
 * An inode of an overlay. Its attributes are those of the file below, as they are now, until something of it is changed; from then
 * on they are its own.
 */
export interface OverlayInode extends Inode {
  readonly fs: OverlayFs;
  parent: OverlayDirectory | undefined;
  /** The file below that it was found as; undefined for one that was made here. */
  readonly lower?: Inode | undefined;
  /** It has attributes of its own. */
  detached: boolean;
  /** Its content or attributes are not those below any more. */
  differs: boolean;
}

/** Brings the attributes up to date. */
export function followLower(inode: OverlayInode): void {
  const { lower } = inode;
  if (lower === undefined || inode.detached) return;
  inode.mode = lower.mode;
  inode.uid = lower.uid;
  inode.gid = lower.gid;
  inode.nlink = lower.nlink;
  inode.atime = lower.atime;
  inode.mtime = lower.mtime;
  inode.ctime = lower.ctime;
}

/** To be called before anything of it is changed: keeps it, and its place. ENOSPC. */
export function detach(inode: OverlayInode): void {
  if (inode.detached) return;
  inode.parent?.hold(inode.name, inode);
  inode.detached = true;
  inode.fs.keep(inode);
}

/** As `detach`, for a change of content or attributes. */
export function makeDiffer(inode: OverlayInode): void {
  detach(inode);
  inode.differs = true;
}
