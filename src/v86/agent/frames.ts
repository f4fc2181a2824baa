import { concatenate } from "../../wasi/bytes.js";
import { encodeName } from "../../wasi/vfs/name.js";

/**
 * Frames of the agent's protocol (guest/v86/agent): u32 length of what follows, u8 type, u32 id, payload; little endian.
 * Types are letters; where one is used in both directions, it means two things.
 */
export const PROTOCOL_VERSION = 2;

/** The largest payload that either side sends, but for a few bytes of its own in front. */
export const CHUNK = 65536;

const HEADER = 9;
const LONGEST = CHUNK + 64;

export interface Frame {
  readonly type: string;
  readonly id: number;
  /** Belongs to whoever gets the frame. */
  readonly payload: Uint8Array;
}

/** One part of a payload: bytes as they are, or a string that ends with NUL. */
type Part = Uint8Array | string;

export function encodeFrame(type: string, id: number, ...parts: readonly Part[]): Uint8Array {
  const payload = encodeParts(parts);
  const length = HEADER - 4 + payload.length;
  if (length > LONGEST) throw new RangeError(`a frame of ${length} bytes is too long`);
  const frame = new Uint8Array(HEADER + payload.length);
  const view = new DataView(frame.buffer);
  view.setUint32(0, length, true);
  view.setUint8(4, type.charCodeAt(0));
  view.setUint32(5, id, true);
  frame.set(payload, HEADER);
  return frame;
}

export function encodeParts(parts: readonly Part[]): Uint8Array {
  return concatenate(parts.map((part) => (typeof part === "string" ? encodeName(`${part}\0`) : part)));
}

export function u32(...values: readonly number[]): Uint8Array {
  const bytes = new Uint8Array(4 * values.length);
  const view = new DataView(bytes.buffer);
  values.forEach((value, index) => {
    view.setUint32(4 * index, value, true);
  });
  return bytes;
}

export function u64(...values: readonly (number | bigint)[]): Uint8Array {
  const bytes = new Uint8Array(8 * values.length);
  const view = new DataView(bytes.buffer);
  values.forEach((value, index) => {
    view.setBigUint64(8 * index, BigInt(value), true);
  });
  return bytes;
}

export function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** Puts frames together from bytes as they come. Each byte is copied once. */
export class FrameReader {
  private readonly header = new Uint8Array(HEADER);
  private headerSize = 0;
  private payload: Uint8Array | undefined;
  private payloadSize = 0;

  constructor(private readonly handle: (frame: Frame) => void) {}

  get isBetweenFrames(): boolean {
    return this.headerSize === 0 && this.payload === undefined;
  }

  /** Throws when what comes is not the protocol. */
  push(bytes: Uint8Array): void {
    let rest = bytes;
    while (rest.length > 0)
      rest = this.payload === undefined ? this.readHeader(rest) : this.readPayload(rest, this.payload);
  }

  private readHeader(bytes: Uint8Array): Uint8Array {
    const count = Math.min(HEADER - this.headerSize, bytes.length);
    this.header.set(bytes.subarray(0, count), this.headerSize);
    this.headerSize += count;
    if (this.headerSize === HEADER) {
      const length = viewOf(this.header).getUint32(0, true);
      if (length < HEADER - 4 || length > LONGEST)
        throw new RangeError(`the guest's agent sent a frame of ${length} bytes`);
      this.payload = new Uint8Array(length - (HEADER - 4));
      this.payloadSize = 0;
      if (this.payload.length === 0) this.finish(this.payload);
    }
    return bytes.subarray(count);
  }

  private readPayload(bytes: Uint8Array, payload: Uint8Array): Uint8Array {
    const count = Math.min(payload.length - this.payloadSize, bytes.length);
    payload.set(bytes.subarray(0, count), this.payloadSize);
    this.payloadSize += count;
    if (this.payloadSize === payload.length) this.finish(payload);
    return bytes.subarray(count);
  }

  private finish(payload: Uint8Array): void {
    const view = viewOf(this.header);
    this.headerSize = 0;
    this.payload = undefined;
    this.handle({ type: String.fromCharCode(view.getUint8(4)), id: view.getUint32(5, true), payload });
  }
}
