import { O_NOATIME, SEEK_CUR, SEEK_DATA, SEEK_END, SEEK_HOLE, SEEK_SET } from "../abi/linux/fcntl.js";
import { FIONREAD } from "../abi/linux/ioctl.js";
import { S_ISGID, S_ISUID } from "../abi/linux/stat.js";
import { Errno } from "../errno.js";
import { isPrivileged } from "../kernel/credentials.js";
import { OpenFile } from "../kernel/open-file.js";
import type { Process } from "../kernel/process.js";
import { demandSize, MAX_FILE_SIZE, setSize, touchAccessed, touchModified } from "./attributes.js";
import type { RegularInode, Timespec } from "./inode.js";
import { withoutPrivilegeBits } from "./permission.js";

/** An open regular file: a file offset over an inode. */
export class RegularFile extends OpenFile {
  /** The file offset. */
  position = 0;

  constructor(
    readonly inode: RegularInode,
    flags: number,
    private readonly clock: { now(): Timespec },
  ) {
    super(flags);
    inode.retain();
  }

  override read(into: Uint8Array): number {
    const count = this.readAt(into, this.position);
    this.position += count;
    return count;
  }

  override readAt(into: Uint8Array, offset: number): number {
    if (into.length === 0) return 0;
    const count = this.inode.read(into, offset);
    if ((this.flags & O_NOATIME) === 0) touchAccessed(this.inode, this.clock.now());
    return count;
  }

  override write(from: Uint8Array, process: Process): number {
    if (this.append) this.position = this.currentSize;
    const count = this.writeAt(from, this.position, process);
    this.position += count;
    return count;
  }

  /** With O_APPEND the offset is not used: Linux appends (pwrite(2), BUGS). */
  override writeAt(from: Uint8Array, offset: number, process: Process): number {
    const { inode } = this;
    const at = this.append ? this.currentSize : offset;
    const bytes = this.withinLimit(from, at, process);
    if (bytes.length === 0) return 0;
    const count = inode.write(bytes, at);
    touchModified(inode, this.clock.now());
    if ((inode.mode & (S_ISUID | S_ISGID)) !== 0 && !isPrivileged(process.credentials)) {
      inode.mode = withoutPrivilegeBits(inode.mode);
    }
    return count;
  }

  override seek(offset: number, whence: number): number {
    const target = this.seekTarget(offset, whence);
    if (!(target >= 0 && target <= MAX_FILE_SIZE)) throw Errno.EINVAL;
    this.position = target;
    return target;
  }

  private seekTarget(offset: number, whence: number): number {
    switch (whence) {
      case SEEK_SET:
        return offset;
      case SEEK_CUR:
        return this.position + offset;
      case SEEK_END:
        return this.currentSize + offset;
      case SEEK_DATA:
      case SEEK_HOLE: {
        const size = this.currentSize;
        if (offset < 0 || offset >= size) throw Errno.ENXIO;
        if (whence === SEEK_HOLE) return this.inode.seekHole(offset);
        const data = this.inode.seekData(offset);
        if (data >= size) throw Errno.ENXIO;
        return data;
      }
      default:
        throw Errno.EINVAL;
    }
  }

  override truncate(size: number, process: Process): void {
    if (size > this.currentSize) demandSize(process, size);
    setSize(this.inode, size, process, this.clock.now());
  }

  override ioctl(request: number, argument: number, process: Process): number {
    if (request !== FIONREAD) return super.ioctl(request, argument, process);
    process.memory.setI32(argument, this.currentSize - this.position);
    return 0;
  }

  /** What of `from` may be written at `offset`: up to RLIMIT_FSIZE and the largest file size, or EFBIG for nothing at all. */
  private withinLimit(from: Uint8Array, offset: number, process: Process): Uint8Array {
    const end = Math.min(process.limits.fileSize, MAX_FILE_SIZE);
    if (from.length === 0 || offset + from.length <= end) return from;
    demandSize(process, offset + 1);
    return from.subarray(0, end - offset);
  }

  private get currentSize(): number {
    this.inode.refresh();
    return this.inode.size;
  }

  protected override onClose(): void {
    this.inode.release();
  }
}
