import { S_IFREG } from "../../abi/linux/stat.js";
import { Errno } from "../../errno.js";
import { INODE_BYTES, type MemfsNode, type MemfsStore } from "./store.js";

/** A file is stored in pieces of this many bytes, each in a memfs inode of its own; a piece that was never written is a hole. */
export const PIECE_BYTES = 65536;
const PAGE = 4096;

/**
 * The content of one regular file. memfs keeps a file in one buffer without holes, doubled when it grows; cut into pieces, a
 * file of any size costs what was written to it, and growing never copies more than a piece.
 */
export class FileBody {
  private length = 0;
  /** Pieces from the second on, by their number. */
  private pieces: Map<number, MemfsNode> | undefined;

  constructor(
    private readonly store: MemfsStore,
    /** The inode of the file, which holds the first piece. */
    private readonly first: MemfsNode,
  ) {}

  get size(): number {
    return this.length;
  }

  /** In units of 512 bytes, whole pages. */
  get blocks(): number {
    let pages = pagesOf(this.first);
    if (this.pieces !== undefined) for (const piece of this.pieces.values()) pages += pagesOf(piece);
    return pages * (PAGE / 512);
  }

  read(into: Uint8Array, offset: number): number {
    const count = Math.min(into.length, this.length - offset);
    if (count <= 0) return 0;
    for (let done = 0; done < count; ) {
      const at = offset + done;
      const within = at % PIECE_BYTES;
      const want = Math.min(count - done, PIECE_BYTES - within);
      const piece = this.find(Math.floor(at / PIECE_BYTES));
      const got = piece === undefined ? 0 : piece.read(into, done, want, within);
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
    if (size < this.length) this.cut(size);
    this.length = size;
  }

  /** Puts real space behind the range, all of it or ENOSPC; it reads as before. */
  allocate(offset: number, length: number): void {
    if (length > this.store.limitBytes) throw Errno.ENOSPC;
    const wanted: [number: number, bytes: number][] = [];
    let cost = 0;
    for (let number = Math.floor(offset / PIECE_BYTES); number * PIECE_BYTES < offset + length; number++) {
      const bytes = Math.min(PIECE_BYTES, offset + length - number * PIECE_BYTES);
      const piece = this.find(number);
      cost += growth(piece?.buf.length ?? 0, bytes) + (piece === undefined ? INODE_BYTES : 0);
      if ((piece?.getSize() ?? 0) < bytes) wanted.push([number, bytes]);
    }
    if (cost > this.store.freeBytes) throw Errno.ENOSPC;
    for (const [number, bytes] of wanted) this.grown(number, bytes)?.truncate(bytes);
  }

  punchHole(offset: number, length: number): void {
    const end = Math.min(offset + length, this.length);
    for (const [number, piece] of this.all()) {
      const start = number * PIECE_BYTES;
      const from = Math.max(offset - start, 0);
      const to = Math.min(end - start, piece.getSize());
      if (from >= to) continue;
      if (from === 0 && to === piece.getSize()) this.dropPiece(number, piece);
      else piece.buf.fill(0, from, to);
    }
  }

  seekData(offset: number): number {
    const number = Math.floor(offset / PIECE_BYTES);
    if (offset < this.dataEnd(number)) return offset;
    let next = Number.POSITIVE_INFINITY;
    for (const [candidate] of this.all()) if (candidate > number && candidate < next) next = candidate;
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

  /** Gives all space back. The first inode stays its owner's. */
  dispose(): void {
    this.cut(0);
    this.length = 0;
  }

  private *all(): IterableIterator<[number, MemfsNode]> {
    if (this.first.getSize() > 0) yield [0, this.first];
    if (this.pieces !== undefined) yield* this.pieces;
  }

  /** Where the data of a piece ends, rounded up to whole pages; its start when it has none. */
  private dataEnd(number: number): number {
    return number * PIECE_BYTES + pagesOf(this.find(number)) * PAGE;
  }

  private find(number: number): MemfsNode | undefined {
    return number === 0 ? this.first : this.pieces?.get(number);
  }

  /** The piece with room for `bytes`, made if missing; undefined when there is no space for it. */
  private grown(number: number, bytes: number): MemfsNode | undefined {
    const piece = this.find(number);
    if (!this.store.tryCharge(growth(piece?.buf.length ?? 0, bytes))) return undefined;
    return piece ?? this.newPiece(number, bytes);
  }

  private newPiece(number: number, bytes: number): MemfsNode | undefined {
    try {
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
  private cut(size: number): void {
    for (const [number, piece] of this.all()) {
      const keep = size - number * PIECE_BYTES;
      if (keep <= 0) this.dropPiece(number, piece);
      else if (piece.getSize() > keep) piece.truncate(keep);
    }
  }

  private dropPiece(number: number, piece: MemfsNode): void {
    this.store.refund(piece.buf.length);
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

function pagesOf(piece: MemfsNode | undefined): number {
  return piece === undefined ? 0 : Math.ceil(piece.getSize() / PAGE);
}
