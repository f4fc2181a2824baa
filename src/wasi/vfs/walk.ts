import { Errno } from "../errno.js";
import type { Process } from "../kernel/process.js";
import { type DirectoryInode, type Inode, isDirectory, isSymlink } from "./inode.js";
import type { Mounts } from "./mounts.js";
import { encodeName } from "./name.js";
import { demand, MAY_EXEC } from "./permission.js";

/** PATH_MAX without the terminating NUL, in bytes. */
const MAX_PATH = 4095;
const MAX_NAME = 255;
/** Symbolic links that one walk may follow; one more is ELOOP. */
const MAX_LINKS = 40;
const SLASH = 47;

/**
 * What becomes of the last component:
 * - `follow`: it has to exist; a symbolic link is followed (stat)
 * - `nofollow`: it has to exist; a symbolic link is the result, unless a slash comes after it (lstat)
 * - `parent`: it is not looked up; its directory and name are the result (mkdir, unlink, rename)
 * - `create`, `create-nofollow`: as open(2) with O_CREAT needs it: a symbolic link is followed or not, the end may be missing,
 *   and a slash after it is EISDIR
 */
export type WalkMode = "follow" | "nofollow" | "parent" | "create" | "create-nofollow";

/** What the last component is: a name, or one of the forms that stand for a directory without naming it. */
export type LastComponent = "name" | "." | ".." | "/";

export interface Walked {
  /** Undefined when missing, and always in mode `parent`. */
  readonly inode: Inode | undefined;
  /** The directory of the last component; for `.`, `..` and `/`, that directory itself. */
  readonly parent: DirectoryInode;
  /** The last component when it is a name. */
  readonly name: string;
  readonly last: LastComponent;
  /** A slash follows the last component. */
  readonly trailingSlash: boolean;
}

/** Resolves a path as path_resolution(7) says. `start` is where a relative path begins. */
export function walk(
  mounts: Mounts,
  who: Process,
  start: DirectoryInode,
  path: string,
  mode: WalkMode,
): Walked {
  checkLength(path);
  const { root } = who.fs;
  let rest = path;
  let at = 0;
  let links = 0;
  let directory = path.charCodeAt(0) === SLASH ? root : start;

  for (;;) {
    at = skipSlashes(rest, at);
    if (at === rest.length)
      return { inode: directory, parent: directory, name: "", last: "/", trailingSlash: false };
    const slash = rest.indexOf("/", at);
    const end = slash < 0 ? rest.length : slash;
    const name = rest.slice(at, end);
    const next = skipSlashes(rest, end);
    const isLast = next === rest.length;
    const trailingSlash = isLast && next > end;
    demand(directory, who.credentials, MAY_EXEC);

    if (name === "." || name === "..") {
      if (name === "..") directory = mounts.parentOf(directory, root);
      if (isLast) return { inode: directory, parent: directory, name: "", last: name, trailingSlash };
      at = next;
      continue;
    }
    if (isLast && trailingSlash && (mode === "create" || mode === "create-nofollow")) throw Errno.EISDIR;

    if (isLast && mode === "parent") {
      return { inode: undefined, parent: directory, name, last: "name", trailingSlash };
    }
    const child = lookup(directory, name);
    if (child === undefined) {
      if (!isLast || mode === "follow" || mode === "nofollow") throw Errno.ENOENT;
      return { inode: undefined, parent: directory, name, last: "name", trailingSlash };
    }

    if (isSymlink(child) && (!isLast || trailingSlash || mode === "follow" || mode === "create")) {
      if (++links > MAX_LINKS) throw Errno.ELOOP;
      const target = child.jump(who);
      if (target === undefined) {
        const text = child.readlink(who);
        if (text === "") throw Errno.ENOENT;
        rest = text + rest.slice(end);
        at = 0;
        if (text.charCodeAt(0) === SLASH) directory = root;
        continue;
      }
      if (isLast) {
        if (trailingSlash && !isDirectory(target)) throw Errno.ENOTDIR;
        return { inode: target, parent: directory, name, last: "name", trailingSlash };
      }
      if (!isDirectory(target)) throw Errno.ENOTDIR;
      directory = target;
      at = next;
      continue;
    }

    if (isLast) {
      if (!isDirectory(child)) {
        if (trailingSlash) throw Errno.ENOTDIR;
        return { inode: child, parent: directory, name, last: "name", trailingSlash };
      }
      return { inode: mounts.cross(child), parent: directory, name, last: "name", trailingSlash };
    }
    if (!isDirectory(child)) throw Errno.ENOTDIR;
    directory = mounts.cross(child);
    at = next;
  }
}

/** One name in one directory; ENAMETOOLONG for more than 255 bytes. */
export function lookup(directory: DirectoryInode, name: string): Inode | undefined {
  if (name.length * 3 > MAX_NAME && encodeName(name).length > MAX_NAME) throw Errno.ENAMETOOLONG;
  return directory.lookup(name);
}

function checkLength(path: string): void {
  if (path === "") throw Errno.ENOENT;
  if (path.length * 3 > MAX_PATH && encodeName(path).length > MAX_PATH) throw Errno.ENAMETOOLONG;
}

function skipSlashes(path: string, from: number): number {
  let at = from;
  while (path.charCodeAt(at) === SLASH) at++;
  return at;
}
