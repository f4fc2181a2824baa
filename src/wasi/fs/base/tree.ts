import { S_IFDIR, S_IFLNK, S_IFREG } from "../../abi/linux/stat.js";
import { Errno } from "../../errno.js";
import type { Program, Timespec } from "../../vfs/inode.js";
import { encodeName } from "../../vfs/name.js";
import type { BaseAttributes, BaseContent, BaseFileSpec, BaseImage, LazyDirectory } from "./image.js";

interface BaseNodeFields {
  readonly ino: number;
  /** File type and permission bits. */
  mode: number;
  uid: number;
  gid: number;
}

export interface BaseDirectory extends BaseNodeFields {
  readonly kind: "directory";
  readonly entries: Map<string, BaseNode>;
  subdirectories: number;
}

export interface BaseFile extends BaseNodeFields {
  readonly kind: "file";
  readonly size: number;
  readonly content: BaseContent;
  readonly program: Program | undefined;
}

export interface BaseSymlink extends BaseNodeFields {
  readonly kind: "symlink";
  readonly target: string;
}

export type BaseNode = BaseDirectory | BaseFile | BaseSymlink;

/** The number of the root directory, as on most filesystems. */
const ROOT_INO = 2;
/** Numbers of directories that only some sessions have begin above all others. */
const FIRST_EXTRA_INO = 2 ** 50;

/** FNV-1a, 32 bits. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (const byte of encodeName(text)) hash = Math.imul(hash ^ byte, 0x01000193);
  return hash >>> 0;
}

/** The files that are there before anything is written. Never changed once built, so any number of filesystems share it. */
export class BaseTree {
  readonly root: BaseDirectory;
  /** All files by number, but for what is in lazy directories. */
  private index: Map<number, BaseNode> | undefined;
  private readonly lazy: LazyBaseDirectory[] = [];

  constructor(
    images: readonly BaseImage[],
    /** All four times of every file. */
    readonly time: Timespec,
    /** Number of its root; those of its files follow. */
    private nextIno = ROOT_INO,
  ) {
    this.root = this.newDirectory({});
    for (const image of images) this.add(image);
  }

  /** Above every inode number in the tree. */
  get endIno(): number {
    return this.nextIno;
  }

  /** The file of that number. */
  find(ino: number): BaseNode | undefined {
    if (ino >= this.endIno && ino < FIRST_EXTRA_INO) return undefined;
    this.index ??= indexOf(this.root, new Map());
    return this.index.get(ino) ?? this.lazy.find((directory) => directory.contains(ino))?.find(ino);
  }

  /**
   * A directory that only some sessions have, with those above it that are missing; ENOTDIR where a file or a link is in the way. Its
   * number comes from its path, so that those of all other files are the same in every session.
   */
  makeDirectory(path: string): void {
    this.directory(path, (place) => FIRST_EXTRA_INO + hashOf(place));
  }

  private add({ directories = {}, files = {}, symlinks = {}, lazyDirectories = {} }: BaseImage): void {
    for (const [path, attributes] of Object.entries(directories)) {
      const directory = this.directory(path);
      directory.mode = S_IFDIR | (attributes.mode ?? 0o755);
      directory.uid = attributes.uid ?? 0;
      directory.gid = attributes.gid ?? 0;
    }
    for (const [path, spec] of Object.entries(files)) this.put(path, this.newFile(spec));
    for (const [path, target] of Object.entries(symlinks)) {
      this.put(path, { kind: "symlink", ino: this.nextIno++, mode: S_IFLNK | 0o777, uid: 0, gid: 0, target });
    }
    for (const [path, spec] of Object.entries(lazyDirectories)) {
      // Takes the place of what another image has there.
      this.directory(path);
      const directory = new LazyBaseDirectory(this.nextIno, this.time, spec);
      this.put(path, directory);
      this.lazy.push(directory);
      this.nextIno += 1 + spec.inodes;
    }
  }

  private put(path: string, node: BaseNode): void {
    const slash = path.lastIndexOf("/");
    this.directory(path.slice(0, slash)).entries.set(path.slice(slash + 1), node);
  }

  private directory(path: string, inoOf: (place: string) => number = () => this.nextIno++): BaseDirectory {
    let at = this.root;
    let place = "";
    for (const name of path.split("/")) {
      if (name === "") continue;
      place += `/${name}`;
      let child = at.entries.get(name);
      if (child === undefined) {
        child = this.newDirectory({}, inoOf(place));
        at.entries.set(name, child);
        at.subdirectories++;
      }
      if (child.kind !== "directory") throw Errno.ENOTDIR;
      at = child;
    }
    return at;
  }

  private newDirectory(
    { mode = 0o755, uid = 0, gid = 0 }: BaseAttributes,
    ino = this.nextIno++,
  ): BaseDirectory {
    return { kind: "directory", ino, mode: S_IFDIR | mode, uid, gid, entries: new Map(), subdirectories: 0 };
  }

  private newFile({ content, program, mode, uid = 0, gid = 0 }: BaseFileSpec): BaseFile {
    const bits = mode ?? (program === undefined ? 0o644 : 0o755);
    const ino = this.nextIno++;
    return {
      kind: "file",
      ino,
      mode: S_IFREG | bits,
      uid,
      gid,
      size: contentSize(content),
      content,
      program,
    };
  }
}

/** A directory that is a tree of its own, made when it is first looked into. */
class LazyBaseDirectory implements BaseDirectory {
  readonly kind = "directory";
  mode = S_IFDIR | 0o755;
  uid = 0;
  gid = 0;
  private tree: BaseTree | undefined;

  constructor(
    readonly ino: number,
    private readonly time: Timespec,
    private readonly spec: LazyDirectory,
  ) {}

  get entries(): Map<string, BaseNode> {
    return this.loaded.root.entries;
  }
  get subdirectories(): number {
    return this.loaded.root.subdirectories;
  }

  /** Whether a file in it has that number. */
  contains(ino: number): boolean {
    return ino > this.ino && ino <= this.ino + this.spec.inodes;
  }

  find(ino: number): BaseNode | undefined {
    return this.loaded.find(ino);
  }

  private get loaded(): BaseTree {
    this.tree ??= new BaseTree([this.spec.load()], this.time, this.ino);
    return this.tree;
  }
}

function indexOf(directory: BaseDirectory, index: Map<number, BaseNode>): Map<number, BaseNode> {
  index.set(directory.ino, directory);
  if (directory instanceof LazyBaseDirectory) return index;
  for (const node of directory.entries.values()) {
    if (node.kind === "directory") indexOf(node, index);
    else index.set(node.ino, node);
  }
  return index;
}

/** The bytes of a base file. */
export function contentBytes(content: BaseContent): Uint8Array {
  if (content instanceof Uint8Array) return content;
  return typeof content === "string" ? encodeName(content) : content.load();
}

function contentSize(content: BaseContent): number {
  if (content instanceof Uint8Array) return content.length;
  return typeof content === "string" ? encodeName(content).length : content.size;
}
