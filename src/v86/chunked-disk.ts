import { brotliDecompressSync } from "node:zlib";
import { readExactly } from "../machine/read-exactly.js";

/** The first four bytes of a disk image in chunks, "LMPC" in the order of the file. */
export const CHUNKED_DISK_MAGIC = 0x43504d4c;
export const CHUNKED_DISK_VERSION = 1;
/** Magic, version, size of a chunk, size of the disk: each a little-endian u32. */
const HEADER_BYTES = 16;
/** Per chunk: where it is in the file, and how many bytes it takes there. */
const ENTRY_BYTES = 8;
const DEFAULT_CACHED_CHUNKS = 64;

/**
 * A read-only disk kept as independently compressed chunks in one file, of which only those that are read are inflated. A chunk
 * that takes no bytes in the file is all zeros, one that takes its full size is stored as it is; equal chunks share their bytes.
 */
export class ChunkedDisk {
  readonly byteLength: number;
  private readonly chunkSize: number;
  private readonly index: DataView;
  /** Least recently used first. */
  private readonly cache = new Map<number, Uint8Array>();

  /** `fd` stays the caller's, who may share it: nothing here moves its position. */
  constructor(
    private readonly fd: number,
    private readonly cachedChunks = DEFAULT_CACHED_CHUNKS,
  ) {
    const header = view(this.stored(0, HEADER_BYTES));
    if (header.getUint32(0, true) !== CHUNKED_DISK_MAGIC) throw new Error("this is no disk image in chunks");
    const version = header.getUint32(4, true);
    if (version !== CHUNKED_DISK_VERSION) throw new Error(`disk image of unknown version ${version}`);
    this.chunkSize = header.getUint32(8, true);
    this.byteLength = header.getUint32(12, true);
    const chunks = Math.ceil(this.byteLength / this.chunkSize);
    this.index = view(this.stored(HEADER_BYTES, chunks * ENTRY_BYTES));
  }

  /** A copy of `length` bytes from `offset` on, all of which must be on the disk. */
  read(offset: number, length: number): Uint8Array {
    if (offset < 0 || length < 0 || offset + length > this.byteLength)
      throw new RangeError(`${length} bytes at ${offset} are not on a disk of ${this.byteLength}`);
    const bytes = new Uint8Array(length);
    for (let done = 0; done < length; ) {
      const position = offset + done;
      const start = position % this.chunkSize;
      const part = this.chunk((position - start) / this.chunkSize).subarray(start, start + length - done);
      bytes.set(part, done);
      done += part.length;
    }
    return bytes;
  }

  private chunk(number: number): Uint8Array {
    const known = this.cache.get(number);
    const chunk = known ?? this.inflate(number);
    this.cache.delete(number);
    this.cache.set(number, chunk);
    for (const [oldest] of this.cache) {
      if (this.cache.size <= this.cachedChunks) break;
      this.cache.delete(oldest);
    }
    return chunk;
  }

  private inflate(number: number): Uint8Array {
    const size = Math.min(this.chunkSize, this.byteLength - number * this.chunkSize);
    const offset = this.index.getUint32(number * ENTRY_BYTES, true);
    const length = this.index.getUint32(number * ENTRY_BYTES + 4, true);
    if (length === 0) return new Uint8Array(size);
    const stored = this.stored(offset, length);
    if (length === size) return stored;
    const chunk = brotliDecompressSync(stored, { maxOutputLength: size });
    if (chunk.length !== size) throw new Error(`chunk ${number} of the disk image is damaged`);
    return chunk;
  }

  private stored(offset: number, length: number): Uint8Array {
    const bytes = new Uint8Array(length);
    readExactly("the disk image", this.fd, bytes, offset);
    return bytes;
  }
}

function view(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
