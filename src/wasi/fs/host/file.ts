import { O_ACCMODE, O_RDONLY } from "../../abi/linux/fcntl.js";
import { Errno } from "../../errno.js";
import type { OpenFile } from "../../kernel/open-file.js";
import type { Process } from "../../kernel/process.js";
import { type AttributeChange, type InodeInit, RegularInode } from "../../vfs/inode.js";
import type { MountedDirectory } from "./directory.js";
import type { HostFile, HostStat } from "./host-directory.js";
import type { HostFs } from "./host-fs.js";
import type { Idle } from "./idle-handles.js";
import { changeAttributes, type MountedInode, updateFrom } from "./mounted-inode.js";

/** A regular file of the host. While something in the guest has it open it is open on the host, so that it outlives its names. */
export class MountedFile extends RegularInode implements MountedInode, Idle {
  declare parent: MountedDirectory | undefined;
  readonly identity: string;
  private lastSize = 0;
  private lastBlocks = 0;
  private handle: HostFile | undefined;
  private openFiles = 0;

  constructor(
    override readonly fs: HostFs,
    stat: HostStat,
    init: InodeInit,
  ) {
    super(fs, stat.ino, init);
    this.identity = stat.identity;
    this.update(stat);
  }

  get size(): number {
    return this.lastSize;
  }
  override get blocks(): number {
    return this.lastBlocks;
  }

  update(stat: HostStat): void {
    updateFrom(this, stat);
    this.lastSize = stat.size;
    this.lastBlocks = stat.blocks;
  }

  override refresh(): void {
    if (this.handle !== undefined) this.update(this.handle.stat());
    else if (this.named() === undefined) this.nlink = 0;
  }

  override setAttributes(change: AttributeChange): void {
    const { handle } = this;
    if (handle !== undefined) return changeAttributes(this, change, handle);
    const parent = this.named()?.here;
    if (parent === undefined) throw Errno.ENOENT;
    changeAttributes(this, change, {
      setMode: (mode) => parent.setMode(this.name, this.identity, mode),
      setTimes: (atime, mtime) => parent.setTimes(this.name, atime, mtime),
    });
  }

  override open(_process: Process, flags: number): OpenFile | undefined {
    this.opened((flags & O_ACCMODE) !== O_RDONLY);
    return undefined;
  }

  read(into: Uint8Array, offset: number): number {
    return this.opened(false).read(into, offset);
  }
  override write(from: Uint8Array, offset: number): number {
    const count = this.opened(true).write(from, offset);
    this.lastSize = Math.max(this.lastSize, offset + count);
    return count;
  }
  override truncate(size: number): void {
    this.opened(true).truncate(size);
    this.lastSize = size;
  }
  override sync(): void {
    this.opened(false).sync();
  }

  /** It has just been made, and is open. */
  take(handle: HostFile): void {
    this.handle?.close();
    this.handle = handle;
    this.fs.idle.used(this);
  }

  override retain(): void {
    super.retain();
    if (this.openFiles++ === 0) this.fs.idle.remove(this);
  }
  override release(): void {
    if (--this.openFiles === 0) this.closeIdle();
    super.release();
  }

  closeIdle(): void {
    this.handle?.close();
    this.handle = undefined;
  }

  protected override evict(): void {
    this.fs.idle.remove(this);
    this.closeIdle();
  }

  private opened(writable: boolean): HostFile {
    const { handle } = this;
    if (handle === undefined) {
      const { parent } = this;
      if (parent === undefined) throw Errno.ENOENT;
      this.handle = parent.here.openFile(this.name, this.identity, writable);
    } else if (writable && !handle.writable) {
      this.handle = handle.reopen();
      handle.close();
    }
    if (this.openFiles === 0) this.fs.idle.used(this);
    return this.handle as HostFile;
  }

  /** The directory that has it under its name, and what is known of it brought up to date. */
  private named(): MountedDirectory | undefined {
    const { parent } = this;
    return parent?.lookup(this.name) === this ? parent : undefined;
  }
}
