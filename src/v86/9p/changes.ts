import { S_IFMT } from "../../wasi/abi/linux/stat.js";
import { Errno } from "../../wasi/errno.js";
import { type DirectoryInode, type Inode, isDirectory, type NewFile } from "../../wasi/vfs/inode.js";
import { encodeName } from "../../wasi/vfs/name.js";

/**
 * Changes of directories, with the checks that a filesystem leaves to who asks. The guest's kernel has made them too, but what it
 * says is not to be relied on.
 */

const MAX_NAME = 255;

/** EINVAL for what is no single name. */
export function demandName(name: string): string {
  if (name === "" || name === "." || name === ".." || /[/\0]/.test(name)) throw Errno.EINVAL;
  if (encodeName(name).length > MAX_NAME) throw Errno.ENAMETOOLONG;
  return name;
}

export function demandDirectory(inode: Inode): DirectoryInode {
  if (!isDirectory(inode)) throw Errno.ENOTDIR;
  return inode;
}

export function demandWritable({ fs }: Inode): void {
  if (fs.readOnly) throw Errno.EROFS;
}

export function create(parent: DirectoryInode, name: string, file: NewFile): Inode {
  demandVacant(parent, name);
  return parent.create(name, file);
}

export function link(inode: Inode, parent: DirectoryInode, name: string): void {
  demandVacant(parent, name);
  if (inode.fs !== parent.fs) throw Errno.EXDEV;
  if (isDirectory(inode)) throw Errno.EPERM;
  if (inode.nlink === 0) throw Errno.ENOENT;
  parent.link(name, inode);
}

export function remove(parent: DirectoryInode, name: string, wantsDirectory: boolean): void {
  const inode = existing(parent, name);
  if (!isDirectory(inode)) {
    if (wantsDirectory) throw Errno.ENOTDIR;
    parent.unlink(name);
    return;
  }
  if (!wantsDirectory) throw Errno.EISDIR;
  if (!inode.empty) throw Errno.ENOTEMPTY;
  parent.rmdir(name);
}

export function rename(from: DirectoryInode, name: string, to: DirectoryInode, newName: string): void {
  const inode = existing(from, name);
  demandWritable(to);
  if (from.fs !== to.fs) throw Errno.EXDEV;
  const replaced = to.lookup(demandName(newName));
  if (inode === replaced) return;
  if (isDirectory(inode)) {
    for (let at: DirectoryInode | undefined = to; at !== undefined; at = at.parent)
      if (at === inode) throw Errno.EINVAL;
    if (replaced !== undefined && !isDirectory(replaced)) throw Errno.ENOTDIR;
  } else if (replaced !== undefined && isDirectory(replaced)) throw Errno.EISDIR;
  if (replaced !== undefined && isDirectory(replaced) && !replaced.empty) throw Errno.ENOTEMPTY;
  from.rename(name, to, newName);
}

/** Type and permission bits of a new file. */
export function newMode(type: number, mode: number): number {
  return (type & S_IFMT) | (mode & 0o7777);
}

function demandVacant(parent: DirectoryInode, name: string): void {
  demandWritable(parent);
  if (parent.nlink === 0) throw Errno.ENOENT;
  if (parent.lookup(demandName(name)) !== undefined) throw Errno.EEXIST;
}

function existing(parent: DirectoryInode, name: string): Inode {
  demandWritable(parent);
  const inode = parent.lookup(demandName(name));
  if (inode === undefined) throw Errno.ENOENT;
  return inode;
}
