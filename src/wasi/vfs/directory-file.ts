import { SEEK_CUR, SEEK_SET } from "../abi/linux/fcntl.js";
import { S_IFDIR } from "../abi/linux/stat.js";
import { Errno } from "../errno.js";
import { OpenFile } from "../kernel/open-file.js";
import type { Process } from "../kernel/process.js";
import { touchAccessed } from "./attributes.js";
import type { DirectoryEntry, DirectoryInode, Timespec } from "./inode.js";

/** Positions of `.` and `..`; the entries of the inode follow, their positions shifted by this many. */
const DOTS = 2;

/** An open directory: a position in its list of entries. */
export class DirectoryFile extends OpenFile {
  private position = 0;
  /** Entries made after the last rewind are left out, so that a program that renames what it reads comes to an end. */
  private end: number;
  private iterator: Iterator<DirectoryEntry> | undefined = undefined;
  private held: DirectoryEntry | undefined = undefined;

  constructor(
    readonly inode: DirectoryInode,
    flags: number,
    private readonly clock: { now(): Timespec },
  ) {
    super(flags);
    inode.retain();
    this.end = inode.endPosition;
  }

  /** The next entry, `.` and `..` first; the same again until `accept` is called. Undefined at the end. */
  peek(parentIno: number): DirectoryEntry | undefined {
    if (this.held !== undefined && this.stillThere(this.held)) return this.held;
    this.held = undefined;
    const { inode, position } = this;
    if (position === 0) {
      touchAccessed(inode, this.clock.now());
      this.held = { next: 1, name: ".", ino: inode.ino, type: S_IFDIR };
    } else if (position === 1) this.held = { next: DOTS, name: "..", ino: parentIno, type: S_IFDIR };
    else {
      this.iterator ??= inode.entries(position - DOTS);
      const { value, done } = this.iterator.next();
      if (done === true || value.next > this.end) return undefined;
      this.held = { ...value, next: value.next + DOTS };
    }
    return this.held;
  }

  /** An entry that did not fit into the last buffer may be gone by the next. */
  private stillThere({ name, next }: DirectoryEntry): boolean {
    return next <= DOTS || this.inode.lookup(name) !== undefined;
  }

  accept(): void {
    if (this.held === undefined) return;
    this.position = this.held.next;
    this.held = undefined;
  }

  override read(_into: Uint8Array, _process: Process): number {
    throw Errno.EISDIR;
  }
  override readAt(): number {
    throw Errno.EISDIR;
  }

  override seek(offset: number, whence: number): number {
    const target = whence === SEEK_SET ? offset : whence === SEEK_CUR ? this.position + offset : -1;
    if (target < 0) throw Errno.EINVAL;
    if (target !== this.position || target === 0) {
      this.position = target;
      this.iterator = undefined;
      this.held = undefined;
      if (target === 0) this.end = this.inode.endPosition;
    }
    return target;
  }

  protected override onClose(): void {
    this.inode.release();
  }
}
