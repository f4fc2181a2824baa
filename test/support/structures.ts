import { decodeName } from "../../src/wasi/vfs/name.js";

export interface StatResult {
  readonly mode: number;
  readonly nlink: number;
  readonly uid: number;
  readonly gid: number;
  readonly ino: number;
  readonly size: number;
  readonly blocks: number;
  readonly mtimeNs: bigint;
  readonly ctimeNs: bigint;
  readonly atimeNs: bigint;
  readonly rdevMajor: number;
  readonly rdevMinor: number;
}

/** Reads a struct statx. */
export function readStatx(bytes: Uint8Array): StatResult {
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  const time = (at: number) =>
    view.getBigInt64(at, true) * 1_000_000_000n + BigInt(view.getUint32(at + 8, true));
  return {
    nlink: view.getUint32(16, true),
    uid: view.getUint32(20, true),
    gid: view.getUint32(24, true),
    mode: view.getUint16(28, true),
    ino: Number(view.getBigUint64(32, true)),
    size: Number(view.getBigUint64(40, true)),
    blocks: Number(view.getBigUint64(48, true)),
    atimeNs: time(64),
    ctimeNs: time(96),
    mtimeNs: time(112),
    rdevMajor: view.getUint32(128, true),
    rdevMinor: view.getUint32(132, true),
  };
}

export interface Dirent {
  readonly ino: number;
  readonly next: number;
  readonly type: number;
  readonly name: string;
}

/** Reads the struct linux_dirent64 that getdents64(2) wrote. */
export function readDirents(bytes: Uint8Array): Dirent[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const entries: Dirent[] = [];
  for (let at = 0; at < bytes.length; at += view.getUint16(at + 16, true)) {
    const end = bytes.indexOf(0, at + 19);
    entries.push({
      ino: Number(view.getBigUint64(at, true)),
      next: Number(view.getBigInt64(at + 8, true)),
      type: view.getUint8(at + 18) << 12,
      name: decodeName(bytes.subarray(at + 19, end)),
    });
  }
  return entries;
}
