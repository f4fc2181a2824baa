import { Fd, wasi } from "@bjorn3/browser_wasi_shim";
import { Errno } from "../../errno.js";
import { BLOCKED } from "../../kernel/blocked.js";
import type { OpenFile } from "../../kernel/open-file.js";
import { type Process, pendingCall } from "../../kernel/process.js";
import { changeTimes, demandSize, type NewTime } from "../../vfs/attributes.js";
import { isRegular } from "../../vfs/inode.js";
import { O_APPEND, O_DSYNC, O_NONBLOCK, O_SYNC } from "../linux/fcntl.js";
import { WOULD_BLOCK } from "./errno.js";
import { filetype, KernelFilestat, timespec } from "./filestat.js";

/** The most that one read or write moves at a time; a program asks again for the rest. */
const MAX_TRANSFER = 1 << 20;
const ALL_RIGHTS = 0xffff_ffff_ffff_ffffn;
/** The flags of WASI and of Linux that mean the same. */
const FLAGS = [
  [wasi.FDFLAGS_APPEND, O_APPEND],
  [wasi.FDFLAGS_DSYNC, O_DSYNC],
  [wasi.FDFLAGS_NONBLOCK, O_NONBLOCK],
  [wasi.FDFLAGS_RSYNC, O_SYNC],
  [wasi.FDFLAGS_SYNC, O_SYNC],
] as const;
const ALL_FDFLAGS = 0x1f;
const SUCCESS = wasi.ERRNO_SUCCESS;

/** A descriptor of a WASI program that stands for one of its process. Errors are thrown as Errno. */
export class KernelFile extends Fd {
  constructor(
    readonly process: Process,
    /** The process's descriptor. */
    readonly fd: number,
  ) {
    super();
  }

  protected get file(): OpenFile {
    return this.process.fds.get(this.fd);
  }

  protected get rights(): bigint {
    return ALL_RIGHTS;
  }

  override fd_close(): number {
    this.process.fds.close(this.fd);
    return SUCCESS;
  }

  override fd_read(size: number): { ret: number; data: Uint8Array } {
    const { file, process } = this;
    if (!file.readable) throw Errno.EBADF;
    const call = pendingCall(process);
    const into = new Uint8Array(Math.min(size, MAX_TRANSFER));
    const count = size === 0 ? 0 : afterProgress(call.done, () => file.read(into, process));
    if (count === BLOCKED) {
      if (call.done === 0) throw WOULD_BLOCK;
      return { ret: SUCCESS, data: into.subarray(0, 0) };
    }
    call.done += count;
    return { ret: SUCCESS, data: into.subarray(0, count) };
  }

  /**
   * Takes all of `data` before it answers, as write(2) does. When the call is made again after it had to wait, the bytes that
   * are through already, over all its buffers, are passed over.
   */
  override fd_write(data: Uint8Array): { ret: number; nwritten: number } {
    const { file, process } = this;
    if (!file.writable) throw Errno.EBADF;
    const call = pendingCall(process);
    const progress = writeProgress(process);
    let done = Math.min(data.length, call.done - progress.seen);
    progress.seen += done;
    while (done < data.length) {
      const count = afterProgress(call.done, () => file.write(data.subarray(done), process));
      if (count === BLOCKED) throw WOULD_BLOCK;
      done += count;
      call.done += count;
      progress.seen += count;
      if (count === 0 || isRegular(file.inode)) break;
    }
    return { ret: SUCCESS, nwritten: done };
  }

  override fd_pread(size: number, offset: bigint): { ret: number; data: Uint8Array } {
    if (!this.file.readable) throw Errno.EBADF;
    const into = new Uint8Array(Math.min(size, MAX_TRANSFER));
    return { ret: SUCCESS, data: into.subarray(0, this.file.readAt(into, unsigned(offset))) };
  }

  override fd_pwrite(data: Uint8Array, offset: bigint): { ret: number; nwritten: number } {
    if (!this.file.writable) throw Errno.EBADF;
    const { file, process } = this;
    // Unlike Linux, WASI writes at the offset even with O_APPEND.
    const { flags } = file;
    file.flags &= ~O_APPEND;
    try {
      return { ret: SUCCESS, nwritten: file.writeAt(data, unsigned(offset), process) };
    } finally {
      file.flags = flags;
    }
  }

  override fd_seek(offset: bigint, whence: number): { ret: number; offset: bigint } {
    return { ret: SUCCESS, offset: BigInt(this.file.seek(Number(offset), whence)) };
  }

  override fd_tell(): { ret: number; offset: bigint } {
    return this.fd_seek(0n, wasi.WHENCE_CUR);
  }

  override fd_allocate(offset: bigint, length: bigint): number {
    const { inode, writable } = this.file;
    if (!writable || !isRegular(inode)) throw Errno.EBADF;
    const end = unsigned(offset) + unsigned(length);
    demandSize(this.process, end);
    inode.allocate(unsigned(offset), unsigned(length));
    if (end > inode.size) this.file.truncate(end, this.process);
    return SUCCESS;
  }

  override fd_fdstat_get(): { ret: number; fdstat: wasi.Fdstat } {
    const { inode, flags } = this.file;
    const fdstat = new wasi.Fdstat(filetype(inode.mode), toFdflags(flags));
    fdstat.fs_rights_base = this.rights;
    fdstat.fs_rights_inherited = ALL_RIGHTS;
    return { ret: SUCCESS, fdstat };
  }

  override fd_fdstat_set_flags(flags: number): number {
    const { file } = this;
    file.flags = (file.flags & ~fromFdflags(ALL_FDFLAGS)) | fromFdflags(flags);
    return SUCCESS;
  }

  /** Rights are a matter of the file's permissions here. */
  override fd_fdstat_set_rights(): number {
    return SUCCESS;
  }

  override fd_filestat_get(): { ret: number; filestat: wasi.Filestat } {
    this.file.inode.refresh();
    return { ret: SUCCESS, filestat: new KernelFilestat(this.file.inode) };
  }

  override fd_filestat_set_size(size: bigint): number {
    if (!this.file.writable) throw Errno.EINVAL;
    this.file.truncate(unsigned(size), this.process);
    return SUCCESS;
  }

  override fd_filestat_set_times(atim: bigint, mtim: bigint, flags: number): number {
    const now = this.process.kernel.clock.realtime();
    const [atime, mtime] = newTimes(atim, mtim, flags);
    changeTimes(this.file.inode, atime, mtime, this.process, now);
    return SUCCESS;
  }

  override fd_prestat_get(): { ret: number; prestat: wasi.Prestat | null } {
    throw Errno.EBADF;
  }

  override fd_readdir_single(_cookie: bigint): { ret: number; dirent: wasi.Dirent | null } {
    throw Errno.ENOTDIR;
  }

  override fd_sync(): number {
    return SUCCESS;
  }
}

/** WebAssembly passes 64-bit numbers without saying whether they have a sign. */
function unsigned(value: bigint): number {
  return Number(BigInt.asUintN(64, value));
}

/** The status flags of Linux for flags of WASI. */
export function fromFdflags(fdflags: number): number {
  return FLAGS.reduce((flags, [wasi, linux]) => ((fdflags & wasi) !== 0 ? flags | linux : flags), 0);
}

function toFdflags(flags: number): number {
  return FLAGS.reduce((fdflags, [wasi, linux]) => ((flags & linux) === linux ? fdflags | wasi : fdflags), 0);
}

/** What the `fstflags` of the two calls that set times ask for. */
export function newTimes(atim: bigint, mtim: bigint, flags: number): readonly [NewTime, NewTime] {
  const choose = (time: bigint, set: number, setNow: number): NewTime => {
    if ((flags & set) !== 0 && (flags & setNow) !== 0) throw Errno.EINVAL;
    if ((flags & setNow) !== 0) return "now";
    return (flags & set) !== 0 ? timespec(time) : undefined;
  };
  return [
    choose(atim, wasi.FSTFLAGS_ATIM, wasi.FSTFLAGS_ATIM_NOW),
    choose(mtim, wasi.FSTFLAGS_MTIM, wasi.FSTFLAGS_MTIM_NOW),
  ];
}

/** An error that comes after some bytes have gone through is left to the next call. */
function afterProgress(done: number, transfer: () => number): number {
  try {
    return transfer();
  } catch (error) {
    if (done > 0 && error instanceof Errno) return 0;
    throw error;
  }
}

/** How many of the bytes that are through already a repeated call has come by. */
interface WriteProgress {
  seen: number;
}

function writeProgress(process: Process): WriteProgress {
  const call = pendingCall(process);
  call.scratch ??= { seen: 0 } satisfies WriteProgress;
  return call.scratch as WriteProgress;
}
