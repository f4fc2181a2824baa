import {
  chmodSync,
  closeSync,
  constants,
  fstatSync,
  linkSync,
  lstatSync,
  lutimesSync,
  mkdirSync,
  opendirSync,
  openSync,
  readdirSync,
  readlinkSync,
  renameSync,
  rmdirSync,
  statfsSync,
  symlinkSync,
  unlinkSync,
  utimesSync,
} from "node:fs";
import { Errno } from "../wasi/errno.js";
import type { HostDirectory, HostFile, HostStat } from "../wasi/fs/host/host-directory.js";
import type { FileSystemUsage } from "../wasi/vfs/file-system.js";
import type { Timespec } from "../wasi/vfs/inode.js";
import { decodeName, encodeName } from "../wasi/vfs/name.js";
import { ask } from "./host-errors.js";
import { identityOf, seconds, toHostStat } from "./host-stat.js";
import { nameFrom, pathIn } from "./names.js";
import { OpenHostFile, PERMISSIONS, withMode } from "./open-file.js";
import { usageOf } from "./usage.js";

const { O_CREAT, O_DIRECTORY, O_EXCL, O_NOFOLLOW, O_NONBLOCK, O_RDONLY, O_RDWR } = constants;
/** open(2): finds a file without opening it, so that looking what it is sets nothing off. */
const O_PATH = 0o10000000;
/** What the kernel adds to the path of a removed directory. */
const DELETED = " (deleted)";

/**
 * A directory of a Linux host by its descriptor. Node.js has no openat(2), but the path `/proc/self/fd/N/name` does the same: the
 * kernel takes the directory that is open, wherever it is by now, and one name in it.
 */
export class DescriptorDirectory implements HostDirectory {
  private constructor(
    private readonly fd: number,
    private readonly root: MountedRoot,
  ) {}

  /** The directory to be mounted: here links are followed. */
  static open(path: string): HostDirectory {
    return ask(() => {
      const fd = openSync(path, O_PATH | O_DIRECTORY);
      return new DescriptorDirectory(fd, new MountedRoot(fd, fstatSync(fd, { bigint: true }).dev));
    });
  }

  place(): string | undefined {
    const path = ask(() => readlink(this.path));
    if (path.endsWith(DELETED) && fstatSync(this.fd).nlink === 0) return undefined;
    return this.root.placeOf(path);
  }

  statOf(name: string): HostStat | undefined {
    const stats = ask(() =>
      name === ""
        ? fstatSync(this.fd, { bigint: true })
        : lstatSync(this.at(name), { bigint: true, throwIfNoEntry: false }),
    );
    return stats === undefined ? undefined : toHostStat(stats, this.root.dev);
  }

  names(): readonly string[] {
    const names = ask(() => readdirSync(this.path));
    if (!names.some((name) => name.includes("\ufffd"))) return names;
    return ask(() => readdirSync(this.path, { encoding: "buffer" })).map(decodeName);
  }

  isEmpty(): boolean {
    return ask(() => {
      const listing = opendirSync(this.path, { bufferSize: 1 });
      try {
        return listing.readSync() === null;
      } finally {
        listing.closeSync();
      }
    });
  }

  openDirectory(name: string, identity: string): HostDirectory | undefined {
    const fd = this.find(name, identity, O_DIRECTORY);
    return fd === undefined ? undefined : new DescriptorDirectory(fd, this.root);
  }

  openFile(name: string, identity: string, writable: boolean): HostFile {
    return this.withFound(name, identity, (found) => openFound(found, writable, this.root.dev));
  }

  createFile(name: string, mode: number): HostFile {
    return ask(() => {
      const fd = openSync(this.at(name), O_CREAT | O_EXCL | O_NOFOLLOW | O_RDWR, mode);
      withMode(fd, mode);
      return openFile(fd, true, this.root.dev);
    });
  }

  makeDirectory(name: string, mode: number): void {
    ask(() => mkdirSync(this.at(name), { mode }));
    const made = this.statOf(name);
    if (made !== undefined && (made.mode & PERMISSIONS) !== mode) this.setMode(name, made.identity, mode);
  }

  makeSymlink(name: string, target: string): void {
    ask(() => symlinkSync(Buffer.from(encodeName(target)), this.at(name)));
  }

  setMode(name: string, identity: string, mode: number): void {
    if (name === "") ask(() => chmodSync(this.path, mode));
    else this.withFound(name, identity, (found) => chmodSync(`/proc/self/fd/${found}`, mode));
  }

  setTimes(name: string, atime: Timespec, mtime: Timespec): void {
    ask(() => {
      if (name === "") utimesSync(this.path, seconds(atime), seconds(mtime));
      else lutimesSync(this.at(name), seconds(atime), seconds(mtime));
    });
  }

  readlink(name: string): string {
    return ask(() => readlink(this.at(name)));
  }

  unlink(name: string): void {
    ask(() => unlinkSync(this.at(name)));
  }

  removeDirectory(name: string): void {
    ask(() => rmdirSync(this.at(name)));
  }

  rename(name: string, target: HostDirectory, newName: string): void {
    ask(() => renameSync(this.at(name), (target as DescriptorDirectory).at(newName)));
  }

  link(name: string, target: HostDirectory, newName: string): void {
    ask(() => linkSync(this.at(name), (target as DescriptorDirectory).at(newName)));
  }

  usage(): FileSystemUsage {
    return ask(() => usageOf(statfsSync(this.path)));
  }

  close(): void {
    closeSync(this.fd);
  }

  private get path(): string {
    return `/proc/self/fd/${this.fd}`;
  }

  private at(name: string): string | Buffer {
    return pathIn(this.path, name);
  }

  /** Its descriptor, which is good for asking only, if it is that file still. */
  private find(name: string, identity: string, flags = 0): number | undefined {
    return ask(() => {
      let fd: number;
      try {
        fd = openSync(this.at(name), O_PATH | O_NOFOLLOW | flags);
      } catch (error) {
        if (MISSING.has(String((error as NodeJS.ErrnoException).code))) return undefined;
        throw error;
      }
      if (identityOf(fstatSync(fd, { bigint: true })) === identity) return fd;
      closeSync(fd);
      return undefined;
    });
  }

  private withFound<Result>(name: string, identity: string, use: (found: number) => Result): Result {
    const found = this.find(name, identity);
    if (found === undefined) throw Errno.ENOENT;
    try {
      return ask(() => use(found));
    } finally {
      closeSync(found);
    }
  }
}

/** What opening a name fails with when it is no longer that of a directory. */
const MISSING: ReadonlySet<string> = new Set(["ENOENT", "ENOTDIR", "ELOOP"]);

/** The mounted directory, by which its subdirectories tell where they are. */
class MountedRoot {
  private path: string;

  constructor(
    private readonly fd: number,
    readonly dev: bigint,
  ) {
    this.path = this.currentPath();
  }

  /** Where below the mounted directory the path of a directory leads; it may itself have been moved. */
  placeOf(path: string): string | undefined {
    const place = below(this.path, path);
    if (place !== undefined) return place;
    this.path = this.currentPath();
    return below(this.path, path);
  }

  private currentPath(): string {
    return readlink(`/proc/self/fd/${this.fd}`);
  }
}

function below(root: string, path: string): string | undefined {
  if (path === root) return "";
  const prefix = root === "/" ? root : `${root}/`;
  return path.startsWith(prefix) ? path.slice(prefix.length) : undefined;
}

function readlink(path: string | Buffer): string {
  return nameFrom(readlinkSync(path), () => readlinkSync(path, { encoding: "buffer" }));
}

/** Opens what a descriptor has found: a regular file, as it has been seen to be. */
function openFound(found: number, writable: boolean, rootDev: bigint): HostFile {
  const fd = openSync(`/proc/self/fd/${found}`, (writable ? O_RDWR : O_RDONLY) | O_NONBLOCK);
  return openFile(fd, writable, rootDev);
}

function openFile(fd: number, writable: boolean, rootDev: bigint): HostFile {
  return new OpenHostFile(fd, writable, rootDev, (own) => ask(() => openFound(own, true, rootDev)));
}
