import { Errno } from "../../wasi/errno.js";
import type { DirectoryEntry, DirectoryInode, Inode } from "../../wasi/vfs/inode.js";

/** A file that the guest refers to by a number. */
export interface Fid {
  inode: Inode;
  /** Who the guest's kernel works for. */
  readonly uid: number;
  /** Its file is open, and stays so until the number is given up. */
  open: boolean;
  /** Writes go to the end. */
  append: boolean;
  reading: DirectoryReading | undefined;
}

/** Beyond this a guest gets ENFILE. */
const MOST_FIDS = 1 << 17;

export class Fids {
  private readonly byNumber = new Map<number, Fid>();

  get(number: number): Fid {
    const fid = this.byNumber.get(number);
    if (fid === undefined) throw Errno.EBADF;
    return fid;
  }

  /** Makes the number stand for `inode`; a number that stood for something else is given up first. */
  set(number: number, inode: Inode, uid: number): void {
    this.drop(number);
    if (this.byNumber.size >= MOST_FIDS) throw Errno.ENFILE;
    this.byNumber.set(number, { inode, uid, open: false, append: false, reading: undefined });
  }

  drop(number: number): void {
    const fid = this.byNumber.get(number);
    this.byNumber.delete(number);
    if (fid?.open === true) fid.inode.release();
  }

  clear(): void {
    for (const number of [...this.byNumber.keys()]) this.drop(number);
  }
}

/** Reading of a directory, which takes several requests. Positions 1 and 2 are those after `.` and `..`. */
export class DirectoryReading {
  private position = 0;
  private iterator: Iterator<DirectoryEntry> | undefined;
  /** An entry for which there was no room in the last answer. */
  private held: DirectoryEntry | undefined;

  constructor(
    private readonly directory: DirectoryInode,
    private readonly parent: Inode,
  ) {}

  seek(position: number): void {
    if (position === this.position && position !== 0) return;
    this.position = position;
    this.iterator = undefined;
    this.held = undefined;
  }

  /** The entry at the position; the same again until `accept`. Undefined at the end. */
  peek(): DirectoryEntry | undefined {
    this.held ??= this.next();
    return this.held;
  }

  accept(): void {
    this.position = this.held?.next ?? this.position;
    this.held = undefined;
  }

  private next(): DirectoryEntry | undefined {
    const { directory, parent, position } = this;
    if (position === 0) return { next: 1, name: ".", ino: directory.ino, type: directory.type };
    if (position === 1) return { next: DOTS, name: "..", ino: parent.ino, type: parent.type };
    this.iterator ??= directory.entries(position - DOTS);
    const { value, done } = this.iterator.next();
    return done === true ? undefined : { ...value, next: value.next + DOTS };
  }
}

const DOTS = 2;
