import { O_ACCMODE, O_APPEND, O_NONBLOCK, O_RDONLY, O_WRONLY } from "../abi/linux/fcntl.js";
import { Errno } from "../errno.js";
import type { DirectoryInode, Inode } from "../vfs/inode.js";
import type { Result } from "./blocked.js";
import type { Process } from "./process.js";
import type { WaitQueue } from "./wait-queue.js";

/** poll(2) events. */
export const POLLIN = 0x001;
export const POLLPRI = 0x002;
export const POLLOUT = 0x004;
export const POLLERR = 0x008;
export const POLLHUP = 0x010;
export const POLLNVAL = 0x020;
export const POLLRDHUP = 0x2000;

/**
 * An open file description (open(2)): what file descriptors refer to, shared by dup(2) and fork(2). It holds the
 * status flags and, where there is one, the file offset. It is closed when the last descriptor goes.
 *
 * The base class is a file that can do nothing; a subclass implements what its kind of file can do.
 */
export abstract class OpenFile {
  /** Number of file descriptors that refer to it. */
  private references = 0;
  /** Access mode and status flags as F_GETFL reports them. */
  flags: number;
  /** The directory and the name it was opened by, for the links of /proc/PID/fd; undefined when it was not opened by path. */
  openedAs: { readonly parent: DirectoryInode; readonly name: string } | undefined = undefined;

  constructor(flags: number) {
    this.flags = flags;
  }

  /** The inode that fstat(2), fchmod(2), fchown(2) and futimens(3) act on. */
  abstract readonly inode: Inode;

  get readable(): boolean {
    return (this.flags & O_ACCMODE) !== O_WRONLY;
  }
  get writable(): boolean {
    return (this.flags & O_ACCMODE) !== O_RDONLY;
  }
  get nonblocking(): boolean {
    return (this.flags & O_NONBLOCK) !== 0;
  }
  get append(): boolean {
    return (this.flags & O_APPEND) !== 0;
  }

  /** read(2): fills `into` from the file offset; returns the count, 0 at end of file, or BLOCKED. */
  read(_into: Uint8Array, _process: Process): Result {
    throw Errno.EINVAL;
  }
  /** write(2): returns how many bytes were taken, possibly fewer than given, or BLOCKED. */
  write(_from: Uint8Array, _process: Process): Result {
    throw Errno.EINVAL;
  }
  /** pread(2): the file offset is not used or changed. */
  readAt(_into: Uint8Array, _offset: number): number {
    throw Errno.ESPIPE;
  }
  /** pwrite(2). */
  writeAt(_from: Uint8Array, _offset: number, _process: Process): number {
    throw Errno.ESPIPE;
  }
  /** lseek(2): returns the new offset. */
  seek(_offset: number, _whence: number): number {
    throw Errno.ESPIPE;
  }
  /** ftruncate(2). */
  truncate(_size: number, _process: Process): void {
    throw Errno.EINVAL;
  }
  /** ioctl(2) on this kind of file. Every program asks whether its output is a terminal: no is not worth an exception. */
  ioctl(_request: number, _argument: number, _process: Process): Result {
    return -Errno.ENOTTY.number;
  }
  /** The poll(2) events that hold now, of POLLIN, POLLOUT, POLLERR, POLLHUP. */
  poll(): number {
    return POLLIN | POLLOUT;
  }
  /** The queues that are woken when `poll` may have changed; none for files that never block. */
  waitQueues(): readonly WaitQueue[] {
    return [];
  }
  /** Called when the last descriptor is gone. */
  protected onClose(): void {}

  /** Whether any descriptor refers to it. */
  get inUse(): boolean {
    return this.references > 0;
  }

  retain(): void {
    this.references++;
  }
  release(): void {
    if (--this.references > 0) return;
    this.inode.locks?.releaseOwner(this);
    this.onClose();
  }
}
