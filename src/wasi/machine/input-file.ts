import { O_RDONLY, SEEK_CUR, SEEK_END, SEEK_SET } from "../abi/linux/fcntl.js";
import { S_IFREG } from "../abi/linux/stat.js";
import { Errno } from "../errno.js";
import { anonymousInode } from "../kernel/anonymous-inode.js";
import { OpenFile } from "../kernel/open-file.js";
import type { Process } from "../kernel/process.js";
import type { Inode } from "../vfs/inode.js";

/**
 * The standard input of one command: all of it is there from the start, as if redirected from a file. It can be read again
 * from any offset, which lets the shell read ahead and give back what it did not use.
 */
export class InputFile extends OpenFile {
  readonly inode: Inode;
  private offset = 0;

  constructor(
    process: Process,
    private readonly content: Uint8Array,
  ) {
    super(O_RDONLY);
    this.inode = anonymousInode(process.kernel, S_IFREG | 0o400, process.credentials, content.length);
  }

  override read(into: Uint8Array): number {
    const count = this.readAt(into, this.offset);
    this.offset += count;
    return count;
  }

  override readAt(into: Uint8Array, offset: number): number {
    const chunk = this.content.subarray(offset, offset + into.length);
    into.set(chunk);
    return chunk.length;
  }

  override seek(offset: number, whence: number): number {
    const bases: Record<number, number> = {
      [SEEK_SET]: 0,
      [SEEK_CUR]: this.offset,
      [SEEK_END]: this.content.length,
    };
    const base = bases[whence];
    if (base === undefined || base + offset < 0) throw Errno.EINVAL;
    this.offset = base + offset;
    return this.offset;
  }
}
