import type { KeptOutput } from "./messages.js";

/** Keeps the beginning and the end of a stream of any length in bounded memory: of more than `limit` bytes, half and half. */
export class OutputKeeper {
  private readonly headLimit: number;
  private readonly tailLimit: number;
  private head = new Uint8Array(0);
  private headLength = 0;
  /** The last bytes, as a ring that begins at `total - headLength` modulo its size once it is full. */
  private ring = new Uint8Array(0);
  private total = 0;

  constructor(limit: number) {
    this.headLimit = Math.ceil(limit / 2);
    this.tailLimit = limit - this.headLimit;
  }

  write(bytes: Uint8Array): void {
    const forHead = Math.min(bytes.length, this.headLimit - this.headLength);
    if (forHead > 0) this.writeHead(bytes.subarray(0, forHead));
    if (forHead < bytes.length && this.tailLimit > 0) this.writeTail(bytes.subarray(forHead));
    this.total += bytes.length;
  }

  /** Copies of what is kept. */
  take(): KeptOutput {
    return { head: this.head.slice(0, this.headLength), tail: this.unroll(), total: this.total };
  }

  private writeHead(bytes: Uint8Array): void {
    const length = this.headLength + bytes.length;
    if (length > this.head.length) {
      const larger = new Uint8Array(Math.min(this.headLimit, Math.max(length, 2 * this.head.length)));
      larger.set(this.head.subarray(0, this.headLength));
      this.head = larger;
    }
    this.head.set(bytes, this.headLength);
    this.headLength = length;
  }

  private writeTail(bytes: Uint8Array): void {
    if (this.ring.length === 0) this.ring = new Uint8Array(this.tailLimit);
    const skipped = Math.max(0, bytes.length - this.tailLimit);
    const kept = bytes.subarray(skipped);
    const start = (Math.max(0, this.total - this.headLimit) + skipped) % this.tailLimit;
    const untilEnd = Math.min(kept.length, this.tailLimit - start);
    this.ring.set(kept.subarray(0, untilEnd), start);
    this.ring.set(kept.subarray(untilEnd), 0);
  }

  private unroll(): Uint8Array {
    const beyondHead = this.total - this.headLength;
    if (beyondHead <= this.tailLimit) return this.ring.slice(0, beyondHead);
    if (this.tailLimit === 0) return this.ring;
    const start = beyondHead % this.tailLimit;
    const tail = new Uint8Array(this.tailLimit);
    tail.set(this.ring.subarray(start), 0);
    tail.set(this.ring.subarray(0, start), this.tailLimit - start);
    return tail;
  }
}
