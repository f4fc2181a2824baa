import type { FileSystem, FileSystemUsage } from "../../vfs/file-system.js";
import {
  type Inode,
  type InodeInit,
  isDirectory,
  isRegular,
  isSymlink,
  type Timespec,
} from "../../vfs/inode.js";
import type { MemfsStore } from "../memfs/store.js";
import { OverlayDirectory } from "./directory.js";
import { OverlayFile } from "./file.js";
import { followLower, type OverlayInode } from "./overlay-inode.js";
import { OverlaySpecial } from "./special.js";
import { OverlaySymlink } from "./symlink.js";

const OVERLAYFS_SUPER_MAGIC = 0x794c7630;
const BLOCK = 4096;
/** Numbers of files that are made here begin above those that filesystems of the host use. */
const FIRST_INO = 2 ** 51;

/**
 * What is written, in memory, over another filesystem that is only read and that others may change meanwhile: a file is as it is
 * below until it is changed here, and a directory has the entries below that have not been taken away or replaced here.
 */
export class OverlayFs implements FileSystem {
  readonly type = "overlay";
  readonly magic = OVERLAYFS_SUPER_MAGIC;
  readonly readOnly = false;
  readonly root: OverlayDirectory;
  /** By the file below, for as long as something refers to either. */
  private readonly found = new WeakMap<Inode, OverlayInode>();
  private readonly detached = new Set<OverlayInode>();
  private lastIno = FIRST_INO;

  constructor(
    lower: FileSystem,
    readonly store: MemfsStore,
    private readonly clock: { now(): Timespec },
    readonly dev: number,
  ) {
    this.root = new OverlayDirectory(this, lower.root.ino, initOf(lower.root), lower.root);
    this.found.set(lower.root, this.root);
  }

  now(): Timespec {
    return this.clock.now();
  }

  newIno(): number {
    return ++this.lastIno;
  }

  /** The inode of a file that has just been looked up below; undefined for a directory that has been moved elsewhere here. */
  over(lower: Inode, parent: OverlayDirectory, name: string): OverlayInode | undefined {
    let inode = this.found.get(lower);
    if (inode === undefined || inode.nlink === 0) {
      inode = this.wrap(lower);
      this.found.set(lower, inode);
    } else if (inode.detached && isDirectory(inode)) return undefined;
    else followLower(inode);
    inode.parent = parent;
    inode.name = name;
    return inode;
  }

  /** It has something that the file below has not, until `drop`. */
  keep(inode: OverlayInode): void {
    this.detached.add(inode);
  }
  drop(inode: OverlayInode): void {
    this.detached.delete(inode);
  }

  usage(): FileSystemUsage {
    const { store } = this;
    return {
      blockSize: BLOCK,
      blocks: Math.floor(store.limitBytes / BLOCK),
      freeBlocks: Math.max(0, Math.floor(store.freeBytes / BLOCK)),
      files: store.usedInodes + store.freeInodes,
      freeFiles: store.freeInodes,
    };
  }

  private wrap(lower: Inode): OverlayInode {
    const init = initOf(lower);
    const inode = isDirectory(lower)
      ? new OverlayDirectory(this, lower.ino, init, lower)
      : isRegular(lower)
        ? new OverlayFile(this, lower.ino, init, lower)
        : isSymlink(lower)
          ? new OverlaySymlink(this, lower.ino, init, lower)
          : new OverlaySpecial(this, lower.ino, { ...init, rdev: lower.rdev }, lower);
    followLower(inode);
    return inode;
  }
}

function initOf({ mode, nlink, mtime }: Inode): InodeInit {
  return { mode, nlink, time: mtime };
}
