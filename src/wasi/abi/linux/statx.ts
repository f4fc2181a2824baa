import type { Inode, Timespec } from "../../vfs/inode.js";

/** Size of struct statx (linux/stat.h). */
export const STATX_SIZE = 256;

/** STATX_BASIC_STATS | STATX_BTIME: what every inode has. */
const STATX_HERE = 0xfff;
const BLOCK_SIZE = 4096;

/** Fills a struct statx. */
export function writeStatx(into: Uint8Array, inode: Inode): void {
  const view = new DataView(into.buffer, into.byteOffset, STATX_SIZE);
  into.fill(0);
  view.setUint32(0, STATX_HERE, true);
  view.setUint32(4, BLOCK_SIZE, true);
  view.setUint32(16, inode.nlink, true);
  view.setUint32(20, inode.uid, true);
  view.setUint32(24, inode.gid, true);
  view.setUint16(28, inode.mode, true);
  setU64(view, 32, inode.ino);
  setU64(view, 40, inode.size);
  setU64(view, 48, inode.blocks);
  setTime(view, 64, inode.atime);
  setTime(view, 80, inode.btime);
  setTime(view, 96, inode.ctime);
  setTime(view, 112, inode.mtime);
  view.setUint32(128, inode.rdev >>> 8, true);
  view.setUint32(132, inode.rdev & 0xff, true);
  view.setUint32(136, inode.dev >>> 8, true);
  view.setUint32(140, inode.dev & 0xff, true);
}

/** struct statx_timestamp. */
function setTime(view: DataView, at: number, { sec, nsec }: Timespec): void {
  view.setUint32(at, sec >>> 0, true);
  view.setInt32(at + 4, Math.floor(sec / 0x1_0000_0000), true);
  view.setUint32(at + 8, nsec, true);
}

function setU64(view: DataView, at: number, value: number): void {
  view.setUint32(at, value >>> 0, true);
  view.setUint32(at + 4, Math.floor(value / 0x1_0000_0000), true);
}
