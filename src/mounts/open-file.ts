import {
  closeSync,
  fchmodSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  futimesSync,
  readSync,
  writeSync,
} from "node:fs";
import type { HostFile, HostStat } from "../wasi/fs/host/host-directory.js";
import type { Timespec } from "../wasi/vfs/inode.js";
import { ask } from "./host-errors.js";
import { seconds, toHostStat } from "./host-stat.js";

export const PERMISSIONS = 0o7777;

/** Undoes what the daemon's own umask has taken from the mode of a new file. */
export function withMode(fd: number, mode: number): void {
  if ((fstatSync(fd).mode & PERMISSIONS) !== mode) fchmodSync(fd, mode);
}

/** An open file of the host, by its descriptor. */
export class OpenHostFile implements HostFile {
  /** `openAgain` opens the same file for reading and writing. */
  constructor(
    private readonly fd: number,
    readonly writable: boolean,
    private readonly rootDev: bigint,
    private readonly openAgain: (fd: number) => HostFile,
  ) {}

  stat(): HostStat {
    return ask(() => toHostStat(fstatSync(this.fd, { bigint: true }), this.rootDev));
  }

  read(into: Uint8Array, offset: number): number {
    let done = 0;
    while (done < into.length) {
      const count = ask(() => readSync(this.fd, into, done, into.length - done, offset + done));
      if (count === 0) break;
      done += count;
    }
    return done;
  }

  write(from: Uint8Array, offset: number): number {
    return ask(() => writeSync(this.fd, from, 0, from.length, offset));
  }
  truncate(size: number): void {
    ask(() => ftruncateSync(this.fd, size));
  }
  setMode(mode: number): void {
    ask(() => fchmodSync(this.fd, mode));
  }
  setTimes(atime: Timespec, mtime: Timespec): void {
    ask(() => futimesSync(this.fd, seconds(atime), seconds(mtime)));
  }
  sync(): void {
    ask(() => fsyncSync(this.fd));
  }
  reopen(): HostFile {
    return this.openAgain(this.fd);
  }
  close(): void {
    closeSync(this.fd);
  }
}
