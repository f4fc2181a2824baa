import { Errno } from "../../wasi/errno.js";
import { decodeName, encodeName } from "../../wasi/vfs/name.js";

/** Types of requests of 9P2000.L (net/9p/9p.h of Linux); an answer has the next number. */
export const Type = {
  statfs: 8,
  lopen: 12,
  lcreate: 14,
  symlink: 16,
  mknod: 18,
  readlink: 22,
  getattr: 24,
  setattr: 26,
  readdir: 40,
  fsync: 50,
  lock: 52,
  getlock: 54,
  link: 70,
  mkdir: 72,
  renameat: 74,
  unlinkat: 76,
  version: 100,
  attach: 104,
  flush: 108,
  walk: 110,
  read: 116,
  write: 118,
  clunk: 120,
  remove: 122,
} as const;

const RLERROR = 7;
/** Size, type and tag of a message. */
export const HEADER_BYTES = 7;

/** Takes a request apart; EINVAL when it ends too soon. */
export class Request {
  readonly type: number;
  readonly tag: number;
  private at = HEADER_BYTES;
  private readonly view: DataView;

  constructor(private readonly message: Uint8Array) {
    this.view = new DataView(message.buffer, message.byteOffset, message.byteLength);
    this.type = message.length < HEADER_BYTES ? 0 : this.view.getUint8(4);
    this.tag = message.length < HEADER_BYTES ? 0 : this.view.getUint16(5, true);
  }

  u8(): number {
    return this.view.getUint8(this.advance(1));
  }
  u16(): number {
    return this.view.getUint16(this.advance(2), true);
  }
  u32(): number {
    return this.view.getUint32(this.advance(4), true);
  }
  /** EINVAL for what a number does not hold exactly. */
  u64(): number {
    const value = Number(this.view.getBigUint64(this.advance(8), true));
    if (!Number.isSafeInteger(value)) throw Errno.EINVAL;
    return value;
  }
  i64(): number {
    return Number(this.view.getBigInt64(this.advance(8), true));
  }
  bytes(count: number): Uint8Array {
    const at = this.advance(count);
    return this.message.subarray(at, at + count);
  }
  text(): string {
    return decodeName(this.bytes(this.u16()));
  }

  private advance(count: number): number {
    const { at } = this;
    if (at + count > this.message.length) throw Errno.EINVAL;
    this.at += count;
    return at;
  }
}

/** Puts the body of an answer together. */
export class Body {
  private bytes = new Uint8Array(256);
  private view = new DataView(this.bytes.buffer);
  private end = 0;

  get length(): number {
    return this.end;
  }
  get content(): Uint8Array {
    return this.bytes.subarray(0, this.end);
  }

  u8(value: number): this {
    const at = this.advance(1);
    this.view.setUint8(at, value);
    return this;
  }
  u16(value: number): this {
    const at = this.advance(2);
    this.view.setUint16(at, value, true);
    return this;
  }
  u32(value: number): this {
    const at = this.advance(4);
    this.view.setUint32(at, value, true);
    return this;
  }
  u64(...values: readonly (number | bigint)[]): this {
    for (const value of values) {
      const at = this.advance(8);
      this.view.setBigUint64(at, BigInt.asUintN(64, BigInt(value)), true);
    }
    return this;
  }
  raw(bytes: Uint8Array): this {
    const at = this.advance(bytes.length);
    this.bytes.set(bytes, at);
    return this;
  }
  text(text: string): this {
    const bytes = encodeName(text);
    this.u16(bytes.length);
    return this.raw(bytes);
  }

  /** Makes room, for which what has been written may move. */
  private advance(count: number): number {
    const at = this.end;
    this.end += count;
    if (this.end > this.bytes.length) {
      const larger = new Uint8Array(Math.max(this.end, 2 * this.bytes.length));
      larger.set(this.bytes);
      this.bytes = larger;
      this.view = new DataView(larger.buffer);
    }
    return at;
  }
}

export function encodeAnswer({ type, tag }: Request, body: Body): Uint8Array {
  return encode(type + 1, tag, body);
}

export function encodeError({ tag }: Request, errno: Errno): Uint8Array {
  return encode(RLERROR, tag, new Body().u32(errno.number));
}

function encode(type: number, tag: number, { content }: Body): Uint8Array {
  const message = new Uint8Array(HEADER_BYTES + content.length);
  message.set(new Body().u32(message.length).u8(type).u16(tag).content);
  message.set(content, HEADER_BYTES);
  return message;
}
