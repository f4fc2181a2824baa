import type { Inode } from "../../vfs/inode.js";

/** Size of struct stat as fstat64 and fstatat64 of the generic 32-bit ABI fill it (arch/wasm32/kstat.h of guest/libc). */
export const KSTAT_SIZE = 104;

/** Fills the struct stat at the start of `into`; seconds are cut to 32 bits, which is why the C library prefers statx. */
export function writeKstat(into: Uint8Array<ArrayBuffer>, inode: Inode): void {
  into.fill(0);
  const view = new DataView(into.buffer, into.byteOffset, into.byteLength);
  view.setBigUint64(0, BigInt(inode.dev), true);
  view.setBigUint64(8, BigInt(inode.ino), true);
  view.setUint32(16, inode.mode, true);
  view.setUint32(20, inode.nlink, true);
  view.setUint32(24, inode.uid, true);
  view.setUint32(28, inode.gid, true);
  view.setBigUint64(32, BigInt(inode.rdev), true);
  view.setBigInt64(48, BigInt(inode.size), true);
  view.setInt32(56, BLOCK_SIZE, true);
  view.setBigInt64(64, BigInt(inode.blocks), true);
  [inode.atime, inode.mtime, inode.ctime].forEach(({ sec, nsec }, index) => {
    view.setInt32(72 + index * 8, sec, true);
    view.setInt32(76 + index * 8, nsec, true);
  });
}

const BLOCK_SIZE = 4096;
