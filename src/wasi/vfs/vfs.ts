import {
  AT_EMPTY_PATH,
  AT_FDCWD,
  AT_SYMLINK_NOFOLLOW,
  RENAME_EXCHANGE,
  RENAME_NOREPLACE,
} from "../abi/linux/fcntl.js";
import { S_IFBLK, S_IFCHR, S_IFDIR, S_IFLNK, S_IFMT, S_ISGID, S_ISVTX, S_IXGRP } from "../abi/linux/stat.js";
import { Errno } from "../errno.js";
import type { BLOCKED } from "../kernel/blocked.js";
import { type Credentials, isPrivileged } from "../kernel/credentials.js";
import type { OpenFile } from "../kernel/open-file.js";
import type { Process } from "../kernel/process.js";
import type { FileSystem } from "./file-system.js";
import { FsContext } from "./fs-context.js";
import {
  type DirectoryInode,
  type Inode,
  isDirectory,
  isRegular,
  isSymlink,
  type NewFile,
  type RegularInode,
  type SpecialInode,
  type Timespec,
} from "./inode.js";
import { LockWaiters } from "./locks.js";
import { Mounts } from "./mounts.js";
import { encodeName } from "./name.js";
import { openPath } from "./open.js";
import { pathOf, pathOfPlace } from "./path-of.js";
import { demand, demandDelete, demandLinkable, isMember, MAY_EXEC, MAY_WRITE } from "./permission.js";
import { lookup, type Walked, type WalkMode, walk } from "./walk.js";

export { FsContext };

/** What the VFS needs from the kernel around it. */
export interface VfsHost {
  /** CLOCK_REALTIME, for the times of files. */
  now(): Timespec;
  /** open(2) of a FIFO in a filesystem; may block. */
  openFifo(inode: SpecialInode, process: Process, flags: number): OpenFile | typeof BLOCKED;
  /** open(2) of a device file, by type and `rdev`, with O_NOCTTY among the flags; ENXIO where there is no such device. */
  openDevice(inode: SpecialInode, process: Process, flags: number): OpenFile | typeof BLOCKED;
}

/**
 * The file tree that processes see: every operation that takes a path (or a directory descriptor and a path, `AT_FDCWD` for
 * the working directory), with permission checks and with the errors of Linux in the order of Linux.
 */
export class Vfs {
  readonly mounts: Mounts;
  readonly lockWaiters = new LockWaiters();

  /** The root directory of the whole tree. */
  readonly root: DirectoryInode;

  constructor(
    root: FileSystem,
    readonly host: VfsHost,
  ) {
    this.mounts = new Mounts(root);
    this.root = root.root;
  }

  /** Mounts `fs` on an existing directory, given by an absolute path without symbolic links. */
  mount(fs: FileSystem, path: string, options = "rw,nosuid,nodev,noexec,relatime", source = fs.type): void {
    let point = this.root;
    for (const name of path.split("/")) {
      if (name === "") continue;
      const child = point.lookup(name);
      if (child === undefined) throw Errno.ENOENT;
      if (!isDirectory(child)) throw Errno.ENOTDIR;
      point = this.mounts.cross(child);
    }
    this.mounts.add({ fs, point, source, options });
  }

  /** Where a process with no parent to inherit from stands: in `/`. */
  rootContext(): FsContext {
    return new FsContext(this.root);
  }

  walk(who: Process, dirfd: number, path: string, mode: WalkMode): Walked {
    const start = path.charCodeAt(0) === 47 || path === "" ? who.fs.root : startOf(who, dirfd);
    return walk(this.mounts, who, start, path, mode);
  }

  /** The file that `path` names, following a symbolic link at its end unless `follow` is false (stat(2), lstat(2)). */
  lookup(who: Process, dirfd: number, path: string, follow = true): Inode {
    const { inode } = this.walk(who, dirfd, path, follow ? "follow" : "nofollow");
    if (inode === undefined) throw Errno.ENOENT;
    return inode;
  }

  /** As `lookup`, for the *at calls: of `flags`, AT_SYMLINK_NOFOLLOW and AT_EMPTY_PATH count. */
  lookupAt(who: Process, dirfd: number, path: string, flags: number): Inode {
    if (path === "" && (flags & AT_EMPTY_PATH) !== 0) {
      const inode = dirfd === AT_FDCWD ? who.fs.cwd : who.fds.get(dirfd).inode;
      inode.refresh();
      return inode;
    }
    return this.lookup(who, dirfd, path, (flags & AT_SYMLINK_NOFOLLOW) === 0);
  }

  /** open(2). BLOCKED only for a FIFO (or a device) that waits for its other end; the call is then made again. */
  open(who: Process, dirfd: number, path: string, flags: number, mode: number): OpenFile | typeof BLOCKED {
    return openPath(this, who, dirfd, path, flags, mode);
  }

  /** The file that execve(2) may run, and its path: EACCES unless it is regular and executable. */
  openForExec(
    who: Process,
    dirfd: number,
    path: string,
    flags: number,
  ): { inode: RegularInode; path: string } {
    const byDescriptor = path === "" && (flags & AT_EMPTY_PATH) !== 0;
    const walkMode = (flags & AT_SYMLINK_NOFOLLOW) === 0 ? "follow" : "nofollow";
    const walked = byDescriptor ? undefined : this.walk(who, dirfd, path, walkMode);
    const inode = walked?.inode ?? this.lookupAt(who, dirfd, path, flags);
    if (isSymlink(inode)) throw Errno.ELOOP;
    if (!isRegular(inode)) throw Errno.EACCES;
    demand(inode, who.credentials, MAY_EXEC);
    const place = walked?.inode === walked?.parent.lookup(walked.name) ? walked : inode;
    return { inode, path: pathOfPlace(this.mounts, inode, place, this.root) };
  }

  /** mknod(2) and mkdir(2): `mode` is file type and permission bits, before the umask. */
  create(who: Process, dirfd: number, path: string, mode: number, rdev = 0): Inode {
    const type = mode & S_IFMT;
    const { parent, name } = this.vacant(who, dirfd, path, type === S_IFDIR);
    if ((type === S_IFCHR || type === S_IFBLK) && !isPrivileged(who.credentials)) throw Errno.EPERM;
    return parent.create(name, { ...newFile(who, parent, mode), rdev });
  }

  /** symlink(2). */
  symlink(who: Process, target: string, dirfd: number, path: string): Inode {
    if (target === "") throw Errno.ENOENT;
    if (encodeName(target).length > 4095) throw Errno.ENAMETOOLONG;
    const { parent, name } = this.vacant(who, dirfd, path, false);
    const { uid, gid } = newFile(who, parent, 0);
    return parent.create(name, { mode: S_IFLNK | 0o777, uid, gid, target });
  }

  /** link(2): gives `inode` another name. */
  link(who: Process, inode: Inode, dirfd: number, path: string): void {
    const walked = this.walk(who, dirfd, path, "parent");
    demandVacant(walked, false);
    if (inode.fs !== walked.parent.fs) throw Errno.EXDEV;
    demandLinkable(inode, who.credentials);
    demandCreate(walked.parent, who);
    if (isDirectory(inode)) throw Errno.EPERM;
    if (inode.nlink === 0) throw Errno.ENOENT;
    walked.parent.link(walked.name, inode);
  }

  /** unlink(2). */
  unlink(who: Process, dirfd: number, path: string): void {
    const { parent, name, last, trailingSlash } = this.walk(who, dirfd, path, "parent");
    if (last !== "name") throw Errno.EISDIR;
    if (parent.fs.readOnly) throw Errno.EROFS;
    const inode = lookup(parent, name);
    if (inode === undefined) throw Errno.ENOENT;
    if (trailingSlash) throw isDirectory(inode) ? Errno.EISDIR : Errno.ENOTDIR;
    demandDelete(parent, inode, who.credentials);
    if (isDirectory(inode)) throw Errno.EISDIR;
    parent.unlink(name);
  }

  /** rmdir(2). */
  rmdir(who: Process, dirfd: number, path: string): void {
    const { parent, name, last } = this.walk(who, dirfd, path, "parent");
    if (last === "..") throw Errno.ENOTEMPTY;
    if (last === ".") throw Errno.EINVAL;
    if (last === "/") throw Errno.EBUSY;
    if (parent.fs.readOnly) throw Errno.EROFS;
    const inode = lookup(parent, name);
    if (inode === undefined) throw Errno.ENOENT;
    demandDelete(parent, inode, who.credentials);
    if (!isDirectory(inode)) throw Errno.ENOTDIR;
    if (this.mounts.isMountPoint(inode)) throw Errno.EBUSY;
    if (!inode.empty) throw Errno.ENOTEMPTY;
    parent.rmdir(name);
  }

  /** renameat2(2) with flags 0, RENAME_NOREPLACE or RENAME_EXCHANGE. */
  rename(who: Process, fromFd: number, fromPath: string, toFd: number, toPath: string, flags = 0): void {
    const exchange = (flags & RENAME_EXCHANGE) !== 0;
    const from = this.walk(who, fromFd, fromPath, "parent");
    const to = this.walk(who, toFd, toPath, "parent");
    if (from.parent.fs !== to.parent.fs) throw Errno.EXDEV;
    if (from.last !== "name") throw Errno.EBUSY;
    if (to.last !== "name") throw (flags & RENAME_NOREPLACE) !== 0 ? Errno.EEXIST : Errno.EBUSY;
    if (from.parent.fs.readOnly) throw Errno.EROFS;
    const source = lookup(from.parent, from.name);
    if (source === undefined) throw Errno.ENOENT;
    const target = lookup(to.parent, to.name);
    if (target !== undefined && (flags & RENAME_NOREPLACE) !== 0) throw Errno.EEXIST;
    if (exchange) {
      if (target === undefined) throw Errno.ENOENT;
      if (!isDirectory(target) && to.trailingSlash) throw Errno.ENOTDIR;
    }
    if (!isDirectory(source) && (from.trailingSlash || (!exchange && to.trailingSlash))) throw Errno.ENOTDIR;
    if (isDirectory(source) && isWithin(to.parent, source)) throw Errno.EINVAL;
    if (target !== undefined && isDirectory(target) && isWithin(from.parent, target)) {
      throw exchange ? Errno.EINVAL : Errno.ENOTEMPTY;
    }
    if (source === target) return;

    demandDelete(from.parent, source, who.credentials);
    if (target === undefined) demandCreate(to.parent, who);
    else {
      demandDelete(to.parent, target, who.credentials);
      if (!exchange && isDirectory(source) && !isDirectory(target)) throw Errno.ENOTDIR;
      if (!exchange && !isDirectory(source) && isDirectory(target)) throw Errno.EISDIR;
    }
    if (from.parent !== to.parent) {
      if (isDirectory(source)) demand(source, who.credentials, MAY_WRITE);
      if (exchange && target !== undefined && isDirectory(target)) demand(target, who.credentials, MAY_WRITE);
    }
    for (const moved of [source, target]) {
      if (moved !== undefined && isDirectory(moved) && this.mounts.isMountPoint(moved)) throw Errno.EBUSY;
    }
    if (exchange) {
      from.parent.exchange(from.name, to.parent, to.name);
      return;
    }
    if (target !== undefined && isDirectory(target) && !target.empty) throw Errno.ENOTEMPTY;
    from.parent.rename(from.name, to.parent, to.name);
  }

  /** access(2) with the given credentials: F_OK is 0. */
  access(inode: Inode, who: Credentials, wanted: number): void {
    if (wanted !== 0) demand(inode, who, wanted);
  }

  /** The absolute path of a file as a process with root `root` sees it, undefined when it has none any more. */
  pathOf(inode: Inode, root: DirectoryInode): string | undefined {
    return pathOf(this.mounts, inode, root);
  }

  /** What the links of /proc/PID/fd say for a file opened by path, with ` (deleted)` when that is so. */
  pathOfOpenFile(file: OpenFile, root: DirectoryInode): string {
    return pathOfPlace(this.mounts, file.inode, file.openedAs, root);
  }

  /** The place for a new name: EEXIST when it is taken. */
  private vacant(who: Process, dirfd: number, path: string, forDirectory: boolean): Walked {
    const walked = this.walk(who, dirfd, path, "parent");
    demandVacant(walked, forDirectory);
    demandCreate(walked.parent, who);
    return walked;
  }
}

function demandVacant({ parent, name, last, trailingSlash }: Walked, forDirectory: boolean): void {
  if (last !== "name" || lookup(parent, name) !== undefined) throw Errno.EEXIST;
  if (trailingSlash && !forDirectory) throw Errno.ENOENT;
  if (parent.fs.readOnly) throw Errno.EROFS;
}

/** Where a relative path begins: ENOTDIR when the descriptor is no directory. */
function startOf(who: Process, dirfd: number): DirectoryInode {
  if (dirfd === AT_FDCWD) return who.fs.cwd;
  const { inode } = who.fds.get(dirfd);
  if (!isDirectory(inode)) throw Errno.ENOTDIR;
  return inode;
}

/** Whether a name may be made in `directory`: ENOENT when it has been removed. */
export function demandCreate(directory: DirectoryInode, who: Process): void {
  if (directory.nlink === 0) throw Errno.ENOENT;
  demand(directory, who.credentials, MAY_WRITE | MAY_EXEC);
}

/** Owner and mode of a file that `who` makes in `parent` (inode(7), set-group-ID directories). */
export function newFile(who: Process, parent: DirectoryInode, mode: number): NewFile {
  const { credentials, fs } = who;
  const isDir = (mode & S_IFMT) === S_IFDIR;
  let bits = (isDir ? mode & (0o777 | S_ISVTX) : mode & 0o7777) & ~fs.umask;
  let gid = credentials.egid;
  if ((parent.mode & S_ISGID) !== 0) {
    gid = parent.gid;
    const foreign = !isPrivileged(credentials) && !isMember(credentials, gid);
    if (isDir) bits |= S_ISGID;
    else if ((bits & (S_ISGID | S_IXGRP)) === (S_ISGID | S_IXGRP) && foreign) bits &= ~S_ISGID;
  }
  return { mode: (mode & S_IFMT) | bits, uid: credentials.euid, gid };
}

/** Whether `directory` is `ancestor` or below it, within one filesystem. */
function isWithin(directory: DirectoryInode, ancestor: DirectoryInode): boolean {
  for (let at: DirectoryInode | undefined = directory; at !== undefined; at = at.parent) {
    if (at === ancestor) return true;
  }
  return false;
}
