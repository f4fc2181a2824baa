import {
  O_ACCMODE,
  O_CLOEXEC,
  O_CREAT,
  O_DIRECTORY,
  O_EXCL,
  O_NOATIME,
  O_NOCTTY,
  O_NOFOLLOW,
  O_PATH,
  O_RDONLY,
  O_TMPFILE,
  O_TRUNC,
  O_WRONLY,
} from "../abi/linux/fcntl.js";
import { S_IFBLK, S_IFCHR, S_IFIFO, S_IFREG } from "../abi/linux/stat.js";
import { Errno } from "../errno.js";
import { BLOCKED } from "../kernel/blocked.js";
import type { OpenFile } from "../kernel/open-file.js";
import type { Process } from "../kernel/process.js";
import { setSize } from "./attributes.js";
import { DirectoryFile } from "./directory-file.js";
import { type Inode, isDirectory, isRegular, isSymlink, type SpecialInode } from "./inode.js";
import { PathFile } from "./path-file.js";
import { demand, demandOwner, MAY_READ, MAY_WRITE } from "./permission.js";
import { RegularFile } from "./regular-file.js";
import { demandCreate, newFile, type Vfs } from "./vfs.js";

/** Flags that act on the call and are not kept with the open file. */
const CALL_FLAGS = O_CREAT | O_EXCL | O_NOCTTY | O_TRUNC | O_CLOEXEC;

/** open(2); see `Vfs.open`. */
export function openPath(
  vfs: Vfs,
  who: Process,
  dirfd: number,
  path: string,
  flags: number,
  mode: number,
): OpenFile | typeof BLOCKED {
  if ((flags & O_PATH) !== 0) return openAsPath(vfs, who, dirfd, path, flags);
  if ((flags & O_TMPFILE & ~O_DIRECTORY) !== 0) throw Errno.EOPNOTSUPP;
  const creating = (flags & O_CREAT) !== 0;
  if (creating && (flags & O_DIRECTORY) !== 0) throw Errno.EINVAL;
  const follow = (flags & O_NOFOLLOW) === 0 && !(creating && (flags & O_EXCL) !== 0);
  const walkMode = creating ? (follow ? "create" : "create-nofollow") : follow ? "follow" : "nofollow";
  const walked = vfs.walk(who, dirfd, path, walkMode);

  if (walked.inode === undefined) {
    const { parent, name } = walked;
    if (parent.fs.readOnly) throw Errno.EROFS;
    demandCreate(parent, who);
    const inode = parent.create(name, newFile(who, parent, S_IFREG | (mode & 0o7777)));
    return opened(vfs, who, inode, flags);
  }
  const { inode } = walked;
  if (creating) {
    if ((flags & O_EXCL) !== 0) throw Errno.EEXIST;
    if (isDirectory(inode)) throw Errno.EISDIR;
  }
  if ((flags & O_DIRECTORY) !== 0 && !isDirectory(inode)) throw Errno.ENOTDIR;
  checkOpen(who, inode, flags);
  if ((flags & O_TRUNC) !== 0 && isRegular(inode)) setSize(inode, 0, who, vfs.host.now());
  const file = opened(vfs, who, inode, flags);
  if (file !== BLOCKED && walked.last === "name") file.openedAs = walked;
  return file;
}

/** Opens a file that is already found, as a link of /proc/PID/fd does. */
function opened(vfs: Vfs, who: Process, inode: Inode, flags: number): OpenFile | typeof BLOCKED {
  const kept = flags & ~CALL_FLAGS;
  if (isRegular(inode)) return inode.open(who, kept) ?? new RegularFile(inode, kept, vfs.host);
  if (isDirectory(inode)) return new DirectoryFile(inode, kept, vfs.host);
  const special = inode as SpecialInode;
  const own = special.open(who, kept);
  if (own !== undefined) return own;
  switch (inode.type) {
    case S_IFIFO:
      return vfs.host.openFifo(special, who, kept);
    case S_IFCHR:
    case S_IFBLK:
      return vfs.host.openDevice(special, who, kept | (flags & O_NOCTTY));
    default:
      throw Errno.ENXIO;
  }
}

function checkOpen(who: Process, inode: Inode, flags: number): void {
  const access = flags & O_ACCMODE;
  const writing = access !== O_RDONLY || (flags & O_TRUNC) !== 0;
  if (isSymlink(inode)) throw Errno.ELOOP;
  if (isDirectory(inode) && writing) throw Errno.EISDIR;
  demand(inode, who.credentials, (access === O_WRONLY ? 0 : MAY_READ) | (writing ? MAY_WRITE : 0));
  if ((flags & O_NOATIME) !== 0) demandOwner(inode, who.credentials);
}

/** O_PATH: the place is found, the file itself is not opened. */
function openAsPath(vfs: Vfs, who: Process, dirfd: number, path: string, flags: number): OpenFile {
  const walked = vfs.walk(who, dirfd, path, (flags & O_NOFOLLOW) === 0 ? "follow" : "nofollow");
  const inode = walked.inode as Inode;
  if ((flags & O_DIRECTORY) !== 0 && !isDirectory(inode)) throw Errno.ENOTDIR;
  const file = new PathFile(inode, flags & (O_PATH | O_DIRECTORY | O_NOFOLLOW));
  if (walked.last === "name") file.openedAs = walked;
  return file;
}
