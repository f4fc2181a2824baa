import { S_IFSOCK } from "../../abi/linux/stat.js";
import { Errno } from "../../errno.js";
import { type InodeInit, SpecialInode } from "../../vfs/inode.js";
import type { MountedDirectory } from "./directory.js";
import type { HostStat } from "./host-directory.js";
import type { HostFs } from "./host-fs.js";
import { type MountedInode, updateFrom } from "./mounted-inode.js";

/** A device, FIFO or socket of the host: to be seen, renamed and removed, but whatever is behind it is not the guest's. */
export class MountedSpecial extends SpecialInode implements MountedInode {
  declare parent: MountedDirectory | undefined;
  readonly identity: string;

  constructor(
    override readonly fs: HostFs,
    stat: HostStat,
    init: InodeInit,
  ) {
    super(fs, stat.ino, init);
    this.identity = stat.identity;
    this.update(stat);
  }

  update(stat: HostStat): void {
    updateFrom(this, stat);
  }

  override refresh(): void {
    const { parent } = this;
    if (parent?.lookup(this.name) !== this) this.nlink = 0;
  }

  override setAttributes(): void {
    throw Errno.EPERM;
  }

  override open(): never {
    throw this.type === S_IFSOCK ? Errno.ENXIO : Errno.EACCES;
  }
}
