import { encodeName } from "../../vfs/name.js";

/** Numbers, and more of them at the end. */
export class GrowingNumbers {
  numbers: Float64Array;

  /** `length`: how many zeros it begins with. */
  constructor(public length: number) {
    this.numbers = new Float64Array(2 * length);
  }

  /** Where the `count` numbers begin that are added. */
  add(count: number): number {
    const at = this.length;
    this.length += count;
    if (this.length > this.numbers.length) {
      const larger = new Float64Array(2 * this.length);
      larger.set(this.numbers);
      this.numbers = larger;
    }
    return at;
  }
}

/** Names as bytes, one after the other. */
export class GrowingNames {
  bytes = new Uint8Array(4096);
  length = 0;

  /** Returns how many bytes they are that have been added. */
  add(name: string): number {
    const start = this.length;
    this.demand(start + name.length);
    for (let i = 0; i < name.length; i++) {
      const code = name.charCodeAt(i);
      if (code >= 0x80) return this.addBytes(encodeName(name));
      this.bytes[start + i] = code;
    }
    this.length = start + name.length;
    return name.length;
  }

  private addBytes(bytes: Uint8Array): number {
    this.demand(this.length + bytes.length);
    this.bytes.set(bytes, this.length);
    this.length += bytes.length;
    return bytes.length;
  }

  private demand(length: number): void {
    if (length <= this.bytes.length) return;
    const larger = new Uint8Array(2 * length);
    larger.set(this.bytes);
    this.bytes = larger;
  }
}
