/** Reads the WebAssembly binary format (https://webassembly.github.io/spec/core/binary/). */

/** The bytes are no WebAssembly module, or use a feature that is not supported. */
export class WasmFormatError extends Error {
  override name = "WasmFormatError";
  /** Where in the file, in bytes. */
  readonly offset: number;

  constructor(problem: string, offset: number) {
    super(`${problem} at byte ${offset}`);
    this.offset = offset;
  }
}

/** A position in a module, or in a part of one: reading past `end` is a WasmFormatError. */
export class WasmReader {
  offset: number;
  readonly end: number;
  readonly bytes: Uint8Array;

  constructor(bytes: Uint8Array, offset = 0, end = bytes.length) {
    this.bytes = bytes;
    this.offset = offset;
    this.end = end;
  }

  get done(): boolean {
    return this.offset >= this.end;
  }

  fail(problem: string): never {
    throw new WasmFormatError(problem, this.offset);
  }

  byte(): number {
    const value = this.bytes[this.offset];
    if (this.offset >= this.end || value === undefined) this.fail("unexpected end");
    this.offset++;
    return value;
  }

  skip(count: number): void {
    if (count > this.end - this.offset) this.fail("unexpected end");
    this.offset += count;
  }

  /** An unsigned LEB128 number of at most 32 bits. */
  u32(): number {
    let value = 0;
    for (let shift = 0; shift < 35; shift += 7) {
      const byte = this.byte();
      if (shift === 28 && byte > 0x0f) break;
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) return value;
    }
    return this.fail("number is too large");
  }

  /** Passes over a LEB128 number of at most 64 bits. */
  skipLeb(): void {
    for (let length = 1; this.byte() >= 0x80; length++) if (length === 10) this.fail("number is too large");
  }

  /** A vector's or a section's content as a reader of its own; this one moves past it. */
  part(length: number): WasmReader {
    const start = this.offset;
    this.skip(length);
    return new WasmReader(this.bytes, start, start + length);
  }

  name(): string {
    const part = this.part(this.u32());
    return new TextDecoder().decode(this.bytes.subarray(part.offset, part.end));
  }

  /** Passes over a value type or a reference type. */
  skipValueType(): void {
    const type = this.byte();
    if (type === 0x63 || type === 0x64) this.skipLeb();
  }

  /** Passes over the limits of a table or of a memory. */
  skipLimits(): void {
    const flags = this.byte();
    this.skipLeb();
    if (flags & 1) this.skipLeb();
    if (flags & 8) this.skipLeb();
  }
}
