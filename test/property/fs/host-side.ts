import fs from "node:fs";
import {
  O_ACCMODE,
  O_APPEND,
  O_CREAT,
  O_DIRECTORY,
  O_EXCL,
  O_NOFOLLOW,
  O_TRUNC,
} from "../../../src/wasi/abi/linux/fcntl.js";
import { decodeName, encodeName } from "../../../src/wasi/vfs/name.js";
import type { Operation } from "./operations.js";
import type { Outcome, Side, TreeEntry } from "./side.js";

/** The real filesystem of the machine that runs the test. */
export class HostSide implements Side {
  private readonly handles = new Map<number, number>();

  constructor(private readonly root: string) {}

  run(operation: Operation): Outcome {
    try {
      return this.perform(operation);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === undefined || code.startsWith("ERR_")) throw error;
      return code;
    }
  }

  private perform(op: Operation): Outcome {
    switch (op.kind) {
      case "mkdir":
        fs.mkdirSync(this.at(op.path), op.mode);
        return "ok";
      case "open": {
        const fd = fs.openSync(this.at(op.path), hostFlags(op.flags), op.mode);
        const previous = this.handles.get(op.handle);
        if (previous !== undefined) fs.closeSync(previous);
        this.handles.set(op.handle, fd);
        return "ok";
      }
      case "close":
        fs.closeSync(this.fd(op.handle));
        this.handles.delete(op.handle);
        return "ok";
      case "read": {
        const buffer = new Uint8Array(op.length);
        const count = fs.readSync(this.fd(op.handle), buffer, 0, op.length, op.offset);
        return { bytes: buffer.slice(0, count) };
      }
      case "write":
        return fs.writeSync(this.fd(op.handle), op.bytes, 0, op.bytes.length, op.offset);
      case "ftruncate":
        fs.ftruncateSync(this.fd(op.handle), op.size);
        return "ok";
      case "truncate":
        fs.truncateSync(this.at(op.path), op.size);
        return "ok";
      case "stat":
        return shown(fs.statSync(this.at(op.path)));
      case "lstat":
        return shown(fs.lstatSync(this.at(op.path)));
      case "fstat":
        return shown(fs.fstatSync(this.fd(op.handle)));
      case "unlink":
        fs.unlinkSync(this.at(op.path));
        return "ok";
      case "rmdir":
        fs.rmdirSync(this.at(op.path));
        return "ok";
      case "readdir":
        return { names: names(this.at(op.path)).sort() };
      case "readlink":
        return { target: target(this.at(op.path)) };
      case "rename":
        fs.renameSync(this.at(op.path), this.at(op.to));
        return "ok";
      case "link":
        fs.linkSync(this.at(op.path), this.at(op.to));
        return "ok";
      case "symlink":
        fs.symlinkSync(Buffer.from(encodeName(op.target)), this.at(op.path));
        return "ok";
      case "chmod":
        fs.chmodSync(this.at(op.path), op.mode);
        return "ok";
      case "fchmod":
        fs.fchmodSync(this.fd(op.handle), op.mode);
        return "ok";
      case "utimes":
        fs.utimesSync(this.at(op.path), op.atime, op.mtime);
        return "ok";
      case "lutimes":
        fs.lutimesSync(this.at(op.path), op.atime, op.mtime);
        return "ok";
      case "access":
        fs.accessSync(this.at(op.path), op.mode);
        return "ok";
      case "chown":
        fs.chownSync(this.at(op.path), op.uid, op.gid);
        return "ok";
      case "lchown":
        fs.lchownSync(this.at(op.path), op.uid, op.gid);
        return "ok";
    }
  }

  tree(): Map<string, TreeEntry> {
    const entries = new Map<string, TreeEntry>();
    const visit = (relative: string): void => {
      const path = this.at(relative);
      const stat = fs.lstatSync(path, { bigint: true });
      entries.set(relative, {
        mode: Number(stat.mode),
        nlink: Number(stat.nlink),
        uid: Number(stat.uid),
        gid: Number(stat.gid),
        size: stat.isDirectory() ? 0 : Number(stat.size),
        ino: stat.ino,
        mtimeNs: stat.mtimeNs,
        ctimeNs: stat.ctimeNs,
        content: stat.isFile() ? fs.readFileSync(path) : stat.isSymbolicLink() ? target(path) : undefined,
      });
      if (stat.isDirectory()) for (const name of names(path)) visit(`${relative}/${name}`);
    };
    visit(".");
    return entries;
  }

  dispose(): void {
    for (const fd of this.handles.values()) fs.closeSync(fd);
  }

  private at(path: string): Buffer {
    return Buffer.from(encodeName(`${this.root}/${path}`));
  }

  /** A descriptor that is not open where the handle is free. */
  private fd(handle: number): number {
    return this.handles.get(handle) ?? 1_000_000;
  }
}

function names(directory: Buffer): string[] {
  return fs.readdirSync(directory, { encoding: "buffer" }).map((name) => decodeName(name));
}

function target(link: Buffer): string {
  return decodeName(fs.readlinkSync(link, { encoding: "buffer" }));
}

/** The flags as this machine's architecture numbers them. */
function hostFlags(flags: number): number {
  const { constants } = fs;
  const table: [ours: number, theirs: number][] = [
    [O_CREAT, constants.O_CREAT],
    [O_EXCL, constants.O_EXCL],
    [O_TRUNC, constants.O_TRUNC],
    [O_APPEND, constants.O_APPEND],
    [O_DIRECTORY, constants.O_DIRECTORY],
    [O_NOFOLLOW, constants.O_NOFOLLOW],
  ];
  return table.reduce((all, [ours, theirs]) => all | ((flags & ours) !== 0 ? theirs : 0), flags & O_ACCMODE);
}

function shown(stat: fs.Stats): Outcome {
  const { mode, nlink, uid, gid, size } = stat;
  return { stat: { mode, nlink, uid, gid, size: stat.isDirectory() ? 0 : size } };
}
