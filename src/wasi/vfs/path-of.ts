import { type DirectoryInode, type Inode, isDirectory } from "./inode.js";
import type { Mounts } from "./mounts.js";

/** The directory and the name by which a file was found. */
interface Place {
  readonly parent: DirectoryInode | undefined;
  readonly name: string;
}

/** The absolute path of a file below `root`; undefined when it has been removed or never had a name. */
export function pathOf(mounts: Mounts, inode: Inode, root: DirectoryInode): string | undefined {
  if (isDirectory(inode)) return directoryPath(mounts, inode, root);
  const { parent, name } = inode;
  if (parent === undefined || parent.lookup(name) !== inode) return undefined;
  const above = directoryPath(mounts, parent, root);
  return above === undefined ? undefined : join(above, name);
}

/**
 * The path of a file that was found at `place`, a directory and a name. When it has moved it is looked for under its newest
 * name; when it has none any more, the old one is given with ` (deleted)`.
 */
export function pathOfPlace(
  mounts: Mounts,
  inode: Inode,
  place: Place | undefined,
  root: DirectoryInode,
): string {
  if (place?.parent !== undefined && place.parent.lookup(place.name) === inode) {
    const above = directoryPath(mounts, place.parent, root);
    if (above !== undefined) return join(above, place.name);
  }
  const path = pathOf(mounts, inode, root);
  if (path !== undefined) return path;
  const last = place ?? inode;
  const above = last.parent === undefined ? undefined : directoryPath(mounts, last.parent, root);
  return `${join(above ?? "/", last.name)} (deleted)`;
}

function directoryPath(mounts: Mounts, directory: DirectoryInode, root: DirectoryInode): string | undefined {
  if (directory.nlink === 0) return undefined;
  let path = "";
  let at = directory;
  while (at !== root) {
    const point = mounts.covered(at);
    if (point !== undefined) {
      at = point;
      continue;
    }
    if (at.parent === undefined) return `(unreachable)${path === "" ? "/" : path}`;
    path = `/${at.name}${path}`;
    at = at.parent;
  }
  return path === "" ? "/" : path;
}

function join(directory: string, name: string): string {
  return directory.endsWith("/") ? directory + name : `${directory}/${name}`;
}
