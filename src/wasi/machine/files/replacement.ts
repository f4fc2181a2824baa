import type { WriteFile } from "../../../machine/calls/files.js";
import {
  AT_FDCWD,
  O_APPEND,
  O_CREAT,
  O_NONBLOCK,
  O_RDONLY,
  O_TRUNC,
  O_WRONLY,
} from "../../abi/linux/fcntl.js";
import { S_IFREG } from "../../abi/linux/stat.js";
import { Errno } from "../../errno.js";
import { BLOCKED } from "../../kernel/blocked.js";
import { isPrivileged } from "../../kernel/credentials.js";
import type { OpenFile } from "../../kernel/open-file.js";
import type { Process } from "../../kernel/process.js";
import { changeMode } from "../../vfs/attributes.js";
import { type Inode, isDirectory, isRegular, type RegularInode } from "../../vfs/inode.js";
import { demand, isMember, MAY_WRITE } from "../../vfs/permission.js";
import { RegularFile } from "../../vfs/regular-file.js";
import { demandCreate, newFile } from "../../vfs/vfs.js";
import type { Walked } from "../../vfs/walk.js";

/** New content for a file, prepared as far as nobody sees it. */
export interface Replacement {
  /** Puts the content in place, or fails without a trace. */
  carryOut(): void;
  /** Takes back what `carryOut` has done. */
  undo(): void;
  /** Called in the end, whatever happened. */
  tidyUp(): void;
}

export function prepareReplacement(who: Process, file: WriteFile): Replacement {
  const walked = who.kernel.vfs.walk(who, AT_FDCWD, file.path, "create");
  const { inode } = walked;
  if (inode !== undefined) {
    if (isDirectory(inode)) throw Errno.EISDIR;
    demand(inode, who.credentials, MAY_WRITE);
  }
  const mayRename = !file.append && (inode === undefined || isReplaceable(who, walked, inode));
  const temporary = mayRename ? createTemporary(who, walked) : undefined;
  return temporary === undefined ? new InPlace(who, file, inode) : new ByRename(who, file, walked, temporary);
}

/**
 * Whether another file with its owner and mode may take its place. Not one with further names, which would keep the old content, nor
 * one that was found by a link of /proc.
 */
function isReplaceable({ credentials }: Process, { parent, name }: Walked, inode: Inode): boolean {
  if (!isRegular(inode) || inode.nlink !== 1 || parent.lookup(name) !== inode) return false;
  return isPrivileged(credentials) || (inode.uid === credentials.euid && isMember(credentials, inode.gid));
}

interface Temporary {
  readonly name: string;
  readonly inode: RegularInode;
}

/** An empty file beside the one that it is to replace; undefined where that is there but no other can be made. */
function createTemporary(who: Process, { parent, inode }: Walked): Temporary | undefined {
  let number = 0;
  let name: string;
  do name = `.limpet-${++number}`;
  while (parent.lookup(name) !== undefined);
  try {
    if (parent.fs.readOnly) throw Errno.EROFS;
    demandCreate(parent, who);
    const file = newFile(who, parent, S_IFREG | 0o644);
    return { name, inode: parent.create(name, file) as RegularInode };
  } catch (error) {
    if (inode !== undefined && (error === Errno.EACCES || error === Errno.EPERM)) return undefined;
    throw error;
  }
}

/** The content is in a new file, which takes the name of the old one. */
class ByRename implements Replacement {
  /** Where the old file is, once the new one has its name. */
  private oldName: string | undefined;

  constructor(
    who: Process,
    { bytes, mode }: WriteFile,
    private readonly place: Walked,
    private readonly temporary: Temporary,
  ) {
    const { inode } = temporary;
    const { host } = who.kernel.vfs;
    const old = place.inode;
    try {
      writeAll(who, new RegularFile(inode, O_WRONLY, host), bytes);
      if (old !== undefined)
        inode.setAttributes({ uid: old.uid, gid: old.gid, mode: old.mode, ctime: host.now() });
      if (mode !== undefined) changeMode(inode, mode, who, host.now());
    } catch (error) {
      this.tidyUp();
      throw error;
    }
  }

  carryOut(): void {
    const { place, temporary } = this;
    const { parent, name } = place;
    const old = parent.lookup(name);
    if (old === undefined) parent.rename(temporary.name, parent, name);
    else this.oldName = this.replace(old);
  }

  undo(): void {
    const { parent, name } = this.place;
    if (this.oldName !== undefined) parent.rename(this.oldName, parent, name);
    else parent.unlink(name);
  }

  tidyUp(): void {
    const { parent } = this.place;
    for (const name of [this.temporary.name, this.oldName])
      if (name !== undefined && parent.lookup(name) !== undefined) parent.unlink(name);
  }

  /** The old file is kept for as long as this may have to be undone; returns its name. */
  private replace(old: Inode): string {
    const { place, temporary } = this;
    const { parent, name } = place;
    try {
      parent.exchange(temporary.name, parent, name);
      return temporary.name;
    } catch (error) {
      // Not every filesystem can.
      if (error !== Errno.EINVAL) throw error;
    }
    const second = `${temporary.name}~`;
    parent.link(second, old);
    parent.rename(temporary.name, parent, name);
    return second;
  }
}

/** The file itself is written: at its end, or because no other can take its place. */
class InPlace implements Replacement {
  private before: Uint8Array | undefined;

  constructor(
    private readonly who: Process,
    private readonly file: WriteFile,
    private readonly inode: Inode | undefined,
  ) {}

  carryOut(): void {
    const { who, file, inode } = this;
    const { path, append, mode, bytes } = file;
    if (inode !== undefined && isPlain(who, inode)) this.before = contentOf(inode);
    const opened = openToWrite(who, path, O_CREAT | (append ? O_APPEND : O_TRUNC), mode ?? 0o644);
    try {
      writeAll(who, opened, bytes);
      if (mode !== undefined && isRegular(opened.inode))
        changeMode(opened.inode, mode, who, who.kernel.vfs.host.now());
    } catch (error) {
      this.undo();
      throw error;
    }
  }

  undo(): void {
    const { who, file, inode, before } = this;
    if (before !== undefined) writeAll(who, openToWrite(who, file.path, O_TRUNC), before);
    else if (inode === undefined) who.kernel.vfs.unlink(who, AT_FDCWD, file.path);
  }

  tidyUp(): void {}
}

/** Whether its content is what was written into it, not made when it is opened, as in /proc. */
function isPlain(who: Process, inode: Inode): inode is RegularInode {
  return isRegular(inode) && inode.open(who, O_RDONLY) === undefined;
}

function contentOf(inode: RegularInode): Uint8Array {
  const bytes = new Uint8Array(inode.size);
  inode.read(bytes, 0);
  return bytes;
}

function openToWrite(who: Process, path: string, flags: number, mode = 0): OpenFile {
  const file = who.kernel.vfs.open(who, AT_FDCWD, path, O_WRONLY | O_NONBLOCK | flags, mode);
  if (file === BLOCKED) throw Errno.ENXIO;
  return file as OpenFile;
}

function writeAll(who: Process, file: OpenFile, bytes: Uint8Array): void {
  file.retain();
  try {
    for (let done = 0; done < bytes.length; ) {
      const count = file.write(bytes.subarray(done), who);
      if (count <= 0) throw count === BLOCKED ? Errno.EAGAIN : Errno.ENOSPC;
      done += count;
    }
  } finally {
    file.release();
  }
}
