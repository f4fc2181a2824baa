import { S_ISGID, S_ISUID, S_ISVTX, S_IXGRP } from "../abi/linux/stat.js";
import { Errno } from "../errno.js";
import { type Credentials, isPrivileged } from "../kernel/credentials.js";
import { type DirectoryInode, type Inode, isDirectory, isRegular } from "./inode.js";

export const MAY_EXEC = 1;
export const MAY_WRITE = 2;
export const MAY_READ = 4;

/** Whether the permission bits let `who` do all of `wanted` (path_resolution(7)). */
export function permitted(inode: Inode, who: Credentials, wanted: number): boolean {
  if (isPrivileged(who)) return (wanted & MAY_EXEC) === 0 || isDirectory(inode) || (inode.mode & 0o111) !== 0;
  const shift = inode.uid === who.euid ? 6 : isMember(who, inode.gid) ? 3 : 0;
  return ((inode.mode >> shift) & wanted) === wanted;
}

/** EACCES unless permitted; EROFS for writing to a file (not a device or FIFO) of a read-only filesystem. */
export function demand(inode: Inode, who: Credentials, wanted: number): void {
  if ((wanted & MAY_WRITE) !== 0 && inode.fs.readOnly && (isRegular(inode) || isDirectory(inode)))
    throw Errno.EROFS;
  if (!permitted(inode, who, wanted)) throw Errno.EACCES;
}

export function isMember(who: Credentials, gid: number): boolean {
  return who.egid === gid || who.groups.includes(gid);
}

/** EPERM unless `who` owns the file or is privileged: chmod(2), utimensat(2), O_NOATIME. */
export function demandOwner(inode: Inode, who: Credentials): void {
  if (inode.uid !== who.euid && !isPrivileged(who)) throw Errno.EPERM;
}

/** Whether `victim` may leave `directory` by unlink, rmdir or rename: EACCES, or EPERM in a sticky directory. */
export function demandDelete(directory: DirectoryInode, victim: Inode, who: Credentials): void {
  demand(directory, who, MAY_WRITE | MAY_EXEC);
  const sticky = (directory.mode & S_ISVTX) !== 0;
  if (sticky && victim.uid !== who.euid && directory.uid !== who.euid && !isPrivileged(who))
    throw Errno.EPERM;
}

/**
 * Whether `who` may give the file another name: only the owner, and others who may read and write it, so that nobody can keep
 * a set-user-ID program alive (/proc/sys/fs/protected_hardlinks).
 */
export function demandLinkable(inode: Inode, who: Credentials): void {
  if (inode.uid === who.euid || isPrivileged(who)) return;
  const risky = withoutPrivilegeBits(inode.mode) !== inode.mode;
  if (!isRegular(inode) || risky || !permitted(inode, who, MAY_READ | MAY_WRITE)) throw Errno.EPERM;
}

/** The mode that a file has after somebody else's bytes or owner came into it: no set-user-ID, no set-group-ID. */
export function withoutPrivilegeBits(mode: number): number {
  return mode & ~((mode & S_IXGRP) !== 0 ? S_ISUID | S_ISGID : S_ISUID);
}
