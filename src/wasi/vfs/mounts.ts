import { Errno } from "../errno.js";
import type { FileSystem } from "./file-system.js";
import type { DirectoryInode } from "./inode.js";

export interface Mount {
  readonly fs: FileSystem;
  /** The directory that the filesystem covers; undefined for the root of everything. */
  readonly point: DirectoryInode | undefined;
  /** First and fourth field of /proc/mounts. */
  readonly source: string;
  readonly options: string;
}

/** What is mounted where. A filesystem is mounted in one place only, so that an inode alone says where in the tree it is. */
export class Mounts {
  private readonly byPoint = new Map<DirectoryInode, Mount>();
  private readonly byRoot = new Map<DirectoryInode, Mount>();

  constructor(root: FileSystem) {
    this.add({ fs: root, point: undefined, source: root.type, options: "rw,relatime" });
  }

  add(mount: Mount): void {
    if (mount.point !== undefined) {
      if (this.byPoint.has(mount.point)) throw Errno.EBUSY;
      this.byPoint.set(mount.point, mount);
    }
    this.byRoot.set(mount.fs.root, mount);
  }

  /** In the order in which they were mounted. */
  list(): readonly Mount[] {
    return [...this.byRoot.values()];
  }

  isMountPoint(directory: DirectoryInode): boolean {
    return this.byPoint.has(directory);
  }

  /** The directory that is seen at `directory`: the root of what is mounted there, or itself. */
  cross(directory: DirectoryInode): DirectoryInode {
    if (this.byPoint.size === 0) return directory;
    let seen = directory;
    for (let mount = this.byPoint.get(seen); mount !== undefined; mount = this.byPoint.get(seen))
      seen = mount.fs.root;
    return seen;
  }

  /** The mount point under which the root of a filesystem is seen; undefined for any other directory and for `/`. */
  covered(directory: DirectoryInode): DirectoryInode | undefined {
    return this.byRoot.get(directory)?.point;
  }

  /** `..` of a directory, for a process whose root is `root`. */
  parentOf(directory: DirectoryInode, root: DirectoryInode): DirectoryInode {
    let from = directory;
    while (from !== root) {
      const point = this.covered(from);
      if (point === undefined) return this.cross(from.parent ?? from);
      from = point;
    }
    return this.cross(from);
  }
}
