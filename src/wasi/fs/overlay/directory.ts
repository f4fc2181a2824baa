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
import { OverlayFile } from "./file.js";
import type { OverlayFs } from "./overlay-fs.js";
import { detach, followLower, makeDiffer, type OverlayInode } from "./overlay-inode.js";
import { OverlaySpecial } from "./special.js";
import { OverlaySymlink } from "./symlink.js";

/** What an entry that is kept here takes of memory, and one that hides another. */
const HELD_BYTES = 2048;
const HIDDEN_BYTES = 256;
/** Entries below have smaller positions; the first is that of those that are below too. */
const HELD_POSITIONS = 2 ** 40;

interface Held {
  readonly inode: OverlayInode;
  /** It is the changed form of the entry below. */
  readonly inPlace: boolean;
  readonly position: number;
}

/** A directory: what is kept here, and the entries below that are neither hidden nor replaced. */
export class OverlayDirectory extends DirectoryInode implements OverlayInode {
  declare parent: OverlayDirectory | undefined;
  detached: boolean;
  differs = false;
  private readonly held = new Map<string, Held>();
  /** Names of entries below that have been removed or renamed. */
  private readonly hidden = new Set<string>();
  private lastPosition = HELD_POSITIONS;

  constructor(
    override readonly fs: OverlayFs,
    ino: number,
    init: InodeInit,
    public lower?: DirectoryInode | undefined,
  ) {
    super(fs, ino, init);
    this.detached = lower === undefined;
  }

  override refresh(): void {
    this.lower?.refresh();
    followLower(this);
  }
  override setAttributes(change: AttributeChange): void {
    makeDiffer(this);
    super.setAttributes(change);
  }

  lookup(name: string): OverlayInode | undefined {
    const held = this.held.get(name);
    if (held === undefined) {
      const below = this.below(name);
      return below === undefined ? undefined : this.fs.over(below, this, name);
    }
    const { inode, inPlace } = held;
    // Somebody may have put another directory in the place of the one below.
    if (inPlace && inode instanceof OverlayDirectory) {
      const below = this.lower?.lookup(name);
      inode.lower = below !== undefined && isDirectory(below) ? below : undefined;
    }
    return inode;
  }

  get empty(): boolean {
    return this.entries(0).next().done === true;
  }

  override get endPosition(): number {
    return this.lastPosition;
  }

  *entries(from: number): IterableIterator<DirectoryEntry> {
    const seen = new Set<string>();
    for (const entry of from < HELD_POSITIONS ? (this.lower?.entries(from) ?? []) : []) {
      const held = this.held.get(entry.name);
      if (held === undefined ? this.isHidden(entry) : !held.inPlace) continue;
      seen.add(entry.name);
      yield held === undefined ? entry : { ...entry, ino: held.inode.ino, type: held.inode.type };
    }
    for (const [name, { inode, position }] of this.held) {
      if (position > from && !seen.has(name))
        yield { next: position, name, ino: inode.ino, type: inode.type };
    }
  }

  override create(name: string, file: NewFile): Inode {
    detach(this);
    const inode = this.newInode(file);
    this.enter(name, inode);
    if (isDirectory(inode)) this.nlink++;
    this.modified();
    return inode;
  }

  override link(name: string, inode: Inode): void {
    detach(this);
    detach(inode as OverlayInode);
    this.enter(name, inode as OverlayInode);
    inode.nlink++;
    inode.ctime = this.fs.now();
    this.modified();
  }

  override unlink(name: string): void {
    detach(this);
    this.discard(name);
    this.modified();
  }

  override rmdir(name: string): void {
    this.unlink(name);
  }

  override rename(name: string, target: DirectoryInode, newName: string): void {
    const to = target as OverlayDirectory;
    detach(this);
    detach(to);
    const inode = this.lookup(name);
    if (inode === undefined) throw Errno.ENOENT;
    detach(inode);
    if (to.lookup(newName) !== undefined) to.discard(newName);
    this.takeOut(name);
    to.enter(newName, inode);
    if (isDirectory(inode)) {
      this.nlink--;
      to.nlink++;
    }
    inode.ctime = this.fs.now();
    this.modified();
    to.modified();
  }

  /** Keeps an entry that has been found below. */
  hold(name: string, inode: OverlayInode): void {
    if (this.held.has(name) || inode.lower === undefined) return;
    detach(this);
    this.fs.store.charge(HELD_BYTES);
    this.held.set(name, { inode, inPlace: true, position: HELD_POSITIONS });
  }

  /** What is kept here, with what is below under the same name. */
  *kept(): IterableIterator<{ name: string; inode: OverlayInode; below: Inode | undefined }> {
    for (const name of [...this.held.keys()].sort()) {
      const inode = this.lookup(name);
      if (inode !== undefined) yield { name, inode, below: this.lower?.lookup(name) };
    }
  }

  /** What has been taken away and not replaced. */
  *removed(): IterableIterator<{ name: string; below: Inode }> {
    for (const name of [...this.hidden].sort()) {
      const below = this.held.has(name) ? undefined : this.lower?.lookup(name);
      if (below !== undefined) yield { name, below };
    }
  }

  protected override evict(): void {
    this.fs.store.refund(this.hidden.size * HIDDEN_BYTES);
    this.hidden.clear();
    this.fs.drop(this);
  }

  /** An entry below that has been taken away here, or a directory that is kept elsewhere. */
  private isHidden({ name, type }: DirectoryEntry): boolean {
    return this.hidden.has(name) || (type === S_IFDIR && this.lookup(name) === undefined);
  }

  private below(name: string): Inode | undefined {
    return this.hidden.has(name) ? undefined : this.lower?.lookup(name);
  }

  private enter(name: string, inode: OverlayInode): void {
    this.fs.store.charge(HELD_BYTES);
    this.held.set(name, { inode, inPlace: false, position: ++this.lastPosition });
    inode.parent = this;
    inode.name = name;
  }

  private takeOut(name: string): void {
    if (this.below(name) !== undefined) {
      this.fs.store.charge(HIDDEN_BYTES);
      this.hidden.add(name);
    }
    if (this.held.delete(name)) this.fs.store.refund(HELD_BYTES);
  }

  /** Removes a name and gives up what it led to. */
  private discard(name: string): void {
    const inode = this.lookup(name);
    if (inode === undefined) return;
    detach(inode);
    this.takeOut(name);
    inode.ctime = this.fs.now();
    if (isDirectory(inode)) {
      this.nlink--;
      inode.dropLink(inode.nlink);
    } else inode.dropLink();
  }

  private modified(): void {
    this.mtime = this.fs.now();
    this.ctime = this.mtime;
  }

  private newInode({ mode, uid, gid, rdev = 0, target = "" }: NewFile): OverlayInode {
    const { fs } = this;
    const init = { mode, uid, gid, rdev, time: fs.now() };
    const ino = fs.newIno();
    switch (mode & S_IFMT) {
      case S_IFDIR:
        return new OverlayDirectory(fs, ino, init);
      case S_IFREG:
        return new OverlayFile(fs, ino, init);
      case S_IFLNK:
        return new OverlaySymlink(fs, ino, init, target);
      default:
        return new OverlaySpecial(fs, ino, init);
    }
  }
}
