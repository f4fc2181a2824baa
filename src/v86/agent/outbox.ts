import { encodeFrame } from "./frames.js";

/** The guest's agent acknowledges bytes as it takes them; more than this is never under way. */
const WINDOW = 16384;
/** What one buffer of the guest's console holds. */
const CHUNK = 4096;
/** The console has 16 buffers, one for each chunk however short, and drops what it has no buffer for. */
const MOST_CHUNKS = 12;
/** Payload of one frame of a long transfer, which fills two chunks: whatever else is to be said waits for no more than this. */
const PIECE = 2 * CHUNK - 9;

interface Bulk {
  readonly id: number;
  readonly bytes: Uint8Array;
  at: number;
}

/** Sends frames as fast as the guest takes them. Bytes of long transfers give way to all other frames. */
export class Outbox {
  private readonly frames: Uint8Array[] = [];
  private bulk: Bulk[] = [];
  /** What is left of the frame that is being sent. */
  private current: Uint8Array = new Uint8Array();
  /** Sizes of the chunks under way, the oldest first. */
  private readonly chunks: number[] = [];
  private unacknowledged = 0;
  private closed = false;

  constructor(private readonly send: (bytes: Uint8Array) => void) {}

  push(frame: Uint8Array): void {
    this.frames.push(frame);
    this.pump();
  }

  /** Sends `bytes` in `I` frames. */
  pushBulk(id: number, bytes: Uint8Array): void {
    if (bytes.length > 0) this.bulk.push({ id, bytes, at: 0 });
    this.pump();
  }

  /** Sends an empty `I` frame after what there is to send with this id. */
  pushBulkEnd(id: number): void {
    this.bulk.push({ id, bytes: new Uint8Array(), at: 0 });
    this.pump();
  }

  /** Drops what is left to send of the transfers with this id. */
  cancelBulk(id: number): void {
    this.bulk = this.bulk.filter((bulk) => bulk.id !== id);
  }

  acknowledge(count: number): void {
    let rest = Math.min(count, this.unacknowledged);
    this.unacknowledged -= rest;
    while (rest > 0) {
      const oldest = this.chunks.shift() ?? rest;
      if (oldest > rest) this.chunks.unshift(oldest - rest);
      rest -= Math.min(oldest, rest);
    }
    this.pump();
  }

  /** Whether the guest has taken all there was. */
  get isIdle(): boolean {
    return this.unacknowledged === 0 && this.current.length === 0;
  }

  /** Nothing is sent any more. */
  close(): void {
    this.closed = true;
  }

  private pump(): void {
    while (!this.closed && this.unacknowledged + CHUNK <= WINDOW && this.chunks.length < MOST_CHUNKS) {
      if (this.current.length === 0) this.current = this.frames.shift() ?? this.nextPiece();
      if (this.current.length === 0) return;
      const chunk = this.current.subarray(0, CHUNK);
      this.current = this.current.subarray(chunk.length);
      this.unacknowledged += chunk.length;
      this.chunks.push(chunk.length);
      this.send(chunk);
    }
  }

  private nextPiece(): Uint8Array {
    const [bulk] = this.bulk;
    if (bulk === undefined) return new Uint8Array();
    const piece = bulk.bytes.subarray(bulk.at, bulk.at + PIECE);
    bulk.at += piece.length;
    if (bulk.at === bulk.bytes.length) this.bulk.shift();
    return encodeFrame("I", bulk.id, piece);
  }
}
