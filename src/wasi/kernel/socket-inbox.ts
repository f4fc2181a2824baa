import { Errno } from "../errno.js";
import { type BufferBudget, ByteRing } from "./byte-ring.js";
import type { OpenFile } from "./open-file.js";
import type { SocketAddress } from "./socket-address.js";
import { WaitQueue } from "./wait-queue.js";

/** Bytes that wait at one socket at most (/proc/sys/net/core/wmem_default). */
export const SOCKET_BUFFER = 212992;
/** Datagrams that wait at one socket at most (/proc/sys/net/unix/max_dgram_qlen). */
const MAX_MESSAGES = 10;

/** What comes along with bytes. */
export interface Parcel {
  /** Open files in flight (SCM_RIGHTS). The inbox holds a reference to each; taking them passes that reference on. */
  readonly files: readonly OpenFile[];
  /** The address of the sending socket. */
  readonly from: SocketAddress;
}

export interface Taken extends Parcel {
  /** Bytes copied. */
  readonly count: number;
  /** Size of the message that they are from; larger than `count` when it did not fit. */
  readonly size: number;
}

/** What has been sent to one socket and not been received. */
export abstract class Inbox {
  /** Woken when something arrives or can no longer arrive. */
  readonly readable = new WaitQueue();
  /** Woken when there is room, or nobody receives any more. */
  readonly writable = new WaitQueue();

  /** Bytes that the next receive may return (FIONREAD). */
  abstract readonly available: number;
  abstract readonly empty: boolean;
  /** Whether `put` would take some of a message of `size` bytes. */
  abstract fits(size: number): boolean;
  /** Takes bytes that fit; returns how many. */
  abstract put(bytes: Uint8Array, parcel: Parcel): number;
  /** The next bytes. While peeking they stay, and so do the files. */
  abstract take(into: Uint8Array, peek: boolean): Taken;
  /** Drops everything. */
  abstract clear(): void;
}

/** A stream: message boundaries are lost, but a receive does not cross the place where files were sent. */
export class StreamInbox extends Inbox {
  private readonly ring: ByteRing;
  /** Files in flight, each at its distance from the front of the ring. */
  private parcels: { offset: number; parcel: Parcel }[] = [];

  constructor(memory: BufferBudget) {
    super();
    this.ring = new ByteRing(SOCKET_BUFFER, memory);
  }

  get available(): number {
    return this.ring.length;
  }
  get empty(): boolean {
    return this.ring.length === 0;
  }

  fits(_size: number): boolean {
    return this.ring.room > 0;
  }

  put(bytes: Uint8Array, parcel: Parcel): number {
    const offset = this.ring.length;
    const count = this.ring.write(bytes);
    if (parcel.files.length > 0) this.parcels.push({ offset, parcel });
    this.readable.wake();
    return count;
  }

  take(into: Uint8Array, peek: boolean): Taken {
    const [first, second] = this.parcels;
    const parcel = first?.offset === 0 ? first.parcel : undefined;
    const boundary = parcel === undefined ? first?.offset : second?.offset;
    const target = boundary !== undefined && boundary < into.length ? into.subarray(0, boundary) : into;
    const count = peek ? this.ring.peek(target) : this.ring.read(target);
    const files = parcel === undefined || peek ? [] : parcel.files;
    if (!peek) {
      if (parcel !== undefined) this.parcels.shift();
      for (const waiting of this.parcels) waiting.offset -= count;
      this.writable.wake();
    }
    return { count, size: count, files, from: undefined };
  }

  clear(): void {
    this.ring.dispose();
    for (const { parcel } of this.parcels) releaseAll(parcel.files);
    this.parcels = [];
  }
}

/** Datagrams and packets: each is received whole or cut off. */
export class MessageInbox extends Inbox {
  private messages: { bytes: Uint8Array; parcel: Parcel }[] = [];
  private held = 0;

  constructor(private readonly memory: BufferBudget) {
    super();
  }

  get available(): number {
    return this.messages[0]?.bytes.length ?? 0;
  }
  get empty(): boolean {
    return this.messages.length === 0;
  }

  fits(size: number): boolean {
    if (size > SOCKET_BUFFER) throw Errno.EMSGSIZE;
    return this.messages.length < MAX_MESSAGES && this.held + size <= SOCKET_BUFFER;
  }

  put(bytes: Uint8Array, parcel: Parcel): number {
    if (!this.memory.reserve(bytes.length)) throw Errno.ENOMEM;
    this.messages.push({ bytes: bytes.slice(), parcel });
    this.held += bytes.length;
    this.readable.wake();
    return bytes.length;
  }

  take(into: Uint8Array, peek: boolean): Taken {
    const message = this.messages[0];
    if (message === undefined) return { count: 0, size: 0, files: [], from: undefined };
    const { bytes, parcel } = message;
    const count = Math.min(into.length, bytes.length);
    into.set(bytes.subarray(0, count));
    if (!peek) {
      this.messages.shift();
      this.held -= bytes.length;
      this.memory.free(bytes.length);
      this.writable.wake();
    }
    return { count, size: bytes.length, files: peek ? [] : parcel.files, from: parcel.from };
  }

  clear(): void {
    for (const { parcel } of this.messages) releaseAll(parcel.files);
    this.messages = [];
    this.memory.free(this.held);
    this.held = 0;
  }
}

export function releaseAll(files: readonly OpenFile[]): void {
  for (const file of files) file.release();
}
