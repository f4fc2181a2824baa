import { S_IFREG } from "../../abi/linux/stat.js";
import { Errno } from "../../errno.js";
import { INODE_BYTES, type MemfsNode, type MemfsStore } from "./store.js";

/** A file is stored in pieces of this many bytes, each in a memfs inode of its own; a piece that was never written is a hole. */
export const PIECE_BYTES = 65536;
const PAGE = 4096;

/** Pieces of a file by their number; what lies in them never changes. */
export type Pieces = ReadonlyMap<number, Uint8Array>;

/**
 * The content of one regular file. memfs keeps a file in one buffer without holes, doubled when it grows; cut into pieces, a
 * file of any size costs what was written to it, and growing never copies more than a piece. A piece may also be shared with
 * other filesystems; it is copied into memfs when it is first changed.
 */
export class FileBody {
  /** Pieces from the second on, by their number. */
  private pieces: Map<number, MemfsNode> | undefined;
  /** Pieces that are not in memfs. */
  private shared: Map<number, Uint8Array> | undefined;

  constructor(
    private readonly store: MemfsStore,
    /** The inode of the file, which holds the first piece; made when it is needed. */
    private node?: MemfsNode,
    /** The store is charged for them already. */
    shared?: Pieces,
    private length = 0,
  ) {
    if (shared !== undefined) this.shared = new Map(shared);
  }

  get size(): number {
    return this.length;
  }

  /** In units of 512 bytes, whole pages. */
  get blocks(): number {
    let pages = 0;
    for (const [, bytes] of this.content()) pages += pagesOf(bytes.length);
    return pages * (PAGE / 512);
  }

  /** The file's inode in memfs. ENOSPC. */
  get inode(): MemfsNode {
    this.node ??= this.store.newNode(S_IFREG);
    return this.node;
  }

  /** All pieces with data, as they lie in memory: valid until something is written. */
  content(): Map<number, Uint8Array> {
    const { node } = this;
    const content = new Map(this.shared);
    if (node !== undefined && node.getSize() > 0) content.set(0, dataOf(node));
    if (this.pieces !== undefined)
      for (const [number, piece] of this.pieces) content.set(number, dataOf(piece));
    return content;
  }

  /** Takes these pieces, which hold the same data, in place of all that are there. The map is the body's from now on. */
  share(pieces: Map<number, Uint8Array>): void {
    // Given back is only what is too much: there may be others who wait for space.
    const give = (number: number, piece: MemfsNode): void => {
      this.store.refund(piece.buf.length - piece.getSize());
      this.dropNode(number, piece);
    };
    if (this.node !== undefined && this.node.getSize() > 0) give(0, this.node);
    if (this.pieces !== undefined) for (const [number, piece] of this.pieces) give(number, piece);
    this.shared = pieces;
  }

  read(into: Uint8Array, offset: number): number {
    const count = Math.min(into.length, this.length - offset);
    if (count <= 0) return 0;
    for (let done = 0; done < count; ) {
      const at = offset + done;
      const within = at % PIECE_BYTES;
      const want = Math.min(count - done, PIECE_BYTES - within);
      const got = this.readPiece(Math.floor(at / PIECE_BYTES), into.subarray(done, done + want), within);
      if (got < want) into.fill(0, done + got, done + want);
      done += want;
    }
    return count;
  }

  /** Short when the space runs out on the way; ENOSPC when nothing could be written. */
  write(from: Uint8Array, offset: number): number {
    const source = this.store.buffer(from);
    let done = 0;
    while (done < from.length) {
      const at = offset + done;
      const within = at % PIECE_BYTES;
      const want = Math.min(from.length - done, PIECE_BYTES - within);
      const piece = this.grown(Math.floor(at / PIECE_BYTES), within + want);
      if (piece === undefined) {
        if (done === 0) throw Errno.ENOSPC;
        break;
      }
      piece.write(source, done, want, within);
      done += want;
    }
    if (done > 0) this.length = Math.max(this.length, offset + done);
    return done;
  }

  /** The first content of a file, all of it or ENOSPC. */
  fill(content: Uint8Array): void {
    this.allocate(0, content.length);
    this.write(content, 0);
  }

  truncate(size: number): void {
    if (size < this.length) this.drop(size);
    this.length = size;
  }

  /** Puts real space behind the range, all of it or ENOSPC; it reads as before. */
  allocate(offset: number, length: number): void {
    if (length > this.store.limitBytes) throw Errno.ENOSPC;
    const wanted: [number: number, bytes: number][] = [];
    let cost = 0;
    for (let number = Math.floor(offset / PIECE_BYTES); number * PIECE_BYTES < offset + length; number++) {
      const bytes = Math.min(PIECE_BYTES, offset + length - number * PIECE_BYTES);
      if (this.sizeOf(number) >= bytes) continue;
      const piece = this.find(number);
      cost += growth(piece?.buf.length ?? 0, bytes) + (piece === undefined ? INODE_BYTES : 0);
      wanted.push([number, bytes]);
    }
    if (cost > this.store.freeBytes) throw Errno.ENOSPC;
    for (const [number, bytes] of wanted) this.grown(number, bytes)?.truncate(bytes);
  }

  punchHole(offset: number, length: number): void {
    const end = Math.min(offset + length, this.length);
    for (const [number, { length: size }] of this.content()) {
      const start = number * PIECE_BYTES;
      const from = Math.max(offset - start, 0);
      const to = Math.min(end - start, size);
      if (from >= to) continue;
      if (from === 0 && to === size) this.dropPiece(number);
      else if (this.unshare(number)) this.find(number)?.buf.fill(0, from, to);
      else throw Errno.ENOSPC;
    }
  }

  seekData(offset: number): number {
    const number = Math.floor(offset / PIECE_BYTES);
    if (offset < this.dataEnd(number)) return offset;
    let next = Number.POSITIVE_INFINITY;
    for (const [candidate] of this.content()) if (candidate > number && candidate < next) next = candidate;
    return Math.min(next * PIECE_BYTES, this.length);
  }

  seekHole(offset: number): number {
    let at = offset;
    while (at < this.length) {
      const number = Math.floor(at / PIECE_BYTES);
      const end = this.dataEnd(number);
      if (end <= at) return at;
      at = end;
    }
    return this.length;
  }

  /** Gives all space back, and the inode with it. */
  dispose(): void {
    this.drop(0);
    this.length = 0;
    if (this.node !== undefined) this.store.dropNode(this.node);
  }

  private find(number: number): MemfsNode | undefined {
    return number === 0 ? this.node : this.pieces?.get(number);
  }

  private sizeOf(number: number): number {
    return this.shared?.get(number)?.length ?? this.find(number)?.getSize() ?? 0;
  }

  /** Where the data of a piece ends, rounded up to whole pages; its start when it has none. */
  private dataEnd(number: number): number {
    return number * PIECE_BYTES + pagesOf(this.sizeOf(number)) * PAGE;
  }

  private readPiece(number: number, into: Uint8Array, offset: number): number {
    const shared = this.shared?.get(number);
    if (shared === undefined) return this.find(number)?.read(into, 0, into.length, offset) ?? 0;
    const chunk = shared.subarray(offset, offset + into.length);
    into.set(chunk);
    return chunk.length;
  }

  /** The piece in memfs with room for `bytes`, made if missing; undefined when there is no space for it. */
  private grown(number: number, bytes: number): MemfsNode | undefined {
    if (!this.unshare(number)) return undefined;
    const piece = this.find(number);
    if (!this.store.tryCharge(growth(piece?.buf.length ?? 0, bytes))) return undefined;
    return piece ?? this.newPiece(number, bytes);
  }

  /** Copies a shared piece into memfs, so that it can be changed. False when there is no space for it. */
  private unshare(number: number): boolean {
    const shared = this.shared?.get(number);
    if (shared === undefined) return true;
    const cost = growth(this.find(number)?.buf.length ?? 0, shared.length);
    if (!this.store.tryCharge(cost)) return false;
    const piece = this.find(number) ?? this.newPiece(number, shared.length);
    if (piece === undefined) return false;
    piece.write(this.store.buffer(shared), 0, shared.length, 0);
    this.shared?.delete(number);
    this.store.refund(shared.length);
    return true;
  }

  /** A piece whose space is charged already; that is undone when there is none for its inode. */
  private newPiece(number: number, bytes: number): MemfsNode | undefined {
    try {
      if (number === 0) return this.inode;
      const piece = this.store.newNode(S_IFREG);
      this.pieces ??= new Map();
      this.pieces.set(number, piece);
      return piece;
    } catch (error) {
      if (error !== Errno.ENOSPC) throw error;
      this.store.refund(growth(0, bytes));
      return undefined;
    }
  }

  /** Drops what lies at and beyond `size`. */
  private drop(size: number): void {
    for (const [number, bytes] of this.content()) {
      const keep = size - number * PIECE_BYTES;
      if (keep <= 0) this.dropPiece(number);
      else if (bytes.length > keep) this.shorten(number, keep);
    }
  }

  private shorten(number: number, size: number): void {
    const shared = this.shared?.get(number);
    if (shared === undefined) this.find(number)?.truncate(size);
    else {
      this.shared?.set(number, shared.subarray(0, size));
      this.store.refund(shared.length - size);
    }
  }

  private dropPiece(number: number): void {
    const shared = this.shared?.get(number);
    if (shared !== undefined) {
      this.shared?.delete(number);
      this.store.refund(shared.length);
    }
    const piece = this.find(number);
    if (piece === undefined) return;
    this.store.refund(piece.buf.length);
    this.dropNode(number, piece);
  }

  private dropNode(number: number, piece: MemfsNode): void {
    piece.truncate(0);
    if (number === 0) return;
    this.pieces?.delete(number);
    this.store.dropNode(piece);
  }
}

/** By how much memfs enlarges a buffer of `capacity` bytes to hold `bytes`. */
function growth(capacity: number, bytes: number): number {
  if (bytes <= capacity) return 0;
  let size = Math.max(capacity * 2, 64);
  while (size < bytes) size *= 2;
  return size - capacity;
}

function dataOf(piece: MemfsNode): Uint8Array {
  return new Uint8Array(piece.buf.buffer, piece.buf.byteOffset, piece.getSize());
}

function pagesOf(bytes: number): number {
  return Math.ceil(bytes / PAGE);
}
