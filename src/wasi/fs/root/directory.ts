import { S_IFDIR, S_IFLNK, S_IFMT, S_IFREG } from "../../abi/linux/stat.js";
import {
  type DirectoryEntry,
  DirectoryInode,
  type Inode,
  type InodeInit,
  isDirectory,
  type NewFile,
  type Timespec,
} from "../../vfs/inode.js";
import type { LayerData, LayerName } from "../layer/layer.js";
import type { MemfsLink } from "../memfs/store.js";
import { RootFile } from "./file.js";
import type { LowerDirectory } from "./lower.js";
import type { RootFs } from "./root-fs.js";
import { RootSpecial } from "./special.js";
import type { Entry, StoredInode } from "./stored-inode.js";
import { RootSymlink } from "./symlink.js";

/** A directory: the lower entries that have not been taken away, and those in the store. */
export class RootDirectory extends DirectoryInode implements StoredInode {
  private stored: MemfsLink | undefined;
  /** Names of lower entries that have been removed, renamed or replaced. */
  private hidden: Set<string> | undefined;
  /** Entries that have been made or have come here, gone or not. */
  private entered = 0;

  constructor(
    override readonly fs: RootFs,
    ino: number,
    init: InodeInit,
    private readonly lower?: LowerDirectory,
  ) {
    super(fs, ino, init);
  }

  lookup(name: string): Inode | undefined {
    const entry = this.entry(name);
    if (entry !== undefined) return entry.inode;
    const node = this.lower?.entries.get(name);
    if (node === undefined || this.hidden?.has(name) === true) return undefined;
    return this.fs.inodeOf(node, this, name);
  }

  get empty(): boolean {
    const below = (this.lower?.entries.size ?? 0) - (this.hidden?.size ?? 0);
    return below + (this.stored?.children.size ?? 0) === 0;
  }

  override get endPosition(): number {
    return (this.lower?.entries.size ?? 0) + this.entered;
  }

  *entries(from: number): IterableIterator<DirectoryEntry> {
    let next = 0;
    for (const [name, node] of this.lower?.entries ?? []) {
      next++;
      if (next > from && this.hidden?.has(name) !== true)
        yield { next, name, ino: node.ino, type: node.mode & S_IFMT };
    }
    for (const [name, link] of this.stored?.children ?? []) {
      const { position, inode } = link as Entry;
      if (position > from) yield { next: position, name, ino: inode.ino, type: inode.type };
    }
  }

  override create(name: string, file: NewFile): Inode {
    this.fs.store.demandRoom(2, file.target?.length);
    const inode = this.newInode(file);
    this.enter(name, inode, inode.linkForName());
    if (isDirectory(inode)) this.nlink++;
    this.modified(inode.btime);
    return inode;
  }

  override link(name: string, inode: Inode): void {
    this.fs.store.demandRoom(2);
    this.enter(name, inode as StoredInode, (inode as StoredInode).linkForName());
    inode.nlink++;
    inode.ctime = this.fs.now();
    this.modified(inode.ctime);
  }

  override unlink(name: string): void {
    const now = this.fs.now();
    this.discard(name, now);
    this.modified(now);
  }

  override rmdir(name: string): void {
    this.unlink(name);
  }

  override rename(name: string, target: DirectoryInode, newName: string): void {
    const to = target as RootDirectory;
    const now = this.fs.now();
    const { inode, link } = this.linked(name);
    to.table();
    if (to.lookup(newName) !== undefined) to.discard(newName, now);
    this.takeOut(name);
    to.enter(newName, inode, link);
    if (isDirectory(inode)) {
      this.nlink--;
      to.nlink++;
    }
    inode.ctime = now;
    this.modified(now);
    to.modified(now);
  }

  override exchange(name: string, target: DirectoryInode, newName: string): void {
    const to = target as RootDirectory;
    const now = this.fs.now();
    const one = this.linked(name);
    const other = to.linked(newName);
    to.table();
    this.table();
    this.takeOut(name);
    to.takeOut(newName);
    this.enter(name, other.inode, other.link);
    to.enter(newName, one.inode, one.link);
    const moved = (isDirectory(one.inode) ? 1 : 0) - (isDirectory(other.inode) ? 1 : 0);
    this.nlink -= moved;
    to.nlink += moved;
    one.inode.ctime = now;
    other.inode.ctime = now;
    this.modified(now);
    to.modified(now);
  }

  /** A directory has one link, which both is its entry in its parent and holds its own entries. */
  linkForName(): MemfsLink {
    return this.table();
  }
  dropLinkForName(): void {}

  frozen(): LayerData {
    const { stored, hidden } = this;
    const change = this.lower?.change;
    if (stored === undefined && hidden === undefined && change === undefined) return { kind: "none" };
    const isLeft = (name: string): boolean => hidden?.has(name) !== true;
    const gone = [...(hidden ?? [])].filter((name) => change?.added.has(name) !== true);
    const entries: LayerName[] = [];
    for (const [name, { ino, mode }] of change?.added ?? [])
      if (isLeft(name)) entries.push({ name, ino, type: mode & S_IFMT });
    for (const [name, link] of stored?.children ?? []) {
      const { ino, type } = (link as Entry).inode;
      entries.push({ name, ino, type });
    }
    return { kind: "directory", hidden: [...(change?.hidden ?? []), ...gone], entries };
  }

  protected override evict(): void {
    if (this.stored !== undefined) {
      this.fs.store.dropNode(this.stored.getNode());
      this.fs.store.dropLink();
      this.stored = undefined;
    }
    this.fs.disown(this);
  }

  /** What has been made here or come here. */
  *written(): IterableIterator<StoredInode> {
    for (const link of this.stored?.children.values() ?? []) yield (link as Entry).inode;
  }

  private table(): MemfsLink {
    const { store } = this.fs;
    if (this.stored === undefined) {
      store.demandRoom(1);
      this.stored = store.newLink(store.newNode(S_IFDIR));
    }
    return this.stored;
  }

  private entry(name: string): Entry | undefined {
    return this.stored?.children.get(name) as Entry | undefined;
  }

  /** An existing file of this directory with the link that can be entered elsewhere. */
  private linked(name: string): { inode: StoredInode; link: MemfsLink } {
    const inode = this.lookup(name) as StoredInode;
    return { inode, link: this.entry(name) ?? inode.linkForName() };
  }

  private enter(name: string, inode: StoredInode, link: MemfsLink): void {
    const entry = link as Entry;
    entry.name = name;
    entry.inode = inode;
    this.entered++;
    entry.position = this.endPosition;
    this.table().children.set(name, entry);
    inode.parent = this;
    inode.name = name;
  }

  private takeOut(name: string): boolean {
    if (this.stored?.children.delete(name) === true) return true;
    this.hidden ??= new Set();
    this.hidden.add(name);
    // A name that a layer has is charged like one in the store.
    if (this.lower?.change?.added.has(name) === true) this.fs.store.dropLink();
    return false;
  }

  /** Removes a name and gives up what it led to. */
  private discard(name: string, now: Timespec): void {
    const inode = this.lookup(name) as StoredInode;
    if (this.takeOut(name)) inode.dropLinkForName();
    inode.ctime = now;
    if (isDirectory(inode)) {
      this.nlink--;
      inode.dropLink(inode.nlink);
    } else inode.dropLink();
  }

  private modified(now: Timespec): void {
    this.mtime = now;
    this.ctime = now;
  }

  private newInode({ mode, uid, gid, rdev = 0, target = "" }: NewFile): StoredInode {
    const { fs } = this;
    const init = { mode, uid, gid, rdev, time: fs.now() };
    const ino = fs.newIno();
    switch (mode & S_IFMT) {
      case S_IFDIR:
        return new RootDirectory(fs, ino, init);
      case S_IFREG:
        return new RootFile(fs, ino, init, { node: fs.store.newNode(mode) });
      case S_IFLNK:
        return new RootSymlink(fs, ino, init, { target });
      default:
        return new RootSpecial(fs, ino, init);
    }
  }
}
