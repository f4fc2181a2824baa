import { S_IFDIR, S_IFLNK, S_IFMT, S_IFREG } from "../../abi/linux/stat.js";
import { Errno } from "../../errno.js";
import {
  type AttributeChange,
  type DirectoryEntry,
  DirectoryInode,
  type Inode,
  type InodeInit,
  isDirectory,
  type NewFile,
} from "../../vfs/inode.js";
import { MountedFile } from "./file.js";
import type { HostDirectory, HostStat } from "./host-directory.js";
import type { HostFs } from "./host-fs.js";
import type { Idle } from "./idle-handles.js";
import { changeAttributes, demandPlainMode, type MountedInode, updateFrom } from "./mounted-inode.js";

/** Entries that are read before it is looked again whether the directory is in its place. */
const PLACE_CHECK = 32;

/** A directory of the host. */
export class MountedDirectory extends DirectoryInode implements MountedInode, Idle {
  declare parent: MountedDirectory | undefined;
  readonly identity: string;
  /** Where it was when it was last looked up or used, below the mounted directory. */
  private place: string | undefined;
  private lastNames: readonly string[] = [];

  /** `handle`: only for the mounted directory itself, which stays open. */
  constructor(
    override readonly fs: HostFs,
    stat: HostStat,
    init: InodeInit,
    private handle?: HostDirectory,
  ) {
    super(fs, stat.ino, init);
    this.identity = stat.identity;
    this.isRoot = handle !== undefined;
    if (this.isRoot) this.place = "";
    this.update(stat);
  }

  private readonly isRoot: boolean;

  update(stat: HostStat): void {
    updateFrom(this, stat);
  }

  override refresh(): void {
    const stat = this.inside()?.statOf("");
    if (stat !== undefined) this.update(stat);
  }

  override setAttributes(change: AttributeChange): void {
    const here = this.here;
    changeAttributes(this, change, {
      setMode: (mode) => here.setMode("", this.identity, mode),
      setTimes: (atime, mtime) => here.setTimes("", atime, mtime),
    });
  }

  /**
   * The open directory, if it still lies in the mounted one. A guest may be in a directory when somebody on the host moves it
   * elsewhere; then it is to the guest as if it had been removed.
   */
  inside(): HostDirectory | undefined {
    let handle = this.open();
    let place = handle?.place();
    if (place === undefined && this.parent !== undefined) {
      // It may have been found in another place since it was opened.
      this.closeIdle();
      handle = this.open();
      place = handle?.place();
    }
    if (handle === undefined || place === undefined) return this.gone();
    return place === this.place || this.fs.locate(place) === this ? handle : this.gone();
  }

  /** ENOENT when it is not there any more. */
  get here(): HostDirectory {
    const inside = this.inside();
    if (inside === undefined) throw Errno.ENOENT;
    return inside;
  }

  lookup(name: string): MountedInode | undefined {
    const stat = this.inside()?.statOf(name);
    if (stat === undefined) return undefined;
    const inode = this.fs.inodeOf(stat, this, name);
    if (inode instanceof MountedDirectory) inode.place = this.isRoot ? name : `${this.place}/${name}`;
    return inode;
  }

  get empty(): boolean {
    return this.here.isEmpty();
  }

  /** Goes on in the list of names that was read last: what has gone since is left out, what has come is not in it. */
  *entries(from: number): IterableIterator<DirectoryEntry> {
    if (from === 0 || from > this.lastNames.length) this.lastNames = this.inside()?.names() ?? [];
    const names = this.lastNames;
    for (let next = from + 1; next <= names.length; next++) {
      const name = names[next - 1] ?? "";
      // It may be moved while it is read, but looking for each entry would take as long as the reading.
      const here = next % PLACE_CHECK === 0 ? this.inside() : this.open();
      const stat = here?.statOf(name);
      if (stat !== undefined) yield { next, name, ino: stat.ino, type: stat.mode & S_IFMT };
    }
  }

  override create(name: string, file: NewFile): Inode {
    const { here } = this;
    const mode = file.mode & 0o7777;
    switch (file.mode & S_IFMT) {
      case S_IFREG:
        demandPlainMode(file.mode);
        return this.created(name, file, here.createFile(name, mode));
      case S_IFDIR:
        here.makeDirectory(name, mode);
        return this.created(name, file);
      case S_IFLNK:
        here.makeSymlink(name, file.target ?? "");
        return this.created(name, file);
      default:
        throw Errno.EPERM;
    }
  }

  override link(name: string, inode: Inode): void {
    const { parent } = inode;
    if (!(parent instanceof MountedDirectory) || parent.lookup(inode.name) !== inode) throw Errno.ENOENT;
    parent.here.link(inode.name, this.here, name);
    inode.refresh();
    this.refresh();
  }

  override unlink(name: string): void {
    const inode = this.lookup(name);
    this.here.unlink(name);
    if (inode !== undefined) lost(inode);
    this.refresh();
  }

  override rmdir(name: string): void {
    const inode = this.lookup(name);
    this.here.removeDirectory(name);
    if (inode !== undefined) lost(inode);
    this.refresh();
  }

  override rename(name: string, target: DirectoryInode, newName: string): void {
    const to = target as MountedDirectory;
    const replaced = to.lookup(newName);
    this.here.rename(name, to.here, newName);
    if (replaced !== undefined) lost(replaced);
    to.lookup(newName);
    this.refresh();
    to.refresh();
  }

  closeIdle(): void {
    this.handle?.close();
    this.handle = undefined;
  }

  private created(
    name: string,
    { uid, gid }: NewFile,
    handle?: ReturnType<HostDirectory["createFile"]>,
  ): Inode {
    const inode = this.lookup(name);
    if (inode === undefined) {
      handle?.close();
      throw Errno.ENOENT;
    }
    if (handle !== undefined) {
      if (inode instanceof MountedFile && handle.stat().identity === inode.identity) inode.take(handle);
      else handle.close();
    }
    if (inode.uid !== uid || inode.gid !== gid) {
      this.fs.owners.set(inode.identity, { uid, gid });
      inode.refresh();
    }
    this.refresh();
    return inode;
  }

  private open(): HostDirectory | undefined {
    if (this.isRoot) return this.handle;
    if (this.handle === undefined) {
      this.handle = this.parent?.inside()?.openDirectory(this.name, this.identity);
      if (this.handle === undefined) return undefined;
    }
    this.fs.idle.used(this);
    return this.handle;
  }

  private gone(): undefined {
    this.nlink = 0;
    return undefined;
  }
}

/** A name of it has been removed. */
function lost(inode: MountedInode): void {
  if (isDirectory(inode)) inode.nlink = 0;
  else inode.dropLink();
  if (inode.nlink === 0) inode.fs.owners.forget(inode.identity);
}
