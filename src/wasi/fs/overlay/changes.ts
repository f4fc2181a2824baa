import { type Inode, isDirectory, isRegular, isSymlink } from "../../vfs/inode.js";
import { OverlayDirectory } from "./directory.js";

export interface OverlayChange {
  /** Below the root of the overlay, without a slash in front. */
  readonly path: string;
  /** A removed directory stands for all that is in it. What has been put in the place of a directory is removed and added. */
  readonly change: "added" | "changed" | "removed";
  readonly type: "file" | "directory" | "symlink" | "other";
  /** In bytes, of what is there now, or was before it was removed; 0 for all but files and symbolic links. */
  readonly size: number;
}

/** How `directory` differs from what is below it: ordered by name within each directory. */
export function* changesIn(directory: OverlayDirectory, prefix = ""): IterableIterator<OverlayChange> {
  for (const { name, below } of directory.removed()) yield describe(`${prefix}${name}`, "removed", below);
  for (const { name, inode, below } of directory.kept()) {
    const path = `${prefix}${name}`;
    if (below !== undefined && below === inode.lower) {
      if (inode.differs) yield describe(path, "changed", inode);
      if (inode instanceof OverlayDirectory) yield* changesIn(inode, `${path}/`);
    } else if (below !== undefined && !isDirectory(below) && !isDirectory(inode)) {
      yield describe(path, "changed", inode);
    } else {
      if (below !== undefined) yield describe(path, "removed", below);
      yield* everythingIn(inode, path);
    }
  }
}

function* everythingIn(inode: Inode, path: string): IterableIterator<OverlayChange> {
  yield describe(path, "added", inode);
  if (!isDirectory(inode)) return;
  for (const { name } of [...inode.entries(0)].sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const child = inode.lookup(name);
    if (child !== undefined) yield* everythingIn(child, `${path}/${name}`);
  }
}

function describe(path: string, change: OverlayChange["change"], inode: Inode): OverlayChange {
  const type = isRegular(inode)
    ? "file"
    : isDirectory(inode)
      ? "directory"
      : isSymlink(inode)
        ? "symlink"
        : "other";
  return { path, change, type, size: type === "file" || type === "symlink" ? inode.size : 0 };
}
