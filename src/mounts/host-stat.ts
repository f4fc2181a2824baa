import type { BigIntStats } from "node:fs";
import type { HostStat } from "../wasi/fs/host/host-directory.js";
import type { Timespec } from "../wasi/vfs/inode.js";

/** `rootDev`: the device that the mounted directory is on. */
export function toHostStat(stats: BigIntStats, rootDev: bigint): HostStat {
  const { dev, ino } = stats;
  return {
    identity: identityOf(stats),
    ino: dev === rootDev && ino <= Number.MAX_SAFE_INTEGER ? Number(ino) : foldedNumber(dev, ino),
    mode: Number(stats.mode),
    nlink: Number(stats.nlink),
    size: Number(stats.size),
    // Windows does not tell.
    blocks: Number(stats.blocks ?? (stats.size + 511n) / 512n),
    atime: timespec(stats.atimeNs),
    mtime: timespec(stats.mtimeNs),
    ctime: timespec(stats.ctimeNs),
  };
}

/** Filesystems give the numbers of removed files to new ones, but not their time of birth. A file never changes its type. */
export function identityOf({ dev, ino, mode, birthtimeNs }: BigIntStats): string {
  return `${mode >> 12n}:${dev}:${ino}:${birthtimeNs}`;
}

/** A number for a file whose own could be that of another, on the mounted directory's device, or is too large. */
function foldedNumber(dev: bigint, ino: bigint): number {
  return Number(BigInt.asUintN(52, (ino ^ (ino >> 52n)) + dev * 0x9e3779b97f4a7c15n) | (1n << 52n));
}

function timespec(nanoseconds: bigint): Timespec {
  const nsec = BigInt.asIntN(64, nanoseconds) % BILLION;
  const positive = nsec < 0n ? nsec + BILLION : nsec;
  return { sec: Number((nanoseconds - positive) / BILLION), nsec: Number(positive) };
}

const BILLION = 1_000_000_000n;

/** As Node.js takes times. It keeps microseconds. */
export function seconds({ sec, nsec }: Timespec): number {
  return sec + nsec / 1e9;
}
