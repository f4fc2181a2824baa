import { Errno } from "../../errno.js";
import { type AttributeChange, type InodeInit, SymlinkInode } from "../../vfs/inode.js";
import type { MountedDirectory } from "./directory.js";
import type { HostDirectory, HostStat } from "./host-directory.js";
import type { HostFs } from "./host-fs.js";
import { changeAttributes, type MountedInode, updateFrom } from "./mounted-inode.js";

/** A symbolic link of the host. It is followed by the VFS, in the guest's tree. */
export class MountedSymlink extends SymlinkInode implements MountedInode {
  declare parent: MountedDirectory | undefined;
  readonly identity: string;
  private lastSize = 0;

  constructor(
    override readonly fs: HostFs,
    stat: HostStat,
    init: InodeInit,
  ) {
    super(fs, stat.ino, init);
    this.identity = stat.identity;
    this.update(stat);
  }

  override get size(): number {
    return this.lastSize;
  }

  update(stat: HostStat): void {
    updateFrom(this, stat);
    this.lastSize = stat.size;
  }

  override refresh(): void {
    const { parent } = this;
    if (parent?.lookup(this.name) !== this) this.nlink = 0;
  }

  override setAttributes(change: AttributeChange): void {
    changeAttributes(this, change, {
      setMode: () => {},
      setTimes: (atime, mtime) => this.directory.setTimes(this.name, atime, mtime),
    });
  }

  readlink(): string {
    return this.directory.readlink(this.name);
  }

  private get directory(): HostDirectory {
    const { parent } = this;
    if (parent === undefined) throw Errno.ENOENT;
    return parent.here;
  }
}
