/** A line of input. `bytes` ends with its newline and is only valid during the call. */
export type Frame = { readonly kind: "line"; readonly bytes: Uint8Array } | { readonly kind: "too_long" };

const NEWLINE = 0x0a;
const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf] as const;
/** A line buffer that has grown beyond this is given back after the line. */
const KEPT_CAPACITY = 64 * 1024;

/**
 * Cuts a stream of bytes into lines in linear time and with bounded memory, whatever the size of the chunks.
 * Lines of white space are left out. A line over the limit is reported once, as soon as it is over, and then skipped.
 */
export class LineFramer {
  /** The beginning of a line whose newline has not come yet: the first `length` bytes. */
  private buffer = new Uint8Array(0);
  private length = 0;
  private skipping = false;
  private atStart = true;

  /** `limit`: bytes of a line without its newline. */
  constructor(
    private readonly limit: number,
    private readonly receive: (frame: Frame) => void,
  ) {}

  push(chunk: Uint8Array): void {
    let start = 0;
    while (start < chunk.length) {
      const newline = chunk.indexOf(NEWLINE, start);
      const end = newline < 0 ? chunk.length : newline + 1;
      this.add(chunk.subarray(start, end), newline >= 0);
      start = end;
    }
  }

  /** The input has ended: what is left is a line without a newline. */
  end(): void {
    if (this.length > 0) this.add(Uint8Array.of(NEWLINE), true);
  }

  private add(part: Uint8Array, complete: boolean): void {
    if (!this.skipping && this.length + part.length - (complete ? 1 : 0) > this.limit) {
      this.skipping = true;
      this.receive({ kind: "too_long" });
    }
    if (!this.skipping) {
      if (!complete) this.keep(part);
      else if (this.length === 0) this.finish(part);
      else {
        this.keep(part);
        this.finish(this.buffer.subarray(0, this.length));
      }
    }
    if (!complete) return;
    this.length = 0;
    this.skipping = false;
    this.atStart = false;
    if (this.buffer.length > KEPT_CAPACITY) this.buffer = new Uint8Array(0);
  }

  private keep(part: Uint8Array): void {
    const length = this.length + part.length;
    if (length > this.buffer.length) {
      const larger = new Uint8Array(Math.max(length, 2 * this.buffer.length));
      larger.set(this.buffer.subarray(0, this.length));
      this.buffer = larger;
    }
    this.buffer.set(part, this.length);
    this.length = length;
  }

  private finish(line: Uint8Array): void {
    const marked = this.atStart && BYTE_ORDER_MARK.every((byte, index) => line[index] === byte);
    const bytes = marked ? line.subarray(BYTE_ORDER_MARK.length) : line;
    if (firstVisible(bytes) !== undefined) this.receive({ kind: "line", bytes });
  }
}

/** The first byte that is not JSON's white space. */
export function firstVisible(line: Uint8Array): number | undefined {
  for (const byte of line) {
    if (byte !== 0x20 && byte !== NEWLINE && byte !== 0x0d && byte !== 0x09) return byte;
  }
  return undefined;
}
