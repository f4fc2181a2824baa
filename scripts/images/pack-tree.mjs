// Packs the files below a folder into one archive, whose format src/wasi/fs/base/archive.ts describes.

import fs from "node:fs";
import path from "node:path";
import { brotliCompressSync, constants } from "node:zlib";

/** Small enough to be expanded for one file of it, large enough to compress well. */
const GROUP_BYTES = 256 << 10;

/** The archive's bytes, and how many files, symbolic links and directories it has. */
export function packTree(folder) {
  const found = fs.readdirSync(folder, { recursive: true, withFileTypes: true });
  const files = found
    .filter((item) => item.isFile() || item.isSymbolicLink())
    .map((item) => path.relative(folder, path.join(item.parentPath, item.name)))
    .sort();

  const groups = [];
  let contents = [];
  let members = [];
  const endGroup = () => {
    const bytes = compress(Buffer.concat(contents));
    groups.push({ bytes, entry: { compressedBytes: bytes.length, files: members } });
    contents = [];
    members = [];
  };
  let size = 0;
  for (const file of files) {
    const absolute = path.join(folder, file);
    if (fs.lstatSync(absolute).isSymbolicLink()) {
      members.push([file, fs.readlinkSync(absolute)]);
      continue;
    }
    const content = fs.readFileSync(absolute);
    if (members.length > 0 && size + content.length > GROUP_BYTES) {
      endGroup();
      size = 0;
    }
    contents.push(content);
    members.push([file, content.length]);
    size += content.length;
  }
  if (members.length > 0) endGroup();

  const index = compress(Buffer.from(JSON.stringify(groups.map(({ entry }) => entry))));
  const length = Buffer.alloc(4);
  length.writeUInt32LE(index.length);
  return { bytes: Buffer.concat([length, index, ...groups.map(({ bytes }) => bytes)]), inodes: found.length };
}

function compress(bytes) {
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
  return brotliCompressSync(bytes, { params });
}
