import { wasi } from "@bjorn3/browser_wasi_shim";
import type { Inode, Timespec } from "../../vfs/inode.js";
import { S_IFBLK, S_IFCHR, S_IFDIR, S_IFLNK, S_IFMT, S_IFREG, S_IFSOCK } from "../linux/stat.js";

/** The WASI file type for the type bits of a mode. WASI has none for pipes. */
export function filetype(mode: number): number {
  switch (mode & S_IFMT) {
    case S_IFREG:
      return wasi.FILETYPE_REGULAR_FILE;
    case S_IFDIR:
      return wasi.FILETYPE_DIRECTORY;
    case S_IFLNK:
      return wasi.FILETYPE_SYMBOLIC_LINK;
    case S_IFCHR:
      return wasi.FILETYPE_CHARACTER_DEVICE;
    case S_IFBLK:
      return wasi.FILETYPE_BLOCK_DEVICE;
    case S_IFSOCK:
      return wasi.FILETYPE_SOCKET_STREAM;
    default:
      return wasi.FILETYPE_UNKNOWN;
  }
}

/** The shim's structure with all its fields, at the offsets that the WASI witx gives. */
export class KernelFilestat extends wasi.Filestat {
  constructor(inode: Inode) {
    super(BigInt(inode.ino), filetype(inode.mode), BigInt(inode.size));
    this.dev = BigInt(inode.dev);
    this.nlink = BigInt(inode.nlink);
    this.atim = nanoseconds(inode.atime);
    this.mtim = nanoseconds(inode.mtime);
    this.ctim = nanoseconds(inode.ctime);
  }

  override write_bytes(view: DataView, ptr: number): void {
    view.setBigUint64(ptr, this.dev, true);
    view.setBigUint64(ptr + 8, this.ino, true);
    view.setBigUint64(ptr + 16, BigInt(this.filetype), true);
    view.setBigUint64(ptr + 24, this.nlink, true);
    view.setBigUint64(ptr + 32, this.size, true);
    view.setBigUint64(ptr + 40, this.atim, true);
    view.setBigUint64(ptr + 48, this.mtim, true);
    view.setBigUint64(ptr + 56, this.ctim, true);
  }
}

function nanoseconds({ sec, nsec }: Timespec): bigint {
  return BigInt(sec) * 1_000_000_000n + BigInt(nsec);
}

export function timespec(nanoseconds: bigint): Timespec {
  return { sec: Number(nanoseconds / 1_000_000_000n), nsec: Number(nanoseconds % 1_000_000_000n) };
}
