import type { OutputStream } from "../machine/machine.js";
import { continuationPrefix, incompleteSuffix } from "../protocol/utf8.js";

/** A piece of one stream. `seq` numbers its last byte, counted from 1 over both streams of a process. */
export interface OutputChunk {
  readonly seq: number;
  readonly stream: OutputStream;
  readonly bytes: Uint8Array;
}

export interface OutputPart {
  readonly chunks: readonly OutputChunk[];
  /** Number of the last byte of the part, or of the last that was asked to be skipped. */
  readonly lastSeq: number;
  /** Bytes between what was asked to be skipped and the first chunk that are no longer there. */
  readonly droppedBytes: number;
}

/** Small pieces are put together up to this size. */
const MERGED_BYTES = 4096;
const STREAMS: readonly OutputStream[] = ["stdout", "stderr"];

/**
 * The last `limit` bytes of a process's output, in the order in which they came. A chunk never ends within a character of UTF-8
 * whose rest is still to come.
 */
export class OutputRing {
  private readonly chunks: OutputChunk[] = [];
  private readonly incomplete = { stdout: new Uint8Array(0), stderr: new Uint8Array(0) };
  private kept = 0;
  private total = 0;

  /** What comes after byte `needed()` is kept whatever the limit. */
  constructor(
    private readonly limit: number,
    private readonly needed: () => number = () => Number.POSITIVE_INFINITY,
  ) {}

  /** Number of the last byte that has come. */
  get lastSeq(): number {
    return this.total;
  }

  push(stream: OutputStream, bytes: Uint8Array): void {
    const held = this.incomplete[stream];
    const joined = held.length === 0 ? bytes : join(held, bytes);
    const cut = joined.length - incompleteSuffix(joined);
    this.incomplete[stream] = joined.slice(cut);
    this.add(stream, joined.subarray(0, cut));
  }

  /** No more bytes will complete a character. */
  end(): void {
    for (const stream of STREAMS) {
      this.add(stream, this.incomplete[stream]);
      this.incomplete[stream] = new Uint8Array(0);
    }
  }

  /** What came after the byte `afterSeq`, at most `maxBytes`, which is at least one character. */
  read(afterSeq: number, maxBytes: number): OutputPart {
    const from = Math.min(afterSeq, this.total);
    const firstKept = this.total - this.kept;
    const chunks: OutputChunk[] = [];
    let lastSeq = Math.max(from, firstKept);
    let room = maxBytes;
    for (const { seq, stream, bytes } of this.chunks) {
      if (seq <= lastSeq) continue;
      const rest = bytes.subarray(bytes.length - (seq - lastSeq));
      const part = rest.length <= room ? rest : beginning(rest, room, chunks.length === 0);
      if (part.length === 0) break;
      lastSeq += part.length;
      room -= part.length;
      chunks.push({ seq: lastSeq, stream, bytes: part });
      if (part.length < rest.length) break;
    }
    return { chunks, lastSeq, droppedBytes: Math.max(0, firstKept - from) };
  }

  private add(stream: OutputStream, bytes: Uint8Array): void {
    if (bytes.length === 0) return;
    this.total += bytes.length;
    this.kept += bytes.length;
    const last = this.chunks.at(-1);
    if (last?.stream === stream && last.bytes.length + bytes.length <= MERGED_BYTES)
      this.chunks[this.chunks.length - 1] = { seq: this.total, stream, bytes: join(last.bytes, bytes) };
    else this.chunks.push({ seq: this.total, stream, bytes });
    this.dropOldest();
  }

  private dropOldest(): void {
    const needed = this.needed();
    for (let [first] = this.chunks; first !== undefined; [first] = this.chunks) {
      const excess = Math.min(this.kept - this.limit, needed - (this.total - this.kept));
      if (excess <= 0) return;
      if (excess >= first.bytes.length) {
        this.chunks.shift();
        this.kept -= first.bytes.length;
        continue;
      }
      const rest = first.bytes.subarray(excess);
      const whole = rest.slice(continuationPrefix(rest));
      this.kept -= first.bytes.length - whole.length;
      this.chunks[0] = { ...first, bytes: whole };
    }
  }
}

/** The first `room` bytes but for a character that is cut; that one as a whole if there is nothing else and there must be something. */
function beginning(bytes: Uint8Array, room: number, something: boolean): Uint8Array {
  const part = bytes.subarray(0, room);
  const cut = part.length - incompleteSuffix(part);
  if (cut > 0 || !something) return part.subarray(0, cut);
  return bytes.subarray(0, room + continuationPrefix(bytes.subarray(room)));
}

function join(first: Uint8Array, second: Uint8Array): Uint8Array<ArrayBuffer> {
  const both = new Uint8Array(first.length + second.length);
  both.set(first);
  both.set(second, first.length);
  return both;
}
