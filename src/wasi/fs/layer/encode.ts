import { encodeName } from "../../vfs/name.js";
import {
  DATA_KINDS,
  HEADER,
  LAYER_MAGIC,
  LAYER_VERSION,
  type Layer,
  type LayerInode,
  type LayerSummary,
  PIECE,
  RECORD,
  TIME_BYTES,
} from "./layer.js";
import { TableWriter } from "./table-writer.js";

/** The layer of these files, whose pieces lie in `contents`. */
export function encodeLayer(
  inodes: readonly LayerInode[],
  summary: LayerSummary,
  contents: readonly SharedArrayBuffer[],
): Layer {
  const sorted = inodes.toSorted((a, b) => a.ino - b.ino);
  const writer = new TableWriter(HEADER.size + RECORD.size * sorted.length);
  writer.setU32(HEADER.magic, LAYER_MAGIC);
  writer.setU32(HEADER.version, LAYER_VERSION);
  writer.setU32(HEADER.count, sorted.length);
  writer.setF64(HEADER.baseTimeF64, summary.baseTime.sec);
  writer.setF64(HEADER.lastInoF64, summary.lastIno);
  writer.setU32(HEADER.inodes, summary.inodes);
  writer.setF64(HEADER.bytesF64, summary.bytes);
  const numbers = new Map<ArrayBufferLike, number>(contents.map((buffer, index) => [buffer, index]));
  sorted.forEach((inode, index) => {
    writeRecord(writer, HEADER.size + RECORD.size * index, inode, numbers);
  });
  return { table: writer.finish(), contents };
}

function writeRecord(
  writer: TableWriter,
  at: number,
  inode: LayerInode,
  buffers: ReadonlyMap<ArrayBufferLike, number>,
): void {
  const { data, atime, mtime, ctime, btime } = inode;
  writer.setF64(at + RECORD.inoF64, inode.ino);
  writer.setU32(at + RECORD.mode, inode.mode);
  writer.setU32(at + RECORD.uid, inode.uid);
  writer.setU32(at + RECORD.gid, inode.gid);
  writer.setU32(at + RECORD.nlink, inode.nlink);
  writer.setU32(at + RECORD.rdev, inode.rdev);
  writer.setU32(at + RECORD.kind, DATA_KINDS.indexOf(data.kind));
  [atime, mtime, ctime, btime].forEach(({ sec, nsec }, index) => {
    writer.setF64(at + RECORD.times + TIME_BYTES * index, sec);
    writer.setU32(at + RECORD.times + TIME_BYTES * index + 8, nsec);
  });
  writer.setU32(at + RECORD.offset, writer.length);
  switch (data.kind) {
    case "none":
      return;
    case "file":
      writer.setF64(at + RECORD.sizeF64, data.size);
      writer.setU32(at + RECORD.count, data.pieces.size);
      for (const [number, piece] of data.pieces) writePiece(writer, number, piece, buffers);
      return;
    case "symlink":
      writer.setU32(at + RECORD.count, writer.addBytes(encodeName(data.target)));
      return;
    case "directory":
      writer.setU32(at + RECORD.hidden, data.hidden.length);
      writer.setU32(at + RECORD.count, data.entries.length);
      for (const name of data.hidden) writer.addName(name);
      for (const [name, ino] of data.entries) {
        writer.setF64(writer.add(8), ino);
        writer.addName(name);
      }
      return;
  }
}

function writePiece(
  writer: TableWriter,
  number: number,
  piece: Uint8Array,
  buffers: ReadonlyMap<ArrayBufferLike, number>,
): void {
  const buffer = buffers.get(piece.buffer);
  if (buffer === undefined) throw new RangeError("a piece of a layer lies in none of its buffers");
  const at = writer.add(PIECE.size);
  writer.setF64(at + PIECE.numberF64, number);
  writer.setU32(at + PIECE.buffer, buffer);
  writer.setF64(at + PIECE.offsetF64, piece.byteOffset);
  writer.setU32(at + PIECE.length, piece.length);
}
