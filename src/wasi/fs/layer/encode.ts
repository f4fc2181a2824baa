import type { Timespec } from "../../vfs/inode.js";
import { encodeName } from "../../vfs/name.js";
import {
  DATA_KINDS,
  HEADER,
  LAYER_MAGIC,
  LAYER_VERSION,
  type Layer,
  type LayerFile,
  type LayerSummary,
  PIECE,
  RECORD,
  TIME_BYTES,
} from "./layer.js";
import { TableWriter } from "./table-writer.js";

/** The layer of these files, whose pieces lie in `contents`. */
export function encodeLayer(
  files: readonly LayerFile[],
  summary: LayerSummary,
  contents: readonly SharedArrayBuffer[],
): Layer {
  const byNumber = new Map(files.map((file) => [file.inode.ino, file]));
  const writer = new TableWriter(HEADER.size + RECORD.size * byNumber.size);
  writer.setU32(HEADER.magic, LAYER_MAGIC);
  writer.setU32(HEADER.version, LAYER_VERSION);
  writer.setU32(HEADER.count, byNumber.size);
  writer.setF64(HEADER.baseTimeF64, summary.baseTime.sec);
  writer.setF64(HEADER.lastInoF64, summary.lastIno);
  writer.setF64(HEADER.baseEndF64, summary.baseEnd);
  writer.setU32(HEADER.inodes, summary.inodes);
  writer.setU32(HEADER.names, summary.names);
  writer.setF64(HEADER.bytesF64, summary.bytes);
  const numbers = new Map<ArrayBufferLike, number>(contents.map((buffer, index) => [buffer, index]));
  Float64Array.from(byNumber.keys())
    .sort()
    .forEach((ino, index) => {
      const file = byNumber.get(ino);
      if (file !== undefined) writeRecord(writer, HEADER.size + RECORD.size * index, file, numbers);
    });
  return { table: writer.finish(), contents };
}

function writeRecord(
  writer: TableWriter,
  at: number,
  { inode, data }: LayerFile,
  buffers: ReadonlyMap<ArrayBufferLike, number>,
): void {
  writer.setF64(at + RECORD.inoF64, inode.ino);
  writer.setU32(at + RECORD.mode, inode.mode);
  writer.setU32(at + RECORD.uid, inode.uid);
  writer.setU32(at + RECORD.gid, inode.gid);
  writer.setU32(at + RECORD.nlink, inode.nlink);
  writer.setU32(at + RECORD.rdev, inode.rdev);
  writer.setU32(at + RECORD.kind, DATA_KINDS.indexOf(data.kind));
  writeTime(writer, at + RECORD.times, inode.atime);
  writeTime(writer, at + RECORD.times + TIME_BYTES, inode.mtime);
  writeTime(writer, at + RECORD.times + 2 * TIME_BYTES, inode.ctime);
  writeTime(writer, at + RECORD.times + 3 * TIME_BYTES, inode.btime);
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
      for (const { name, ino, type } of data.entries) {
        writer.setF64(writer.add(8), ino);
        writer.setU32(writer.add(4), type);
        writer.addName(name);
      }
      return;
  }
}

function writeTime(writer: TableWriter, at: number, { sec, nsec }: Timespec): void {
  writer.setF64(at, sec);
  writer.setU32(at + 8, nsec);
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
