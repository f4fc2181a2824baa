import {
  AT_FDCWD,
  AT_REMOVEDIR,
  AT_SYMLINK_NOFOLLOW,
  O_DIRECTORY,
  O_RDONLY,
  O_RDWR,
} from "../../../src/wasi/abi/linux/fcntl.js";
import { S_IFDIR, S_IFLNK, S_IFMT, S_IFREG } from "../../../src/wasi/abi/linux/stat.js";
import { decodeName } from "../../../src/wasi/vfs/name.js";
import { readDirents, readStatx, type StatResult } from "../../support/structures.js";
import type { Argument, FileGuest } from "./file-guest.js";
import type { Operation } from "./operations.js";
import type { Outcome, Side, TreeEntry } from "./side.js";

/** The filesystem of the sandbox, through its system calls. */
export class GuestSide implements Side {
  private readonly handles = new Map<number, number>();

  constructor(
    readonly guest: FileGuest,
    private readonly root: string,
  ) {}

  run(op: Operation): Outcome {
    switch (op.kind) {
      case "mkdir":
        return this.done("mkdirat", AT_FDCWD, this.at(op.path), op.mode);
      case "open":
        return this.open(this.at(op.path), op.flags, op.mode, op.handle);
      case "close": {
        const result = this.done("close", this.fd(op.handle));
        this.handles.delete(op.handle);
        return result;
      }
      case "read":
        return this.read(this.fd(op.handle), op.length, op.offset);
      case "write": {
        const { bytes, offset } = op;
        const fd = this.fd(op.handle);
        return offset === null
          ? this.guest.call("write", fd, bytes, bytes.length)
          : this.guest.call("pwrite64", fd, bytes, bytes.length, BigInt(offset));
      }
      case "ftruncate":
        return this.done("ftruncate64", this.fd(op.handle), BigInt(op.size));
      case "truncate":
        return this.truncate(this.at(op.path), op.size);
      case "stat":
        return this.stat(AT_FDCWD, this.at(op.path), 0);
      case "lstat":
        return this.stat(AT_FDCWD, this.at(op.path), AT_SYMLINK_NOFOLLOW);
      case "fstat":
        return this.stat(this.fd(op.handle), "", 0x1000);
      case "unlink":
        return this.done("unlinkat", AT_FDCWD, this.at(op.path), 0);
      case "rmdir":
        return this.done("unlinkat", AT_FDCWD, this.at(op.path), AT_REMOVEDIR);
      case "readdir": {
        const names = this.names(this.at(op.path));
        return typeof names === "string" ? names : { names: names.sort() };
      }
      case "readlink":
        return this.readlink(this.at(op.path));
      case "rename":
        return this.done("renameat", AT_FDCWD, this.at(op.path), AT_FDCWD, this.at(op.to));
      case "link":
        return this.done("linkat", AT_FDCWD, this.at(op.path), AT_FDCWD, this.at(op.to), 0);
      case "symlink":
        return this.done("symlinkat", op.target, AT_FDCWD, this.at(op.path));
      case "chmod":
        return this.done("fchmodat", AT_FDCWD, this.at(op.path), op.mode);
      case "fchmod":
        return this.done("fchmod", this.fd(op.handle), op.mode);
      case "utimes":
      case "lutimes": {
        const times = new BigInt64Array([BigInt(op.atime), 0n, BigInt(op.mtime), 0n]);
        const flags = op.kind === "lutimes" ? AT_SYMLINK_NOFOLLOW : 0;
        return this.done("utimensat_time64", AT_FDCWD, this.at(op.path), new Uint8Array(times.buffer), flags);
      }
      case "access":
        return this.done("faccessat", AT_FDCWD, this.at(op.path), op.mode);
      case "chown":
      case "lchown": {
        const flags = op.kind === "lchown" ? AT_SYMLINK_NOFOLLOW : 0;
        return this.done("fchownat", AT_FDCWD, this.at(op.path), op.uid, op.gid, flags);
      }
    }
  }

  tree(): Map<string, TreeEntry> {
    const entries = new Map<string, TreeEntry>();
    const visit = (relative: string): void => {
      const path = this.at(relative);
      const stat = this.statx(AT_FDCWD, path, AT_SYMLINK_NOFOLLOW) as StatResult;
      entries.set(relative, {
        ...this.shown(stat),
        ...stat,
        ino: BigInt(stat.ino),
        ...this.content(path, stat),
      });
      if ((stat.mode & S_IFMT) === S_IFDIR)
        for (const name of this.names(path) as string[]) visit(`${relative}/${name}`);
    };
    visit(".");
    return entries;
  }

  dispose(): void {
    this.guest.process.fds.closeAll();
  }

  private content(
    path: string,
    { mode, size }: StatResult,
  ): { content: Uint8Array | string | undefined; size?: number } {
    const type = mode & S_IFMT;
    if (type === S_IFLNK) return { content: (this.readlink(path) as { target: string }).target };
    if (type !== S_IFREG) return { content: undefined, size: 0 };
    const fd = this.guest.call("openat", AT_FDCWD, path, O_RDONLY, 0) as number;
    const { bytes } = this.read(fd, size, null) as { bytes: Uint8Array };
    this.guest.call("close", fd);
    return { content: bytes };
  }

  private open(path: string, flags: number, mode: number, handle: number): Outcome {
    const fd = this.guest.call("openat", AT_FDCWD, path, flags, mode);
    if (typeof fd === "string") return fd;
    const previous = this.handles.get(handle);
    if (previous !== undefined) this.guest.call("close", previous);
    this.handles.set(handle, fd);
    return "ok";
  }

  /** As `fs.truncateSync` does it: with open(2) and ftruncate(2). */
  private truncate(path: string, size: number): Outcome {
    const fd = this.guest.call("openat", AT_FDCWD, path, O_RDWR, 0);
    if (typeof fd === "string") return fd;
    const result = this.done("ftruncate64", fd, BigInt(size));
    this.guest.call("close", fd);
    return result;
  }

  private read(fd: number, length: number, offset: number | null): Outcome {
    const buffer = new Uint8Array(length);
    const count =
      offset === null
        ? this.guest.call("read", fd, buffer, length)
        : this.guest.call("pread64", fd, buffer, length, BigInt(offset));
    return typeof count === "string" ? count : { bytes: buffer.slice(0, count) };
  }

  private readlink(path: string): Outcome {
    const buffer = new Uint8Array(5000);
    const count = this.guest.call("readlinkat", AT_FDCWD, path, buffer, buffer.length);
    return typeof count === "string" ? count : { target: decodeName(buffer.subarray(0, count)) };
  }

  private names(path: string): string[] | string {
    const fd = this.guest.call("openat", AT_FDCWD, path, O_RDONLY | O_DIRECTORY, 0);
    if (typeof fd === "string") return fd;
    const names: string[] = [];
    for (;;) {
      const buffer = new Uint8Array(300);
      const count = this.guest.call("getdents64", fd, buffer, buffer.length) as number;
      names.push(...readDirents(buffer.subarray(0, count)).map((entry) => entry.name));
      if (count === 0) break;
    }
    this.guest.call("close", fd);
    return names.filter((name) => name !== "." && name !== "..");
  }

  private stat(dirfd: number, path: string, flags: number): Outcome {
    const stat = this.statx(dirfd, path, flags);
    return typeof stat === "string" ? stat : { stat: this.shown(stat) };
  }

  private shown({ mode, nlink, uid, gid, size }: StatResult) {
    return { mode, nlink, uid, gid, size: (mode & S_IFMT) === S_IFDIR ? 0 : size };
  }

  private statx(dirfd: number, path: string, flags: number): StatResult | string {
    const buffer = new Uint8Array(256);
    const result = this.guest.call("statx", dirfd, path, flags, 0xfff, buffer);
    return typeof result === "string" ? result : readStatx(buffer);
  }

  private done(name: string, ...args: Argument[]): Outcome {
    const result = this.guest.call(name, ...args);
    return result === 0 ? "ok" : result;
  }

  private at(path: string): string {
    return `${this.root}/${path}`;
  }

  private fd(handle: number): number {
    return this.handles.get(handle) ?? 1_000_000;
  }
}
