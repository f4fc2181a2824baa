// Cuts a disk image into independently compressed chunks, in the form that src/v86/chunked-disk.ts reads.
//
//   node pack-root.mjs IMAGE OUT [CHUNK_SIZE]

import fs from "node:fs";
import { promisify } from "node:util";
import { brotliCompress, constants } from "node:zlib";
import { sha256 } from "../recipe-hash.mjs";
import { importTypeScript } from "./import-ts.mjs";

const { CHUNKED_DISK_MAGIC, CHUNKED_DISK_VERSION } = await importTypeScript("src/v86/chunked-disk.ts");
const compress = promisify(brotliCompress);

const [input, output, size = "65536"] = process.argv.slice(2);
const chunkSize = Number(size);
/** As many as Node.js compresses at once. */
const WORKERS = 4;

const disk = fs.readFileSync(input);
const chunks = Array.from({ length: Math.ceil(disk.length / chunkSize) }, (_, number) =>
  disk.subarray(number * chunkSize, (number + 1) * chunkSize),
);

/** Equal chunks are one; chunks of zeros take no bytes. */
const hashes = chunks.map((chunk) => (chunk.every((byte) => byte === 0) ? undefined : sha256(chunk)));
const distinct = new Map(hashes.flatMap((hash, number) => (hash ? [[hash, chunks[number]]] : [])));

const options = {
  params: {
    [constants.BROTLI_PARAM_QUALITY]: 11,
    // A window larger than the chunk only costs memory when it is inflated.
    [constants.BROTLI_PARAM_LGWIN]: Math.ceil(Math.log2(chunkSize)) + 1,
    [constants.BROTLI_PARAM_SIZE_HINT]: chunkSize,
  },
};

const stored = new Map();
const waiting = [...distinct];
async function work() {
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const [hash, chunk] = next;
    const packed = await compress(chunk, options);
    stored.set(hash, packed.length < chunk.length ? packed : chunk);
  }
}
await Promise.all(Array.from({ length: WORKERS }, work));

const words = [CHUNKED_DISK_MAGIC, CHUNKED_DISK_VERSION, chunkSize, disk.length];
const front = 4 * (words.length + 2 * chunks.length);
const places = new Map();
let end = front;
for (const hash of distinct.keys()) {
  places.set(hash, end);
  end += stored.get(hash).length;
}
for (const hash of hashes) words.push(...(hash ? [places.get(hash), stored.get(hash).length] : [0, 0]));

const bytes = Buffer.alloc(front);
words.forEach((word, number) => {
  bytes.writeUInt32LE(word, 4 * number);
});
fs.writeFileSync(output, Buffer.concat([bytes, ...[...distinct.keys()].map((hash) => stored.get(hash))]));
console.error(
  `pack-root: ${disk.length} bytes in ${chunks.length} chunks (${distinct.size} distinct) take ${end} bytes`,
);
