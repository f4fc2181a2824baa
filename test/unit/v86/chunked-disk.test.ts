import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { brotliCompressSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { CHUNKED_DISK_MAGIC, CHUNKED_DISK_VERSION, ChunkedDisk } from "../../../src/v86/chunked-disk.js";

const CHUNK = 4096;

let folder: string;
const open: number[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "limpet-test-"));
});

afterEach(() => {
  for (const fd of open.splice(0)) closeSync(fd);
  rmSync(folder, { recursive: true });
});

/** Opens a file with these words at its front and these bytes after them. */
function file(words: number[], ...parts: Uint8Array[]): number {
  const front = Buffer.alloc(words.length * 4);
  words.forEach((word, number) => {
    front.writeUInt32LE(word, number * 4);
  });
  const path = join(folder, `${open.length}.img`);
  writeFileSync(path, Buffer.concat([front, ...parts]));
  const fd = openSync(path, "r");
  open.push(fd);
  return fd;
}

/** A disk of five chunks, the last one short: compressed, zeros, as it is, the first one again, compressed. */
function example(): { fd: number; content: Buffer } {
  const text = Buffer.alloc(CHUNK, "limpets hold on to rocks. ");
  const noise = Buffer.from(Array.from({ length: CHUNK }, (_, i) => (i * i * 2654435761) >>> 13));
  const end = Buffer.alloc(1000, "end ");
  const [packedText, packedEnd] = [brotliCompressSync(text), brotliCompressSync(end)];
  const content = Buffer.concat([text, Buffer.alloc(CHUNK), noise, text, end]);
  const start = 16 + 5 * 8;
  const [ofNoise, ofEnd] = [start + packedText.length, start + packedText.length + CHUNK];
  const entries = [
    [start, packedText.length],
    [0, 0],
    [ofNoise, CHUNK],
    [start, packedText.length],
    [ofEnd, packedEnd.length],
  ];
  const header = [CHUNKED_DISK_MAGIC, CHUNKED_DISK_VERSION, CHUNK, content.length];
  return { fd: file([...header, ...entries.flat()], packedText, noise, packedEnd), content };
}

describe("ChunkedDisk", () => {
  it("reads any range, within a chunk and across several", () => {
    const { fd, content } = example();
    const disk = new ChunkedDisk(fd);
    expect(disk.byteLength).toBe(content.length);
    for (const [offset, length] of [
      [0, content.length],
      [0, 512],
      [CHUNK - 1, 2],
      [CHUNK, CHUNK],
      [100, 3 * CHUNK],
      [4 * CHUNK, 1000],
      [content.length, 0],
    ] as const)
      expect(Buffer.from(disk.read(offset, length)).equals(content.subarray(offset, offset + length))).toBe(
        true,
      );
  });

  it("reads right with room for one chunk only", () => {
    const { fd, content } = example();
    const disk = new ChunkedDisk(fd, 1);
    for (let pass = 0; pass < 2; pass++)
      for (let offset = 0; offset + 700 <= content.length; offset += 700)
        expect(Buffer.from(disk.read(offset, 700)).equals(content.subarray(offset, offset + 700))).toBe(true);
  });

  it("gives copies, which may be written to", () => {
    const { fd, content } = example();
    const disk = new ChunkedDisk(fd);
    disk.read(0, 10).fill(0);
    disk.read(2 * CHUNK, 10).fill(0);
    expect(Buffer.from(disk.read(0, 3 * CHUNK)).equals(content.subarray(0, 3 * CHUNK))).toBe(true);
  });

  it("refuses what is not on the disk", () => {
    const { fd, content } = example();
    const disk = new ChunkedDisk(fd);
    expect(() => disk.read(content.length - 1, 2)).toThrow(RangeError);
    expect(() => disk.read(-1, 2)).toThrow(RangeError);
  });

  it("refuses files that are something else, of another version, cut off or damaged", () => {
    expect(() => new ChunkedDisk(file([1, 1, CHUNK, 0]))).toThrow("no disk image");
    expect(() => new ChunkedDisk(file([CHUNKED_DISK_MAGIC, 99, CHUNK, 0]))).toThrow("unknown version 99");
    expect(() => new ChunkedDisk(file([CHUNKED_DISK_MAGIC, CHUNKED_DISK_VERSION, CHUNK, CHUNK]))).toThrow(
      "too early",
    );
    const header = [CHUNKED_DISK_MAGIC, CHUNKED_DISK_VERSION, CHUNK, CHUNK];
    const short = brotliCompressSync(Buffer.alloc(100));
    expect(() => new ChunkedDisk(file([...header, 24, short.length], short)).read(0, 1)).toThrow("chunk 0");
    const noise = Buffer.alloc(50, 0xff);
    expect(() => new ChunkedDisk(file([...header, 24, noise.length], noise)).read(0, 1)).toThrow();
  });
});
