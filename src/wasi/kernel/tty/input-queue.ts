/** The most that waits to be read from a terminal, as on Linux (termios(3), "Canonical and noncanonical mode"). */
const CAPACITY = 4096;
/** What stands for the end of file in the queue: a NUL that ends a line. */
const END_OF_FILE = 0;

/**
 * What has been typed and not been read: finished lines, and after them the line that is being edited. A line ends with its
 * newline (or VEOL), or with the mark that VEOF leaves, which nobody reads.
 */
export class InputQueue {
  private readonly bytes = new Uint8Array(CAPACITY);
  private readonly lineEnds = new Uint8Array(CAPACITY);
  /** Positions count up forever; a byte lies at its position modulo the capacity. */
  private start = 0;
  private lineStart = 0;
  private end = 0;

  /** Bytes in it, those of the unfinished line included. */
  get length(): number {
    return this.end - this.start;
  }

  /** Bytes of the line that is being edited. */
  get lineLength(): number {
    return this.end - this.lineStart;
  }

  get hasLine(): boolean {
    return this.lineStart !== this.start;
  }

  /** One byte stays free for the end of the line. */
  get room(): number {
    return CAPACITY - 1 - this.length;
  }

  put(byte: number): void {
    this.bytes[this.end % CAPACITY] = byte;
    this.lineEnds[this.end % CAPACITY] = 0;
    this.end++;
  }

  /** Ends the line with `byte`. */
  endLine(byte: number): void {
    this.put(byte);
    this.markEnd();
  }

  endOfFile(): void {
    this.endLine(END_OF_FILE);
  }

  /** The byte `back` places from the end of the line being edited; 1 is the last. */
  fromEnd(back: number): number {
    return this.at(this.end - back);
  }

  /** Takes `count` bytes off the end of the line being edited. */
  dropLast(count: number): void {
    this.end -= count;
  }

  clear(): void {
    this.start = this.lineStart = this.end;
  }

  /** What is there is one finished line from now on: the terminal has changed to canonical mode, or from it. */
  finish(): void {
    for (let at = this.start; at < this.end; at++) this.lineEnds[at % CAPACITY] = 0;
    this.lineStart = this.end;
    if (this.length > 0) this.lineEnds[(this.end - 1) % CAPACITY] = 1;
  }

  /** Moves out what fits of the first line. A line that ends with the mark of VEOF may be empty: then that is the end of file. */
  readLine(into: Uint8Array): number {
    let count = 0;
    while (this.start < this.lineStart) {
      const at = this.start;
      const isMark = this.isMark(at);
      if (!isMark && count === into.length) break;
      this.start++;
      if (isMark) break;
      into[count++] = this.at(at);
      if (this.endsLine(at)) break;
    }
    return count;
  }

  /** Moves out what fits, lines or not. */
  readBytes(into: Uint8Array): number {
    const count = Math.min(into.length, this.length);
    for (let i = 0; i < count; i++) into[i] = this.at(this.start + i);
    this.start += count;
    this.lineStart = Math.max(this.lineStart, this.start);
    return count;
  }

  /** Bytes that can be read: all of them, or those of finished lines. */
  available(canonical: boolean): number {
    return (canonical ? this.lineStart : this.end) - this.start;
  }

  /** Bytes in finished lines, marks of VEOF left out. */
  get lineBytes(): number {
    let count = 0;
    for (let at = this.start; at < this.lineStart; at++) if (!this.isMark(at)) count++;
    return count;
  }

  private markEnd(): void {
    this.lineEnds[(this.end - 1) % CAPACITY] = 1;
    this.lineStart = this.end;
  }

  private endsLine(position: number): boolean {
    return this.lineEnds[position % CAPACITY] === 1;
  }

  private isMark(position: number): boolean {
    return this.endsLine(position) && this.at(position) === END_OF_FILE;
  }

  private at(position: number): number {
    return this.bytes[position % CAPACITY] as number; // within the array
  }
}
