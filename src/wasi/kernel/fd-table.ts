import { Errno } from "../errno.js";
import type { OpenFile } from "./open-file.js";

/** The file descriptors of one process (open(2)): each names an open file and carries its own close-on-exec flag. */
export class FdTable {
  private readonly files: (OpenFile | undefined)[] = [];
  private readonly closeOnExec = new Set<number>();

  constructor(
    /** RLIMIT_NOFILE: descriptors are below this number. */
    public limit: number,
  ) {}

  /** The open file behind `fd`; EBADF when there is none. */
  get(fd: number): OpenFile {
    const file = this.files[fd];
    if (file === undefined) throw Errno.EBADF;
    return file;
  }

  find(fd: number): OpenFile | undefined {
    return this.files[fd];
  }

  /** EMFILE when every descriptor is taken. */
  demandFree(): void {
    this.lowestFree(0);
  }

  /** Gives `file` the lowest free descriptor that is at least `from`; EMFILE when none is left. */
  allocate(file: OpenFile, closeOnExec = false, from = 0): number {
    const fd = this.lowestFree(from);
    this.put(fd, file, closeOnExec);
    return fd;
  }

  /** Makes `fd` refer to `file`, closing what it was before (dup3(2)). */
  set(fd: number, file: OpenFile, closeOnExec = false): void {
    if (fd < 0 || fd >= this.limit) throw Errno.EBADF;
    const previous = this.files[fd];
    file.retain();
    this.files[fd] = file;
    this.setCloseOnExec(fd, closeOnExec);
    if (previous !== undefined) this.drop(previous);
  }

  close(fd: number): void {
    const file = this.get(fd);
    this.files[fd] = undefined;
    this.closeOnExec.delete(fd);
    this.drop(file);
  }

  closeAll(): void {
    for (const fd of this.descriptors()) this.close(fd);
  }

  closeForExec(): void {
    for (const fd of [...this.closeOnExec]) this.close(fd);
  }

  isCloseOnExec(fd: number): boolean {
    this.get(fd);
    return this.closeOnExec.has(fd);
  }

  setCloseOnExec(fd: number, on: boolean): void {
    this.get(fd);
    if (on) this.closeOnExec.add(fd);
    else this.closeOnExec.delete(fd);
  }

  /** The descriptors in use, in ascending order. */
  descriptors(): number[] {
    const used: number[] = [];
    this.files.forEach((file, fd) => {
      if (file !== undefined) used.push(fd);
    });
    return used;
  }

  /** The table of a forked child: the same open files under the same numbers. */
  clone(): FdTable {
    const copy = new FdTable(this.limit);
    copy.limit = this.limit;
    this.files.forEach((file, fd) => {
      if (file !== undefined) copy.put(fd, file, this.closeOnExec.has(fd));
    });
    return copy;
  }

  private lowestFree(from: number): number {
    let fd = from;
    while (this.files[fd] !== undefined) fd++;
    if (fd >= this.limit) throw Errno.EMFILE;
    return fd;
  }

  /** A byte-range lock goes when its process closes any descriptor of the file (fcntl(2)). */
  private drop(file: OpenFile): void {
    file.inode.locks?.releaseOwner(this);
    file.release();
  }

  private put(fd: number, file: OpenFile, closeOnExec: boolean): void {
    file.retain();
    this.files[fd] = file;
    if (closeOnExec) this.closeOnExec.add(fd);
    else this.closeOnExec.delete(fd);
  }
}
