import { SIGXFSZ } from "../abi/linux/signal.js";
import { S_ISGID } from "../abi/linux/stat.js";
import { Errno } from "../errno.js";
import { isPrivileged } from "../kernel/credentials.js";
import type { Process } from "../kernel/process.js";
import { type Inode, isDirectory, isRegular, isSymlink, type RegularInode, type Timespec } from "./inode.js";
import { demand, demandOwner, isMember, MAY_WRITE, permitted, withoutPrivilegeBits } from "./permission.js";

/** The largest size and offset of a file: what a number holds exactly. */
export const MAX_FILE_SIZE = Number.MAX_SAFE_INTEGER;

/** A time to set, `now`, or undefined to leave it alone. */
export type NewTime = Timespec | "now" | undefined;

/** chmod(2). */
export function changeMode(inode: Inode, mode: number, who: Process, now: Timespec): void {
  if (inode.fs.readOnly) throw Errno.EROFS;
  if (isSymlink(inode)) throw Errno.EOPNOTSUPP;
  demandOwner(inode, who.credentials);
  let bits = mode & 0o7777;
  if (!isPrivileged(who.credentials) && !isMember(who.credentials, inode.gid)) bits &= ~S_ISGID;
  inode.setAttributes({ mode: inode.type | bits, ctime: now });
}

/** chown(2); -1 leaves the user or the group as it is. */
export function changeOwner(inode: Inode, uid: number, gid: number, who: Process, now: Timespec): void {
  if (inode.fs.readOnly) throw Errno.EROFS;
  const { credentials } = who;
  if (!isPrivileged(credentials)) {
    const owner = inode.uid === credentials.euid;
    if (uid !== -1 && !(owner && uid === inode.uid)) throw Errno.EPERM;
    if (gid !== -1 && !(owner && (isMember(credentials, gid) || gid === inode.gid))) throw Errno.EPERM;
  }
  const mode = isDirectory(inode) ? inode.mode : withoutPrivilegeBits(inode.mode);
  // Linux carries this out as a change of the mode, for which even a change of nothing needs the owner's rights.
  if (mode !== inode.mode || isForeignGroup(inode, who)) demandOwner(inode, credentials);
  inode.setAttributes({
    ...(mode !== inode.mode && { mode }),
    uid: uid === -1 ? inode.uid : uid,
    gid: gid === -1 ? inode.gid : gid,
    ctime: now,
  });
}

/** A set-group-ID file of a group that the process is not in loses that bit, whether the group may run it or not. */
function isForeignGroup(inode: Inode, { credentials }: Process): boolean {
  return !isDirectory(inode) && (inode.mode & S_ISGID) !== 0 && !isMember(credentials, inode.gid);
}

/** utimensat(2). */
export function changeTimes(inode: Inode, atime: NewTime, mtime: NewTime, who: Process, now: Timespec): void {
  if (inode.fs.readOnly) throw Errno.EROFS;
  const { credentials } = who;
  if (atime === "now" && mtime === "now") {
    if (inode.uid !== credentials.euid && !permitted(inode, credentials, MAY_WRITE)) throw Errno.EACCES;
  } else demandOwner(inode, credentials);
  const timeOf = (time: NewTime): Timespec | undefined => (time === "now" ? now : time);
  inode.setAttributes({ atime: timeOf(atime), mtime: timeOf(mtime), ctime: now });
}

/** truncate(2) of a file found by path. */
export function truncatePath(inode: Inode, size: number, who: Process, now: Timespec): void {
  if (isDirectory(inode)) throw Errno.EISDIR;
  if (!isRegular(inode)) throw Errno.EINVAL;
  demand(inode, who.credentials, MAY_WRITE);
  if (size > inode.size) demandSize(who, size);
  setSize(inode, size, who, now);
}

/** EFBIG when a file may not become that large; with SIGXFSZ when it is for RLIMIT_FSIZE (setrlimit(2)). */
export function demandSize(who: Process, size: number): void {
  if (size > who.limits.fileSize) {
    who.job?.noteLimit("file_size_bytes");
    who.kernel.signals.sendToThread(who, SIGXFSZ);
    throw Errno.EFBIG;
  }
  if (size > MAX_FILE_SIZE) throw Errno.EFBIG;
}

/** Truncates or extends a regular file that may be written. */
export function setSize(inode: RegularInode, size: number, who: Process, now: Timespec): void {
  inode.truncate(size);
  touchModified(inode, now);
  if (!isPrivileged(who.credentials)) inode.mode = withoutPrivilegeBits(inode.mode);
}

/** The content changed. */
export function touchModified(inode: Inode, now: Timespec): void {
  inode.mtime = now;
  inode.ctime = now;
}

const DAY = 86_400;

/** The content was read: mount option relatime, under which most reads leave the time alone. */
export function touchAccessed(inode: Inode, now: Timespec): void {
  const { atime } = inode;
  if (!later(inode.mtime, atime) && !later(inode.ctime, atime) && now.sec - atime.sec < DAY) return;
  inode.atime = now;
}

/** Whether `a` is not before `b`. */
function later(a: Timespec, b: Timespec): boolean {
  return a.sec > b.sec || (a.sec === b.sec && a.nsec >= b.nsec);
}
