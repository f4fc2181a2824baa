import { Errno } from "../errno.js";

/** What the memory for data in flight is taken from. */
export interface BufferBudget {
  /** False, and nothing taken, when that much is not left. */
  reserve(bytes: number): boolean;
  free(bytes: number): void;
}

/**
 * A bounded first-in first-out buffer of bytes: what a pipe or a stream socket holds. Bytes are copied once in and once
 * out, by whole runs. The storage grows with what is held, because most pipes never hold more than a line or two.
 */
export class ByteRing {
  private storage: Uint8Array = EMPTY;
  private start = 0;
  private held = 0;

  constructor(
    private limit: number,
    private readonly budget: BufferBudget,
  ) {}

  /** Bytes held. */
  get length(): number {
    return this.held;
  }

  get capacity(): number {
    return this.limit;
  }

  /** Bytes that still fit. */
  get room(): number {
    return this.limit - this.held;
  }

  /** Takes as much of `from` as fits; returns how many bytes that is. ENOMEM when there is no memory to keep it in. */
  write(from: Uint8Array): number {
    const count = Math.min(from.length, this.room);
    if (count === 0) return 0;
    this.ensure(this.held + count);
    const size = this.storage.length;
    const end = (this.start + this.held) % size;
    const first = Math.min(count, size - end);
    this.storage.set(first === from.length ? from : from.subarray(0, first), end);
    if (first < count) this.storage.set(from.subarray(first, count), 0);
    this.held += count;
    return count;
  }

  /** Moves up to `into.length` bytes out of the ring; returns how many. */
  read(into: Uint8Array): number {
    const count = this.peek(into);
    this.discard(count);
    return count;
  }

  /** Copies like `read` but leaves the bytes in the ring. `offset` skips bytes at the front. */
  peek(into: Uint8Array, offset = 0): number {
    const count = Math.min(into.length, Math.max(0, this.held - offset));
    if (count === 0) return 0;
    const size = this.storage.length;
    const from = (this.start + offset) % size;
    const first = Math.min(count, size - from);
    into.set(this.storage.subarray(from, from + first), 0);
    if (first < count) into.set(this.storage.subarray(0, count - first), first);
    return count;
  }

  /** Drops bytes at the front. */
  discard(count: number): void {
    this.held -= count;
    this.start = this.held === 0 ? 0 : (this.start + count) % this.storage.length;
  }

  /** Changes the capacity, which has to hold what is in the ring. */
  resize(capacity: number): void {
    this.limit = capacity;
    if (this.storage.length > capacity) this.reallocate(capacity);
  }

  /** Drops what is inside and gives its memory back. */
  dispose(): void {
    this.budget.free(this.storage.length);
    this.storage = EMPTY;
    this.start = 0;
    this.held = 0;
  }

  private ensure(size: number): void {
    if (size <= this.storage.length) return;
    this.reallocate(size <= FIRST_STORAGE ? Math.min(FIRST_STORAGE, this.limit) : this.limit);
  }

  private reallocate(size: number): void {
    const more = size - this.storage.length;
    if (more > 0 && !this.budget.reserve(more)) throw Errno.ENOMEM;
    if (more < 0) this.budget.free(-more);
    const storage = new Uint8Array(size);
    this.peek(storage);
    this.storage = storage;
    this.start = 0;
  }
}

const EMPTY = new Uint8Array(0);
const FIRST_STORAGE = 4096;
