import {
  FileFailure,
  type MakeDirectory,
  type MoveFile,
  type RemoveFile,
} from "../../../machine/calls/files.js";
import { AT_FDCWD, RENAME_NOREPLACE } from "../../abi/linux/fcntl.js";
import { S_IFDIR } from "../../abi/linux/stat.js";
import { Errno } from "../../errno.js";
import type { Process } from "../../kernel/process.js";
import { changeMode } from "../../vfs/attributes.js";
import { type DirectoryInode, isDirectory } from "../../vfs/inode.js";
import { demand, demandDelete, MAY_EXEC, MAY_READ } from "../../vfs/permission.js";

export function makeDirectory(who: Process, { path, parents, mode }: MakeDirectory): void {
  const { vfs } = who.kernel;
  if (parents) createParents(who, path);
  try {
    const inode = vfs.create(who, AT_FDCWD, path, S_IFDIR | 0o777);
    if (mode !== undefined) changeMode(inode, mode, who, vfs.host.now());
  } catch (error) {
    if (error !== Errno.EEXIST || !parents || !isDirectory(vfs.lookup(who, AT_FDCWD, path))) throw error;
  }
}

/** Makes the directories above `path` that are not there. */
export function createParents(who: Process, path: string): void {
  for (let end = path.indexOf("/", 1); end > 0; end = path.indexOf("/", end + 1)) {
    try {
      who.kernel.vfs.create(who, AT_FDCWD, path.slice(0, end), S_IFDIR | 0o755);
    } catch (error) {
      if (error !== Errno.EEXIST) throw error;
    }
  }
}

export function move(who: Process, { from, to, overwrite }: MoveFile): void {
  who.kernel.vfs.rename(who, AT_FDCWD, from, AT_FDCWD, to, overwrite ? 0 : RENAME_NOREPLACE);
}

export function remove(who: Process, { path, recursive }: RemoveFile): void {
  const { vfs } = who.kernel;
  const inode = vfs.lookup(who, AT_FDCWD, path, false);
  if (!isDirectory(inode)) return vfs.unlink(who, AT_FDCWD, path);
  const { parent, name, last } = vfs.walk(who, AT_FDCWD, path, "parent");
  // Before anything in it goes: what the directory itself could not be removed for.
  const goes = last === "name" && !vfs.mounts.isMountPoint(parent.lookup(name) as DirectoryInode);
  if (recursive && goes) {
    demandDelete(parent, inode, who.credentials);
    empty(who, inode, path.replace(/\/+$/, ""));
  }
  vfs.rmdir(who, AT_FDCWD, path);
}

function empty(who: Process, directory: DirectoryInode, path: string): void {
  const { credentials, kernel } = who;
  for (const { name } of [...directory.entries(0)]) {
    const inner = `${path}/${name}`;
    const inode = directory.lookup(name);
    if (inode === undefined) continue;
    try {
      demand(directory, credentials, MAY_READ | MAY_EXEC);
      demandDelete(directory, inode, credentials);
      if (!isDirectory(inode)) directory.unlink(name);
      else if (kernel.vfs.mounts.isMountPoint(inode)) throw Errno.EBUSY;
      else {
        empty(who, inode, inner);
        directory.rmdir(name);
      }
    } catch (error) {
      throw error instanceof FileFailure ? error : new FileFailure(inner, error);
    }
  }
}
