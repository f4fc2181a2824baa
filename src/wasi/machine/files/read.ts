import type { FileContent, ReadFile, ReadFiles, ReadOutcome } from "../../../machine/calls/files.js";
import { AT_FDCWD, O_NONBLOCK, O_RDONLY } from "../../abi/linux/fcntl.js";
import { concatenate } from "../../bytes.js";
import { Errno } from "../../errno.js";
import type { OpenFile } from "../../kernel/open-file.js";
import type { Process } from "../../kernel/process.js";
import { isDirectory, isRegular } from "../../vfs/inode.js";
import { toMs } from "./status.js";

/** How much a file whose size is not known in advance, such as one of /proc, is read at a time. */
const CHUNK = 65536;

/** With the rights and the working directory of `who`. EISDIR for a directory, EINVAL for a device or pipe. */
export function readFile(who: Process, { path, offset, length }: ReadFile): FileContent {
  const { vfs } = who.kernel;
  const inode = vfs.lookup(who, AT_FDCWD, path);
  if (isDirectory(inode)) throw Errno.EISDIR;
  if (!isRegular(inode)) throw Errno.EINVAL;
  const file = vfs.open(who, AT_FDCWD, path, O_RDONLY | O_NONBLOCK, 0) as OpenFile; // a regular file does not block
  file.retain();
  try {
    const { mode, mtime } = inode;
    const bytes = readAll(file, offset, length ?? Number.POSITIVE_INFINITY, inode.size);
    const size = Math.max(inode.size, offset + bytes.length);
    return { bytes, size, mode: mode & 0o7777, mtimeMs: toMs(mtime) };
  } finally {
    file.release();
  }
}

export function readFiles(who: Process, { paths, maxBytes }: ReadFiles): readonly ReadOutcome[] {
  let room = maxBytes;
  return paths.map((path) => {
    try {
      const content = readFile(who, { path, offset: 0, length: room + 1 });
      if (content.bytes.length > room) throw Errno.EFBIG;
      room -= content.bytes.length;
      return { ok: true, content };
    } catch (error) {
      if (!(error instanceof Errno)) throw error;
      return { ok: false, code: error.code, message: error.message };
    }
  });
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
  return concatenate(parts);
}
