import type { FileSystemUsage } from "../../vfs/file-system.js";
import type { Timespec } from "../../vfs/inode.js";

/**
 * What a filesystem over a directory of the host needs of the host: plain calls in the manner of openat(2) and its kin, each with
 * one name below a directory that is open. A name is a single component in the coding of `vfs/name`; `""` stands for the directory
 * itself where that is said. No call follows a symbolic link. All throw `Errno`.
 */
export interface HostDirectory {
  /**
   * Where it is now below the mounted directory, `a/b`; `""` for that itself. Undefined when it has been removed, or moved to
   * another place on the host: nothing in it is the guest's any more.
   */
  place(): string | undefined;
  /** Undefined when there is no such name. `""`: the directory itself. */
  statOf(name: string): HostStat | undefined;
  /** Without `.` and `..`, in the host's order. */
  names(): readonly string[];
  /** Whether there is no name in it. */
  isEmpty(): boolean;

  /** Undefined unless that name is still that of the directory that `identity` says. */
  openDirectory(name: string, identity: string): HostDirectory | undefined;
  /** ENOENT unless that name is still that of the file that `identity` says. */
  openFile(name: string, identity: string, writable: boolean): HostFile;
  setMode(name: string, identity: string, mode: number): void;
  /** Of the directory itself with `""`, as above. */
  setTimes(name: string, atime: Timespec, mtime: Timespec): void;
  readlink(name: string): string;

  /** Makes a regular file, open for reading and writing; EEXIST. `mode`: permission bits, which no umask changes. */
  createFile(name: string, mode: number): HostFile;
  makeDirectory(name: string, mode: number): void;
  makeSymlink(name: string, target: string): void;
  unlink(name: string): void;
  removeDirectory(name: string): void;
  rename(name: string, target: HostDirectory, newName: string): void;
  link(name: string, target: HostDirectory, newName: string): void;

  usage(): FileSystemUsage;
  close(): void;
}

/** An open regular file. */
export interface HostFile {
  readonly writable: boolean;
  stat(): HostStat;
  /** Returns the count, which is short only at the end of the file. */
  read(into: Uint8Array, offset: number): number;
  /** Returns the count, which may be short. */
  write(from: Uint8Array, offset: number): number;
  truncate(size: number): void;
  setMode(mode: number): void;
  setTimes(atime: Timespec, mtime: Timespec): void;
  /** fsync(2). */
  sync(): void;
  /** The same file, open for writing too. */
  reopen(): HostFile;
  close(): void;
}

/** As in inode(7). */
export interface HostStat {
  /** The same for two names of one file, and never for two files, even when one has taken the other's number. */
  readonly identity: string;
  readonly ino: number;
  /** File type and permission bits. */
  readonly mode: number;
  readonly nlink: number;
  readonly size: number;
  /** In units of 512 bytes. */
  readonly blocks: number;
  readonly atime: Timespec;
  readonly mtime: Timespec;
  readonly ctime: Timespec;
}
