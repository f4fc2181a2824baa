import type { FileContent, ReadFile, WriteFile } from "../../machine/calls/files.js";
import { AT_FDCWD, O_APPEND, O_CREAT, O_NONBLOCK, O_RDONLY, O_TRUNC, O_WRONLY } from "../abi/linux/fcntl.js";
import { S_IFDIR } from "../abi/linux/stat.js";
import { Errno } from "../errno.js";
import { BLOCKED } from "../kernel/blocked.js";
import type { Kernel } from "../kernel/kernel.js";
import type { OpenFile } from "../kernel/open-file.js";
import type { Process } from "../kernel/process.js";
import { changeMode } from "../vfs/attributes.js";
import { isDirectory, isRegular } from "../vfs/inode.js";

/** How much a file whose size is not known in advance, such as one of /proc, is read at a time. */
const CHUNK = 65536;

/** read_file: with the rights and the working directory of `who`. EISDIR for a directory, EINVAL for a device or pipe. */
export function readWholeFile(kernel: Kernel, who: Process, request: ReadFile): FileContent {
  const inode = kernel.vfs.lookup(who, AT_FDCWD, request.path);
  if (isDirectory(inode)) throw Errno.EISDIR;
  if (!isRegular(inode)) throw Errno.EINVAL;
  const file = open(kernel, who, request.path, O_RDONLY);
  file.retain();
  try {
    const { mode, mtime } = inode;
    const bytes = readAll(file, request.offset, request.length ?? Number.POSITIVE_INFINITY, inode.size);
    const size = Math.max(inode.size, request.offset + bytes.length);
    return { bytes, size, mode: mode & 0o7777, mtimeMs: mtime.sec * 1000 + Math.floor(mtime.nsec / 1e6) };
  } finally {
    file.release();
  }
}

function readAll(file: OpenFile, offset: number, length: number, size: number): Uint8Array {
  const expected = Math.min(length, Math.max(0, size - offset));
  if (expected > 0) {
    const bytes = new Uint8Array(expected);
    return bytes.subarray(0, file.readAt(bytes, offset));
  }
  const parts: Uint8Array[] = [];
  let total = 0;
  while (total < length) {
    const part = new Uint8Array(Math.min(CHUNK, length - total));
    const count = file.readAt(part, offset + total);
    if (count === 0) break;
    parts.push(part.subarray(0, count));
    total += count;
  }
  const bytes = new Uint8Array(total);
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

/** write_file: with the rights and the working directory of `who`; missing directories are made if asked for. */
export function writeWholeFile(kernel: Kernel, who: Process, request: WriteFile): number {
  const { path, bytes, mode } = request;
  if (request.createDirs) createParents(kernel, who, path);
  const flags = O_WRONLY | O_CREAT | (request.append ? O_APPEND : O_TRUNC);
  const file = open(kernel, who, path, flags, mode ?? 0o644);
  file.retain();
  try {
    if (mode !== undefined && isRegular(file.inode))
      changeMode(file.inode, mode, who, kernel.clock.realtime());
    let done = 0;
    while (done < bytes.length) {
      const count = file.write(bytes.subarray(done), who);
      if (count <= 0) throw count === BLOCKED ? Errno.EAGAIN : Errno.ENOSPC;
      done += count;
    }
    return done;
  } finally {
    file.release();
  }
}

function open(kernel: Kernel, who: Process, path: string, flags: number, mode = 0): OpenFile {
  const file = kernel.vfs.open(who, AT_FDCWD, path, flags | O_NONBLOCK, mode);
  if (file === BLOCKED) throw Errno.ENXIO;
  return file as OpenFile;
}

function createParents(kernel: Kernel, who: Process, path: string): void {
  for (let end = path.indexOf("/", 1); end > 0; end = path.indexOf("/", end + 1)) {
    try {
      kernel.vfs.create(who, AT_FDCWD, path.slice(0, end), S_IFDIR | 0o755);
    } catch (error) {
      if (error !== Errno.EEXIST) throw error;
    }
  }
}
