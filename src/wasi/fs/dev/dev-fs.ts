import { S_IFCHR, S_IFDIR, S_IFLNK } from "../../abi/linux/stat.js";
import type { FileSystem, FileSystemUsage } from "../../vfs/file-system.js";
import {
  type DirectoryEntry,
  DirectoryInode,
  type Inode,
  SpecialInode,
  SymlinkInode,
  type Timespec,
  targetSize,
} from "../../vfs/inode.js";
import { DEVICE } from "./devices.js";

const TMPFS_MAGIC = 0x01021994;

const DEVICES: readonly [name: string, rdev: number][] = Object.entries(DEVICE);

/** /dev/shm is where programs put what they share in memory; here all of /tmp is in memory. */
const LINKS: readonly [name: string, target: string][] = [
  ["fd", "/proc/self/fd"],
  ["stdin", "/proc/self/fd/0"],
  ["stdout", "/proc/self/fd/1"],
  ["stderr", "/proc/self/fd/2"],
  ["shm", "/tmp"],
];

/** The filesystem at /dev. It never changes. */
export class DevFs implements FileSystem {
  readonly type = "devtmpfs";
  readonly magic = TMPFS_MAGIC;
  readonly readOnly = true;
  readonly root: DirectoryInode;

  constructor(
    kernel: { readonly clock: { realtime(): Timespec } },
    readonly dev = 0x05,
  ) {
    const time = kernel.clock.realtime();
    this.root = new DevDirectory(this, 1, { mode: S_IFDIR | 0o755, time });
    let ino = 1;
    const children = (this.root as DevDirectory).children;
    for (const [name, rdev] of DEVICES) {
      children.set(name, new DeviceInode(this, ++ino, { mode: S_IFCHR | 0o666, time, rdev }));
    }
    children.set("pts", new DevDirectory(this, ++ino, { mode: S_IFDIR | 0o755, time }));
    for (const [name, target] of LINKS) {
      children.set(name, new FixedLink(this, ++ino, { mode: S_IFLNK | 0o777, time }, target));
    }
    for (const [name, inode] of children) {
      inode.parent = this.root;
      inode.name = name;
    }
  }

  usage(): FileSystemUsage {
    return {
      blockSize: 4096,
      blocks: 0,
      freeBlocks: 0,
      files: DEVICES.length + LINKS.length + 2,
      freeFiles: 0,
    };
  }
}

class DevDirectory extends DirectoryInode {
  readonly children = new Map<string, Inode>();

  override lookup(name: string): Inode | undefined {
    return this.children.get(name);
  }

  override *entries(from: number): IterableIterator<DirectoryEntry> {
    let position = 0;
    for (const [name, { ino, type }] of this.children) {
      position++;
      if (position > from) yield { next: position, name, ino, type };
    }
  }

  override get empty(): boolean {
    return false;
  }
}

/** What it does is up to the driver with its number. */
class DeviceInode extends SpecialInode {}

class FixedLink extends SymlinkInode {
  constructor(
    fs: FileSystem,
    ino: number,
    init: { readonly mode: number; readonly time: Timespec },
    private readonly target: string,
  ) {
    super(fs, ino, init);
  }

  override readlink(): string {
    return this.target;
  }

  override get size(): number {
    return targetSize(this.target);
  }
}
