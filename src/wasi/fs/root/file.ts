import { S_IFREG } from "../../abi/linux/stat.js";
import { type InodeInit, type Program, RegularInode } from "../../vfs/inode.js";
import { contentBytes } from "../base/tree.js";
import type { LayerData } from "../layer/layer.js";
import { FileBody } from "../memfs/file-body.js";
import type { MemfsLink, MemfsNode } from "../memfs/store.js";
import type { LayerFile, LowerFile } from "./lower.js";
import type { RootFs } from "./root-fs.js";
import type { StoredInode } from "./stored-inode.js";

/** A regular file, with the content of the base tree until it is first changed, and a body of its own from then on. */
export class RootFile extends RegularInode implements StoredInode {
  /** The inode in memfs, while there is no body that has it. */
  private node: MemfsNode | undefined;
  private ownBody: FileBody | undefined;
  private base: LowerFile | undefined;
  private baseBytes: Uint8Array | undefined;
  private layered: LayerFile | undefined;

  constructor(
    override readonly fs: RootFs,
    ino: number,
    init: InodeInit,
    from: { lower: LowerFile | LayerFile } | { node: MemfsNode },
  ) {
    super(fs, ino, init);
    if ("node" in from) this.ownBody = new FileBody(fs.store, from.node);
    else if (from.lower.kind === "file") this.base = from.lower;
    else this.layered = from.lower;
  }

  /** Undefined while the content is that of the base. */
  get body(): FileBody | undefined {
    const { layered } = this;
    if (layered !== undefined) {
      this.ownBody = new FileBody(this.fs.store, this.node, layered.pieces, layered.size);
      this.layered = undefined;
    }
    return this.ownBody;
  }

  get size(): number {
    return this.layered?.size ?? this.ownBody?.size ?? this.base?.size ?? 0;
  }
  override get blocks(): number {
    return this.body?.blocks ?? Math.ceil((this.base?.size ?? 0) / 4096) * 8;
  }
  override get program(): Program | undefined {
    return this.base?.program;
  }

  read(into: Uint8Array, offset: number): number {
    const { body } = this;
    if (body !== undefined) return body.read(into, offset);
    const chunk = this.originalBytes().subarray(offset, offset + into.length);
    into.set(chunk);
    return chunk.length;
  }

  override write(from: Uint8Array, offset: number): number {
    return this.changingBody().write(from, offset);
  }
  override truncate(size: number): void {
    if (size === 0) this.changingBody(false).truncate(0);
    else if (size !== this.size) this.changingBody().truncate(size);
  }
  override allocate(offset: number, length: number): void {
    this.changingBody().allocate(offset, length);
  }
  override punchHole(offset: number, length: number): void {
    this.changingBody().punchHole(offset, length);
  }
  override seekData(offset: number): number {
    return this.body?.seekData(offset) ?? offset;
  }
  override seekHole(offset: number): number {
    return this.body?.seekHole(offset) ?? this.size;
  }

  linkForName(): MemfsLink {
    return this.fs.store.newLink(this.body?.inode ?? this.storedNode());
  }
  dropLinkForName(): void {
    this.fs.store.dropLink();
  }

  frozen(): LayerData {
    const { body } = this;
    if (body === undefined) return { kind: "none" };
    return { kind: "file", size: body.size, pieces: body.content() };
  }

  protected override evict(): void {
    const { body, node } = this;
    if (body !== undefined) body.dispose();
    else if (node !== undefined) this.fs.store.dropNode(node);
    this.fs.disown(this);
  }

  private storedNode(): MemfsNode {
    this.node ??= this.fs.store.newNode(S_IFREG);
    return this.node;
  }

  /** The body, with a copy of the content when it is still that of the base and is to be kept. */
  private changingBody(keep = true): FileBody {
    const { body } = this;
    if (body !== undefined) return body;
    const copy = new FileBody(this.fs.store, this.storedNode());
    if (keep) copy.fill(this.originalBytes());
    this.ownBody = copy;
    this.base = undefined;
    this.baseBytes = undefined;
    return copy;
  }

  private originalBytes(): Uint8Array {
    if (this.base === undefined) return NOTHING;
    this.baseBytes ??= contentBytes(this.base.content);
    return this.baseBytes;
  }
}

const NOTHING = new Uint8Array(0);
