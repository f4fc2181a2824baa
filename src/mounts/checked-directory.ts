import {
  chmodSync,
  constants,
  fstatSync,
  linkSync,
  lstatSync,
  lutimesSync,
  mkdirSync,
  openSync,
  readdirSync,
  readlinkSync,
  realpathSync,
  renameSync,
  rmdirSync,
  statfsSync,
  symlinkSync,
  unlinkSync,
} from "node:fs";
import { sep } from "node:path";
import { Errno } from "../wasi/errno.js";
import type { HostDirectory, HostFile, HostStat } from "../wasi/fs/host/host-directory.js";
import type { FileSystemUsage } from "../wasi/vfs/file-system.js";
import type { Timespec } from "../wasi/vfs/inode.js";
import { decodeName, encodeName } from "../wasi/vfs/name.js";
import { ask } from "./host-errors.js";
import { identityOf, seconds, toHostStat } from "./host-stat.js";
import { hostPath, nameFrom, pathIn } from "./names.js";
import { OpenHostFile, PERMISSIONS, withMode } from "./open-file.js";
import { usageOf } from "./usage.js";

const { O_CREAT, O_EXCL, O_RDONLY, O_RDWR } = constants;
/** Absent on Windows. */
const O_NOFOLLOW = constants.O_NOFOLLOW ?? 0;
const O_NONBLOCK = constants.O_NONBLOCK ?? 0;

/**
 * A directory of a host without /proc/self/fd, by its path. Before and after each call it is looked whether the path leads
 * to that directory still, without links on the way. Somebody on the host who puts a link in its place and takes it away again
 * within that moment is not noticed; the guest cannot do that, since it does one thing at a time.
 */
export class CheckedDirectory implements HostDirectory {
  private constructor(
    private readonly path: string,
    private readonly identity: string,
    private readonly root: { readonly path: string; readonly dev: bigint },
  ) {}

  /** The directory to be mounted: here links are followed. */
  static open(path: string): HostDirectory {
    return ask(() => {
      const real = realPath(path);
      const stats = lstatSync(hostPath(real), { bigint: true });
      if (!stats.isDirectory()) throw Errno.ENOTDIR;
      return new CheckedDirectory(real, identityOf(stats), { path: real, dev: stats.dev });
    });
  }

  place(): string | undefined {
    const { path, root } = this;
    if (!this.isThere()) return undefined;
    return path === root.path ? "" : path.slice(root.path.length + 1).replaceAll(sep, "/");
  }

  statOf(name: string): HostStat | undefined {
    const stats = this.guarded(() => lstatSync(this.self(name), { bigint: true, throwIfNoEntry: false }));
    return stats === undefined ? undefined : toHostStat(stats, this.root.dev);
  }

  names(): readonly string[] {
    return this.guarded(() => readdirSync(hostPath(this.path), { encoding: "buffer" }).map(decodeName));
  }

  isEmpty(): boolean {
    return this.names().length === 0;
  }

  openDirectory(name: string, identity: string): HostDirectory | undefined {
    if (this.statOf(name)?.identity !== identity) return undefined;
    // The host's own spelling: where case or Unicode's forms do not matter to it, a name has several.
    const path = ask(() => realPath(this.at(name)));
    return path.startsWith(this.path) ? new CheckedDirectory(path, identity, this.root) : undefined;
  }

  openFile(name: string, identity: string, writable: boolean): HostFile {
    if (this.statOf(name)?.identity !== identity) throw Errno.ENOENT;
    return this.guarded(() => {
      const fd = openSync(this.at(name), (writable ? O_RDWR : O_RDONLY) | O_NOFOLLOW | O_NONBLOCK);
      const file = this.fileOf(fd, name, identity, writable);
      if (file.stat().identity === identity) return file;
      file.close();
      throw Errno.ENOENT;
    });
  }

  createFile(name: string, mode: number): HostFile {
    return this.guarded(() => {
      const fd = openSync(this.at(name), O_CREAT | O_EXCL | O_NOFOLLOW | O_RDWR, mode);
      withMode(fd, mode);
      return this.fileOf(fd, name, identityOf(fstatSync(fd, { bigint: true })), true);
    });
  }

  makeDirectory(name: string, mode: number): void {
    this.guarded(() => mkdirSync(this.at(name), { mode }));
    const made = this.statOf(name);
    if (made !== undefined && (made.mode & PERMISSIONS) !== mode) this.setMode(name, made.identity, mode);
  }

  makeSymlink(name: string, target: string): void {
    this.guarded(() => symlinkSync(Buffer.from(encodeName(target)), this.at(name)));
  }

  setMode(name: string, identity: string, mode: number): void {
    if (this.statOf(name)?.identity !== identity) throw Errno.ENOENT;
    this.guarded(() => chmodSync(this.self(name), mode));
  }

  setTimes(name: string, atime: Timespec, mtime: Timespec): void {
    this.guarded(() => lutimesSync(this.self(name), seconds(atime), seconds(mtime)));
  }

  readlink(name: string): string {
    const path = this.at(name);
    return this.guarded(() => nameFrom(readlinkSync(path), () => readlinkSync(path, { encoding: "buffer" })));
  }

  unlink(name: string): void {
    this.guarded(() => unlinkSync(this.at(name)));
  }

  removeDirectory(name: string): void {
    this.guarded(() => rmdirSync(this.at(name)));
  }

  rename(name: string, target: HostDirectory, newName: string): void {
    const to = target as CheckedDirectory;
    this.guarded(() => to.guarded(() => renameSync(this.at(name), to.at(newName))));
  }

  link(name: string, target: HostDirectory, newName: string): void {
    const to = target as CheckedDirectory;
    this.guarded(() => to.guarded(() => linkSync(this.at(name), to.at(newName))));
  }

  usage(): FileSystemUsage {
    return this.guarded(() => usageOf(statfsSync(hostPath(this.path))));
  }

  close(): void {}

  /** ENOENT unless this is the directory that it was, before the call and after it. */
  private guarded<Result>(call: () => Result): Result {
    if (!this.isThere()) throw Errno.ENOENT;
    const result = ask(call);
    if (!this.isThere()) throw Errno.ENOENT;
    return result;
  }

  private isThere(): boolean {
    const path = hostPath(this.path);
    try {
      return identityOf(lstatSync(path, { bigint: true })) === this.identity && realPath(path) === this.path;
    } catch {
      return false;
    }
  }

  /** As `at`, and with `""` the directory itself. */
  private self(name: string): string | Buffer {
    return name === "" ? hostPath(this.path) : this.at(name);
  }

  private at(name: string): string | Buffer {
    return pathIn(this.path, name);
  }

  private fileOf(fd: number, name: string, identity: string, writable: boolean): HostFile {
    return new OpenHostFile(fd, writable, this.root.dev, () => this.openFile(name, identity, true));
  }
}

function realPath(path: string | Buffer): string {
  return decodeName(realpathSync.native(path, "buffer"));
}
