import { S_IFREG } from "../../abi/linux/stat.js";
import { type InodeInit, type Program, RegularInode } from "../../vfs/inode.js";
import { type BaseFile, contentBytes } from "../base/tree.js";
import { FileBody } from "../memfs/file-body.js";
import type { MemfsLink, MemfsNode } from "../memfs/store.js";
import type { RootFs } from "./root-fs.js";
import type { StoredInode } from "./stored-inode.js";

/** A regular file, with the content of the base tree until it is first changed, and in the store from then on. */
export class RootFile extends RegularInode implements StoredInode {
  private node: MemfsNode | undefined;
  private body: FileBody | undefined;
  private base: BaseFile | undefined;
  private baseBytes: Uint8Array | undefined;

  constructor(
    override readonly fs: RootFs,
    ino: number,
    init: InodeInit,
    from: { base: BaseFile } | { node: MemfsNode },
  ) {
    super(fs, ino, init);
    if ("base" in from) this.base = from.base;
    else {
      this.node = from.node;
      this.body = new FileBody(fs.store, from.node);
    }
  }

  get size(): number {
    return this.body?.size ?? this.base?.size ?? 0;
  }
  override get blocks(): number {
    return this.body?.blocks ?? Math.ceil((this.base?.size ?? 0) / 4096) * 8;
  }
  override get program(): Program | undefined {
    return this.base?.program;
  }

  read(into: Uint8Array, offset: number): number {
    if (this.body !== undefined) return this.body.read(into, offset);
    const chunk = this.originalBytes().subarray(offset, offset + into.length);
    into.set(chunk);
    return chunk.length;
  }

  override write(from: Uint8Array, offset: number): number {
    return this.ownBody().write(from, offset);
  }
  override truncate(size: number): void {
    if (size === 0) this.ownBody(false).truncate(0);
    else if (size !== this.size) this.ownBody().truncate(size);
  }
  override allocate(offset: number, length: number): void {
    this.ownBody().allocate(offset, length);
  }
  override punchHole(offset: number, length: number): void {
    this.ownBody().punchHole(offset, length);
  }
  override seekData(offset: number): number {
    return this.body?.seekData(offset) ?? offset;
  }
  override seekHole(offset: number): number {
    return this.body?.seekHole(offset) ?? this.size;
  }

  linkForName(): MemfsLink {
    return this.fs.store.newLink(this.storedNode());
  }
  dropLinkForName(): void {
    this.fs.store.dropLink();
  }

  protected override evict(): void {
    this.body?.dispose();
    if (this.node !== undefined) this.fs.store.dropNode(this.node);
  }

  private storedNode(): MemfsNode {
    this.node ??= this.fs.store.newNode(S_IFREG);
    return this.node;
  }

  /** The content in the store, copied there when it is still that of the base and is to be kept. */
  private ownBody(keep = true): FileBody {
    if (this.body === undefined) {
      const body = new FileBody(this.fs.store, this.storedNode());
      if (keep) body.fill(this.originalBytes());
      this.body = body;
      this.base = undefined;
      this.baseBytes = undefined;
    }
    return this.body;
  }

  private originalBytes(): Uint8Array {
    if (this.base === undefined) return NOTHING;
    this.baseBytes ??= contentBytes(this.base.content);
    return this.baseBytes;
  }
}

const NOTHING = new Uint8Array(0);
