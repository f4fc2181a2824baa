import { S_IFDIR, S_IFLNK, S_IFMT, S_IFREG } from "../../abi/linux/stat.js";
import { Errno } from "../../errno.js";
import type { FileSystem, FileSystemUsage } from "../../vfs/file-system.js";
import type { InodeInit } from "../../vfs/inode.js";
import { MountedDirectory } from "./directory.js";
import { MountedFile } from "./file.js";
import type { HostDirectory, HostStat } from "./host-directory.js";
import { IdleHandles } from "./idle-handles.js";
import type { MountedInode } from "./mounted-inode.js";
import { type Owner, Owners } from "./owners.js";
import { MountedSpecial } from "./special.js";
import { MountedSymlink } from "./symlink.js";

/** HOSTFS_SUPER_MAGIC of linux/fs/hostfs. */
const HOSTFS_SUPER_MAGIC = 0x00c0ffee;
/** Descriptors that are kept open for the next use. */
const IDLE_HANDLES = 128;

/**
 * A directory of the host as a filesystem. Nothing of the host's state is kept: each lookup asks the host, so that what others
 * change there is seen at once. Paths are walked by the VFS alone, one name at a time below an open directory, and symbolic links
 * are followed in the guest's tree, so that none leads out.
 */
export class HostFs implements FileSystem {
  readonly type = "hostfs";
  readonly magic = HOSTFS_SUPER_MAGIC;
  readonly root: MountedDirectory;
  readonly owners: Owners;
  readonly idle = new IdleHandles(IDLE_HANDLES);
  /** One inode for one file, for as long as something refers to it. */
  private readonly inodes = new Map<string, WeakRef<MountedInode>>();
  private readonly collected = new FinalizationRegistry<string>((identity) => {
    if (this.inodes.get(identity)?.deref() === undefined) this.inodes.delete(identity);
  });

  constructor(
    private readonly directory: HostDirectory,
    readonly dev: number,
    options: { readonly readOnly: boolean; readonly owner: Owner },
  ) {
    this.readOnly = options.readOnly;
    this.owners = new Owners(options.owner);
    const stat = directory.statOf("");
    if (stat === undefined) throw Errno.ENOENT;
    this.root = new MountedDirectory(this, stat, INIT, directory);
  }

  readonly readOnly: boolean;

  /** The inode of a file that has just been looked up. */
  inodeOf(stat: HostStat, parent: MountedDirectory, name: string): MountedInode {
    const known = this.inodes.get(stat.identity)?.deref();
    const inode = known ?? this.newInode(stat);
    if (known === undefined) {
      this.inodes.set(stat.identity, new WeakRef(inode));
      this.collected.register(inode, stat.identity);
    } else inode.update(stat);
    inode.parent = parent;
    inode.name = name;
    return inode;
  }

  /** Brings what is known of the directories on the way to `place` up to date; undefined when it cannot be reached. */
  locate(place: string): MountedInode | undefined {
    let at: MountedInode | undefined = this.root;
    for (const name of place.split("/")) {
      if (!(at instanceof MountedDirectory)) return undefined;
      at = at.lookup(name);
    }
    return at;
  }

  usage(): FileSystemUsage {
    return this.directory.usage();
  }

  private newInode(stat: HostStat): MountedInode {
    switch (stat.mode & S_IFMT) {
      case S_IFDIR:
        return new MountedDirectory(this, stat, INIT);
      case S_IFREG:
        return new MountedFile(this, stat, INIT);
      case S_IFLNK:
        return new MountedSymlink(this, stat, INIT);
      default:
        return new MountedSpecial(this, stat, INIT);
    }
  }
}

/** Until the host's are put in. */
const INIT: InodeInit = { mode: 0, time: { sec: 0, nsec: 0 } };
