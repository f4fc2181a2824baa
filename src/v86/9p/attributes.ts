import { S_IFDIR, S_IFLNK } from "../../wasi/abi/linux/stat.js";
import type { FileSystem } from "../../wasi/vfs/file-system.js";
import type { AttributeChange, Inode, Timespec } from "../../wasi/vfs/inode.js";
import type { Body, Request } from "./messages.js";

const QTDIR = 0x80;
const QTSYMLINK = 0x02;
/** All of the basic fields. */
const STATS_BASIC = 0x7ff;
const V9FS_MAGIC = 0x01021997;
const BLOCK = 4096;
const NAME_MAX = 255;

/** Bits of `valid` in a setattr request. */
const SET_MODE = 1;
const SET_UID = 2;
const SET_GID = 4;
const SET_SIZE = 8;
const SET_ATIME = 0x10;
const SET_MTIME = 0x20;
const ATIME_GIVEN = 0x80;
const MTIME_GIVEN = 0x100;

/** What tells files apart: type, version, and a number that is unique among all that is exported. */
export function writeQid(body: Body, type: number, fs: FileSystem, ino: number): Body {
  const kind = type === S_IFDIR ? QTDIR : type === S_IFLNK ? QTSYMLINK : 0;
  return body
    .u8(kind)
    .u32(0)
    .u64((BigInt(fs.dev) << 54n) ^ BigInt(ino));
}

export function writeAttributes(body: Body, inode: Inode): Body {
  const { type, fs, ino, mode, uid, gid, nlink, rdev, size, blocks, atime, mtime, ctime } = inode;
  writeQid(body.u64(STATS_BASIC), type, fs, ino)
    .u32(mode)
    .u32(uid)
    .u32(gid)
    .u64(nlink, rdev, size, BLOCK, blocks);
  for (const { sec, nsec } of [atime, mtime, ctime]) body.u64(sec, nsec);
  return body.u64(0, 0, 0, 0);
}

export interface Change {
  readonly attributes: AttributeChange | undefined;
  readonly size: number | undefined;
}

export function readChange(request: Request, { type }: Inode, now: Timespec): Change {
  const valid = request.u32();
  const [mode, uid, gid] = [request.u32(), request.u32(), request.u32()];
  const size = request.u64();
  const readTime = (set: number, given: number): Timespec | undefined => {
    const time = { sec: request.i64(), nsec: request.i64() };
    if ((valid & set) === 0) return undefined;
    return (valid & given) !== 0 ? time : now;
  };
  const atime = readTime(SET_ATIME, ATIME_GIVEN);
  const mtime = readTime(SET_MTIME, MTIME_GIVEN);
  const attributes: AttributeChange = {
    ...((valid & SET_MODE) !== 0 && { mode: type | (mode & 0o7777) }),
    ...((valid & SET_UID) !== 0 && { uid }),
    ...((valid & SET_GID) !== 0 && { gid }),
    atime,
    mtime,
    ctime: now,
  };
  const wanted = SET_MODE | SET_UID | SET_GID | SET_ATIME | SET_MTIME;
  return {
    attributes: (valid & wanted) !== 0 ? attributes : undefined,
    size: (valid & SET_SIZE) !== 0 ? size : undefined,
  };
}

export function writeUsage(body: Body, fs: FileSystem): Body {
  const { blockSize, blocks, freeBlocks, files, freeFiles } = fs.usage();
  return body
    .u32(V9FS_MAGIC)
    .u32(blockSize)
    .u64(blocks, freeBlocks, freeBlocks, files, freeFiles, fs.dev)
    .u32(NAME_MAX);
}
