import { encodeName } from "../../vfs/name.js";

/** Bytes that grow at their end, with little-endian numbers anywhere in them. */
export class TableWriter {
  private bytes: Uint8Array;
  private view: DataView;

  /** `length`: how many bytes, all zero, it begins with. */
  constructor(public length: number) {
    this.bytes = new Uint8Array(2 * length);
    this.view = new DataView(this.bytes.buffer);
  }

  setU32(at: number, value: number): void {
    this.view.setUint32(at, value, true);
  }

  setF64(at: number, value: number): void {
    this.view.setFloat64(at, value, true);
  }

  /** Where the `count` bytes begin that are added at the end. */
  add(count: number): number {
    const at = this.length;
    this.length += count;
    if (this.length > this.bytes.length) {
      const larger = new Uint8Array(2 * this.length);
      larger.set(this.bytes);
      this.bytes = larger;
      this.view = new DataView(larger.buffer);
    }
    return at;
  }

  /** Returns how many bytes they are. */
  addBytes(bytes: Uint8Array): number {
    const at = this.add(bytes.length);
    this.bytes.set(bytes, at);
    return bytes.length;
  }

  /** A name, with its length in bytes in front. */
  addName(name: string): void {
    const at = this.add(4 + name.length) + 4;
    for (let i = 0; i < name.length; i++) {
      const code = name.charCodeAt(i);
      if (code < 0x80) this.bytes[at + i] = code;
      else {
        this.length = at;
        this.setU32(at - 4, this.addBytes(encodeName(name)));
        return;
      }
    }
    this.setU32(at - 4, name.length);
  }

  finish(): SharedArrayBuffer {
    const shared = new SharedArrayBuffer(this.length);
    new Uint8Array(shared).set(this.bytes.subarray(0, this.length));
    return shared;
  }
}
