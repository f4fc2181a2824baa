import { O_RDONLY } from "../../abi/linux/fcntl.js";
import { S_IFREG } from "../../abi/linux/stat.js";
import type { OpenFile } from "../../kernel/open-file.js";
import type { Process } from "../../kernel/process.js";
import { type AttributeChange, type InodeInit, RegularInode } from "../../vfs/inode.js";
import { FileBody, PIECE_BYTES } from "../memfs/file-body.js";
import type { MemfsNode } from "../memfs/store.js";
import type { OverlayDirectory } from "./directory.js";
import type { OverlayFs } from "./overlay-fs.js";
import { followLower, makeDiffer, type OverlayInode } from "./overlay-inode.js";

/** A regular file, with the content of the one below until it is first written to, and a copy of it from then on. */
export class OverlayFile extends RegularInode implements OverlayInode {
  declare parent: OverlayDirectory | undefined;
  detached: boolean;
  differs = false;
  private node: MemfsNode | undefined;
  private body: FileBody | undefined;
  private openFiles = 0;

  constructor(
    override readonly fs: OverlayFs,
    ino: number,
    init: InodeInit,
    readonly lower?: RegularInode,
  ) {
    super(fs, ino, init);
    this.detached = lower === undefined;
    if (lower === undefined) this.body = this.newBody();
  }

  get size(): number {
    return this.body?.size ?? this.lower?.size ?? 0;
  }
  override get blocks(): number {
    return this.body?.blocks ?? this.lower?.blocks ?? 0;
  }

  override refresh(): void {
    if (this.body === undefined) this.lower?.refresh();
    followLower(this);
  }
  override setAttributes(change: AttributeChange): void {
    makeDiffer(this);
    super.setAttributes(change);
  }

  override open(process: Process, _flags: number): OpenFile | undefined {
    return this.body === undefined ? this.lower?.open(process, O_RDONLY) : undefined;
  }

  read(into: Uint8Array, offset: number): number {
    return this.body?.read(into, offset) ?? this.lower?.read(into, offset) ?? 0;
  }
  override write(from: Uint8Array, offset: number): number {
    return this.own().write(from, offset);
  }
  override truncate(size: number): void {
    this.own(size).truncate(size);
  }
  override allocate(offset: number, length: number): void {
    this.own().allocate(offset, length);
  }
  override punchHole(offset: number, length: number): void {
    this.own().punchHole(offset, length);
  }
  override seekData(offset: number): number {
    return this.body?.seekData(offset) ?? offset;
  }
  override seekHole(offset: number): number {
    return this.body?.seekHole(offset) ?? this.size;
  }

  override retain(): void {
    super.retain();
    if (this.openFiles++ === 0 && this.body === undefined) this.lower?.retain();
  }
  override release(): void {
    if (--this.openFiles === 0 && this.body === undefined) this.lower?.release();
    super.release();
  }

  protected override evict(): void {
    this.body?.dispose();
    if (this.node !== undefined) this.fs.store.dropNode(this.node);
    this.fs.drop(this);
  }

  private newBody(): FileBody {
    this.node ??= this.fs.store.newNode(S_IFREG);
    return new FileBody(this.fs.store, this.node);
  }

  /** The content here, with a copy of the first `keep` bytes of that below. */
  private own(keep = Number.POSITIVE_INFINITY): FileBody {
    makeDiffer(this);
    if (this.body !== undefined) return this.body;
    const { lower } = this;
    const copy = this.newBody();
    try {
      if (lower !== undefined) copyContent(lower, copy, Math.min(lower.size, keep));
    } catch (error) {
      copy.dispose();
      throw error;
    }
    this.body = copy;
    if (this.openFiles > 0) lower?.release();
    return copy;
  }
}

/** Pieces of zeros become holes. Throws ENOSPC. */
function copyContent(from: RegularInode, to: FileBody, size: number): void {
  const buffer = new Uint8Array(Math.min(size, 16 * PIECE_BYTES));
  for (let at = 0; at < size; ) {
    const count = from.read(buffer.subarray(0, Math.min(buffer.length, size - at)), at);
    if (count === 0) break;
    for (let start = 0; start < count; start += PIECE_BYTES) {
      const piece = buffer.subarray(start, Math.min(count, start + PIECE_BYTES));
      if (!piece.every((byte) => byte === 0)) writeAll(to, piece, at + start);
    }
    at += count;
  }
  to.truncate(size);
}

function writeAll(to: FileBody, bytes: Uint8Array, offset: number): void {
  for (let done = 0; done < bytes.length; ) done += to.write(bytes.subarray(done), offset + done);
}
