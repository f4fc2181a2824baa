import {
  LISTING_MS,
  type ListDirectory,
  type ListedFile,
  type Listing,
} from "../../../machine/calls/files.js";
import { namePattern } from "../../../machine/files/name-pattern.js";
import { AT_FDCWD } from "../../abi/linux/fcntl.js";
import { Errno } from "../../errno.js";
import type { Process } from "../../kernel/process.js";
import { type DirectoryInode, isDirectory } from "../../vfs/inode.js";
import { encodeName } from "../../vfs/name.js";
import { demand, MAY_EXEC, MAY_READ } from "../../vfs/permission.js";
import { statusOf } from "./status.js";

interface Place {
  readonly directory: DirectoryInode;
  /** In front of the names of its entries. */
  readonly prefix: string;
  readonly depth: number;
}

export function listDirectory(who: Process, request: ListDirectory): Listing {
  const { vfs, clock } = who.kernel;
  const isWanted = request.glob === undefined ? () => true : namePattern(request.glob);
  const first = vfs.lookup(who, AT_FDCWD, request.path);
  if (!isDirectory(first)) throw Errno.ENOTDIR;
  const entries: ListedFile[] = [];
  const unreadable: { path: string; code: string }[] = [];
  const places: Place[] = [{ directory: first, prefix: "", depth: 1 }];

  const deadline = clock.monotonic() + LISTING_MS;

  for (const { directory, prefix, depth } of places) {
    if (clock.monotonic() > deadline) return { entries, truncated: true, unreadable };
    let names: readonly string[];
    try {
      demand(directory, who.credentials, MAY_READ | MAY_EXEC);
      names = sortedNames(directory);
    } catch (error) {
      if (directory === first || !(error instanceof Errno)) throw error;
      unreadable.push({ path: prefix.slice(0, -1), code: error.code });
      continue;
    }
    for (const name of names) {
      const inode = directory.lookup(name);
      if (inode === undefined) continue;
      const seen = isDirectory(inode) ? vfs.mounts.cross(inode) : inode;
      if (isWanted(name)) {
        if (entries.length === request.limit) return { entries, truncated: true, unreadable };
        entries.push({ path: prefix + name, ...statusOf(who, seen) });
      }
      if (isDirectory(seen) && depth < request.depth)
        places.push({ directory: seen, prefix: `${prefix}${name}/`, depth: depth + 1 });
    }
  }
  return { entries, truncated: false, unreadable };
}

/** In the order of their bytes. */
function sortedNames(directory: DirectoryInode): readonly string[] {
  const names = Array.from(directory.entries(0), ({ name }) => ({ name, bytes: encodeName(name) }));
  return names.sort((one, other) => compareBytes(one.bytes, other.bytes)).map(({ name }) => name);
}

function compareBytes(one: Uint8Array, other: Uint8Array): number {
  const length = Math.min(one.length, other.length);
  for (let i = 0; i < length; i++) {
    const difference = (one[i] as number) - (other[i] as number); // `i` is inside both
    if (difference !== 0) return difference;
  }
  return one.length - other.length;
}
