import { decodeName, encodeName } from "../vfs/name.js";

/** A list of strings as execve(2) passes it on: each with its NUL, one after the other. They are only decoded when somebody asks. */
export class StringVector {
  static readonly EMPTY = StringVector.of([]);

  private constructor(
    readonly bytes: Uint8Array<ArrayBuffer>,
    /** Where each string begins in `bytes`. */
    readonly starts: readonly number[],
  ) {}

  static of(strings: readonly string[]): StringVector {
    return StringVector.join(strings.map(encodeName));
  }

  /** `texts`: without NULs. */
  static join(texts: readonly Uint8Array[]): StringVector {
    const starts: number[] = [];
    let size = 0;
    for (const { length } of texts) {
      starts.push(size);
      size += length + 1;
    }
    const bytes = new Uint8Array(size);
    texts.forEach((text, index) => {
      bytes.set(text, starts[index]);
    });
    return new StringVector(bytes, starts);
  }

  get length(): number {
    return this.starts.length;
  }

  strings(): string[] {
    return this.starts.map((start, index) => {
      const end = (this.starts[index + 1] ?? this.bytes.length) - 1;
      return decodeName(this.bytes.subarray(start, end));
    });
  }
}
