import { O_ACCMODE, O_APPEND, O_RDONLY, O_TRUNC } from "../../wasi/abi/linux/fcntl.js";
import { S_IFDIR, S_IFLNK, S_IFREG } from "../../wasi/abi/linux/stat.js";
import { Errno } from "../../wasi/errno.js";
import type { Process } from "../../wasi/kernel/process.js";
import { touchModified } from "../../wasi/vfs/attributes.js";
import type { FileSystem } from "../../wasi/vfs/file-system.js";
import {
  type Inode,
  isDirectory,
  isRegular,
  isSymlink,
  type RegularInode,
  type Timespec,
} from "../../wasi/vfs/inode.js";
import { readChange, writeAttributes, writeQid, writeUsage } from "./attributes.js";
import { create, demandDirectory, demandWritable, link, newMode, remove, rename } from "./changes.js";
import { ExportRoot } from "./export-root.js";
import { DirectoryReading, type Fid, Fids } from "./fid.js";
import { Body, encodeAnswer, encodeError, HEADER_BYTES, Request, Type } from "./messages.js";

const VERSION = "9P2000.L";
/** The largest message. */
const MAX_MESSAGE = 512_000;
/** Size and count in front of data. */
const DATA_HEADER = HEADER_BYTES + 4;
const MAX_WALK = 16;
/** Flag of unlinkat. */
const AT_REMOVEDIR = 0x200;
const F_UNLCK = 2;

/** Directories of the host ask nothing of the process that opens a file or reads a link. */
const NOBODY = undefined as unknown as Process;

/** Serves filesystems to the guest's kernel in 9P2000.L. One request at a time: each is answered before the next. */
export class NinePServer {
  private readonly root: ExportRoot;
  private readonly fids = new Fids();
  private maxMessage = MAX_MESSAGE;

  /** `reportBug` is told of what no errno explains. */
  constructor(
    exports: readonly FileSystem[],
    private readonly clock: { now(): Timespec },
    private readonly reportBug: (error: unknown) => void,
  ) {
    this.root = new ExportRoot(exports);
  }

  /** Returns the answer. */
  handle(message: Uint8Array): Uint8Array {
    const request = new Request(message);
    try {
      return encodeAnswer(request, this.dispatch(request));
    } catch (error) {
      if (error instanceof Errno) return encodeError(request, error);
      this.reportBug(error);
      return encodeError(request, Errno.EIO);
    }
  }

  /** Closes all files that the guest has open. */
  close(): void {
    this.fids.clear();
  }

  private dispatch(request: Request): Body {
    const body = new Body();
    switch (request.type) {
      case Type.version:
        return this.version(request, body);
      case Type.attach:
        return this.attach(request, body);
      case Type.walk:
        return this.walk(request, body);
      case Type.clunk:
        this.fids.drop(request.u32());
        return body;
      case Type.remove:
        // The guest's kernel removes with unlinkat.
        this.fids.drop(request.u32());
        throw Errno.EOPNOTSUPP;
      case Type.lopen:
        return this.open(request, body);
      case Type.lcreate:
        return this.createFile(request, body);
      case Type.read:
        return this.read(request, body);
      case Type.write:
        return this.write(request, body);
      case Type.readdir:
        return this.readDirectory(request, body);
      case Type.readlink:
        return this.readlink(request, body);
      case Type.getattr: {
        const { inode } = this.fid(request);
        inode.refresh();
        return writeAttributes(body, inode);
      }
      case Type.setattr:
        return this.setAttributes(request, body);
      case Type.statfs:
        return writeUsage(body, this.fid(request).inode.fs);
      case Type.fsync: {
        const { inode } = this.fid(request);
        if (isRegular(inode)) inode.sync();
        return body;
      }
      case Type.symlink:
      case Type.mkdir:
      case Type.mknod:
        return this.make(request, body);
      case Type.link: {
        const directory = demandDirectory(this.fid(request).inode);
        link(this.fid(request).inode, directory, request.text());
        return body;
      }
      case Type.renameat: {
        const from = demandDirectory(this.fid(request).inode);
        const name = request.text();
        rename(from, name, demandDirectory(this.fid(request).inode), request.text());
        return body;
      }
      case Type.unlinkat: {
        const directory = demandDirectory(this.fid(request).inode);
        remove(directory, request.text(), (request.u32() & AT_REMOVEDIR) !== 0);
        return body;
      }
      // The guest's kernel keeps its own locks before it asks here, where nobody else has any.
      case Type.lock:
        return body.u8(0);
      case Type.getlock: {
        request.u32();
        request.u8();
        const range = request.bytes(20);
        return body.u8(F_UNLCK).raw(range).text(request.text());
      }
      case Type.flush:
        return body;
      default:
        throw Errno.EOPNOTSUPP;
    }
  }

  private version(request: Request, body: Body): Body {
    this.fids.clear();
    this.maxMessage = Math.min(Math.max(request.u32(), 4096), MAX_MESSAGE);
    return body.u32(this.maxMessage).text(request.text() === VERSION ? VERSION : "unknown");
  }

  private attach(request: Request, body: Body): Body {
    const number = request.u32();
    request.u32();
    request.text();
    request.text();
    this.fids.set(number, this.root.root, request.u32());
    return qid(body, this.root.root);
  }

  private walk(request: Request, body: Body): Body {
    const { inode: start, uid } = this.fid(request);
    const number = request.u32();
    const count = request.u16();
    if (count > MAX_WALK) throw Errno.EINVAL;
    let inode = start;
    const found: Inode[] = [];
    for (let i = 0; i < count; i++) {
      const child = this.step(inode, request.text());
      if (child === undefined) break;
      inode = child;
      found.push(child);
    }
    if (found.length === count) this.fids.set(number, inode, uid);
    else if (found.length === 0) throw Errno.ENOENT;
    body.u16(found.length);
    for (const one of found) qid(body, one);
    return body;
  }

  /** One name, of which `..` leads no further up than to the root. */
  private step(from: Inode, name: string): Inode | undefined {
    const directory = demandDirectory(from);
    if (name === "..") return directory.parent ?? this.root.root;
    return name === "." ? directory : directory.lookup(demandSingle(name));
  }

  private open(request: Request, body: Body): Body {
    const fid = this.fid(request);
    const { inode } = fid;
    const flags = request.u32();
    const writes = (flags & O_ACCMODE) !== O_RDONLY;
    if (isDirectory(inode)) {
      if (writes) throw Errno.EISDIR;
      fid.reading = new DirectoryReading(inode, inode.parent ?? this.root.root);
    } else {
      const file = demandRegular(inode);
      if (writes || (flags & O_TRUNC) !== 0) demandWritable(inode);
      file.open(NOBODY, flags);
      if ((flags & O_TRUNC) !== 0) this.truncate(file, 0);
    }
    keepOpen(fid, flags);
    return qid(body, inode).u32(0);
  }

  private createFile(request: Request, body: Body): Body {
    const number = request.u32();
    const { inode: directory, uid } = this.fids.get(number);
    const name = request.text();
    const [flags, mode, gid] = [request.u32(), request.u32(), request.u32()];
    const inode = create(demandDirectory(directory), name, { mode: newMode(S_IFREG, mode), uid, gid });
    this.fids.set(number, inode, uid);
    demandRegular(inode).open(NOBODY, flags);
    keepOpen(this.fids.get(number), flags);
    return qid(body, inode).u32(0);
  }

  private read(request: Request, body: Body): Body {
    const file = demandRegular(this.openFid(request).inode);
    const offset = request.u64();
    const bytes = new Uint8Array(Math.min(request.u32(), this.maxMessage - DATA_HEADER));
    const count = file.read(bytes, offset);
    return body.u32(count).raw(bytes.subarray(0, count));
  }

  private write(request: Request, body: Body): Body {
    const { inode, append } = this.openFid(request);
    const file = demandRegular(inode);
    demandWritable(file);
    const offset = request.u64();
    const bytes = request.bytes(request.u32());
    if (append) file.refresh();
    const count = bytes.length === 0 ? 0 : file.write(bytes, append ? file.size : offset);
    touchModified(file, this.clock.now());
    return body.u32(count);
  }

  private readDirectory(request: Request, body: Body): Body {
    const { inode, reading } = this.openFid(request);
    if (reading === undefined) throw Errno.ENOTDIR;
    reading.seek(request.u64());
    const room = Math.min(request.u32(), this.maxMessage - DATA_HEADER);
    const entries = new Body();
    for (let entry = reading.peek(); entry !== undefined; entry = reading.peek()) {
      const { name, type, ino, next } = entry;
      const one = writeQid(new Body(), type, inode.fs, ino)
        .u64(next)
        .u8(type >> 12)
        .text(name);
      if (entries.length + one.length > room) break;
      entries.raw(one.content);
      reading.accept();
    }
    return body.u32(entries.length).raw(entries.content);
  }

  private readlink(request: Request, body: Body): Body {
    const { inode } = this.fid(request);
    if (!isSymlink(inode)) throw Errno.EINVAL;
    return body.text(inode.readlink(NOBODY));
  }

  private setAttributes(request: Request, body: Body): Body {
    const { inode } = this.fid(request);
    demandWritable(inode);
    const { attributes, size } = readChange(request, inode, this.clock.now());
    if (size !== undefined) this.truncate(demandRegular(inode), size);
    if (attributes !== undefined) inode.setAttributes(attributes);
    return body;
  }

  private make(request: Request, body: Body): Body {
    const { inode, uid } = this.fid(request);
    const name = request.text();
    const directory = demandDirectory(inode);
    let made: Inode;
    if (request.type === Type.symlink) {
      const target = request.text();
      made = create(directory, name, { mode: S_IFLNK | 0o777, uid, gid: request.u32(), target });
    } else {
      const mode = request.u32();
      const rdev = request.type === Type.mknod ? ((request.u32() & 0xff) << 8) | (request.u32() & 0xff) : 0;
      const type = request.type === Type.mknod ? mode : S_IFDIR;
      made = create(directory, name, { mode: newMode(type, mode), uid, gid: request.u32(), rdev });
    }
    return qid(body, made);
  }

  private truncate(file: RegularInode, size: number): void {
    file.truncate(size);
    touchModified(file, this.clock.now());
  }

  private fid(request: Request): Fid {
    return this.fids.get(request.u32());
  }

  private openFid(request: Request): Fid {
    const fid = this.fid(request);
    if (!fid.open) throw Errno.EBADF;
    return fid;
  }
}

function qid(body: Body, { type, fs, ino }: Inode): Body {
  return writeQid(body, type, fs, ino);
}

function demandRegular(inode: Inode): RegularInode {
  if (isDirectory(inode)) throw Errno.EISDIR;
  if (!isRegular(inode)) throw Errno.EACCES;
  return inode;
}

function demandSingle(name: string): string {
  if (name === "" || /[/\0]/.test(name)) throw Errno.EINVAL;
  return name;
}

function keepOpen(fid: Fid, flags: number): void {
  if (fid.open) throw Errno.EBADF;
  fid.inode.retain();
  fid.open = true;
  fid.append = (flags & O_APPEND) !== 0;
}
