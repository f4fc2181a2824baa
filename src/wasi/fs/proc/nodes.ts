import { SEEK_CUR, SEEK_END, SEEK_SET } from "../../abi/linux/fcntl.js";
import { Errno } from "../../errno.js";
import { OpenFile } from "../../kernel/open-file.js";
import type { Process } from "../../kernel/process.js";
import {
  type DirectoryEntry,
  DirectoryInode,
  type Inode,
  RegularInode,
  SymlinkInode,
} from "../../vfs/inode.js";
import { encodeName } from "../../vfs/name.js";
import type { ProcFs } from "./proc-fs.js";

/** What makes one entry of a directory of /proc when it is first looked up. */
export type EntryMaker = (fs: ProcFs) => Inode;

/** A directory of /proc with fixed names. */
export class ProcDirectory extends DirectoryInode {
  private readonly made = new Map<string, Inode>();

  constructor(
    protected readonly proc: ProcFs,
    mode: number,
    private readonly makers: Readonly<Record<string, EntryMaker>>,
  ) {
    super(proc, proc.newIno(), { mode, time: proc.kernel.clock.realtime() });
  }

  override lookup(name: string): Inode | undefined {
    const known = this.made.get(name);
    if (known !== undefined) return this.refreshed(known);
    if (!Object.hasOwn(this.makers, name)) return undefined;
    const inode = (this.makers[name] as EntryMaker)(this.proc); // an own property
    inode.parent = this;
    inode.name = name;
    this.made.set(name, inode);
    return this.refreshed(inode);
  }

  override *entries(from: number): IterableIterator<DirectoryEntry> {
    let position = 0;
    for (const name of Object.keys(this.makers)) {
      position++;
      if (position <= from) continue;
      const { ino, type } = this.lookup(name) as Inode; // one of the makers' names
      yield { next: position, name, ino, type };
    }
  }

  /** Nothing can be made in /proc, and Linux says so with ENOENT. */
  override create(): never {
    throw Errno.ENOENT;
  }

  override get empty(): boolean {
    return false;
  }

  override get size(): number {
    return 0;
  }
  override get blocks(): number {
    return 0;
  }

  /** Brings owner and mode of an entry up to date. */
  protected refreshed(inode: Inode): Inode {
    return inode;
  }
}

/** A file whose text is made when it is read, by what the process that opened it may see. */
export class ProcFile extends RegularInode {
  constructor(
    private readonly proc: ProcFs,
    mode: number,
    private readonly text: (who: Process | undefined) => string,
  ) {
    super(proc, proc.newIno(), { mode, time: proc.kernel.clock.realtime() });
  }

  override get size(): number {
    return 0;
  }

  override open(process: Process, flags: number): OpenFile {
    const now = this.proc.kernel.clock.realtime();
    this.mtime = now;
    this.ctime = now;
    return new ProcOpenFile(this, flags, () => encodeName(this.text(process)));
  }

  /** `>` may open it; there is nothing to cut off. */
  override truncate(): void {}

  override read(into: Uint8Array, offset: number): number {
    return copyFrom(encodeName(this.text(undefined)), into, offset);
  }
}

/** As on Linux the text is made when the file is read from its beginning, and stays the same until that happens again. */
class ProcOpenFile extends OpenFile {
  private position = 0;
  private content: Uint8Array | undefined;

  constructor(
    readonly inode: ProcFile,
    flags: number,
    private readonly make: () => Uint8Array,
  ) {
    super(flags);
    inode.retain();
  }

  /** As on Linux a file that takes no input can be opened for writing, but not written. */
  override write(): never {
    throw Errno.EIO;
  }

  override read(into: Uint8Array): number {
    const count = this.readAt(into, this.position);
    this.position += count;
    return count;
  }

  override readAt(into: Uint8Array, offset: number): number {
    if (offset === 0 || this.content === undefined) this.content = this.make();
    return copyFrom(this.content, into, offset);
  }

  override seek(offset: number, whence: number): number {
    const target = offset + (whence === SEEK_CUR ? this.position : 0);
    if (whence === SEEK_END || (whence !== SEEK_SET && whence !== SEEK_CUR) || target < 0) throw Errno.EINVAL;
    this.position = target;
    return target;
  }

  protected override onClose(): void {
    this.inode.release();
  }
}

function copyFrom(content: Uint8Array, into: Uint8Array, offset: number): number {
  const chunk = content.subarray(offset, offset + into.length);
  into.set(chunk);
  return chunk.length;
}

export interface LinkTarget {
  /** What readlink(2) says. */
  readonly text: (who: Process) => string;
  /** Where following the link leads whatever the text says. */
  readonly inode?: (who: Process) => Inode;
}

export class ProcLink extends SymlinkInode {
  constructor(
    proc: ProcFs,
    mode: number,
    private readonly target: LinkTarget,
  ) {
    super(proc, proc.newIno(), { mode, time: proc.kernel.clock.realtime() });
  }

  override readlink(process: Process): string {
    return this.target.text(process);
  }

  override jump(process: Process): Inode | undefined {
    return this.target.inode?.(process);
  }
}
