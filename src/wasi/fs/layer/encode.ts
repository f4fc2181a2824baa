import { ENTRY_BYTES, INODE_BYTES } from "../memfs/store.js";
import { GrowingNames, GrowingNumbers } from "./growing.js";
import {
  DATA_KINDS,
  ENTRY,
  HEADER,
  HIDDEN_SIZE,
  LAYER_MAGIC,
  LAYER_VERSION,
  type Layer,
  type LayerData,
  type LayerFile,
  type LayerInode,
  type LayerSummary,
  PIECE,
  RECORD,
} from "./layer.js";

const NUMBER_BYTES = 8;

/** The layer of these files, whose pieces lie in `contents`. */
export function encodeLayer(
  files: readonly LayerFile[],
  summary: Pick<LayerSummary, "baseTime" | "lastIno" | "baseEnd">,
  contents: readonly SharedArrayBuffer[],
): Layer {
  const byNumber = new Map(files.map((file) => [file.inode.ino, file]));
  const encoder = new Encoder(byNumber.size, summary.baseEnd, contents);
  Float64Array.from(byNumber.keys())
    .sort()
    .forEach((ino, index) => {
      const file = byNumber.get(ino);
      if (file !== undefined) encoder.write(HEADER.size + RECORD.size * index, file);
    });
  return { table: encoder.finish(summary), contents };
}

class Encoder {
  private readonly table: GrowingNumbers;
  private readonly names = new GrowingNames();
  private readonly buffers: ReadonlyMap<ArrayBufferLike, number>;
  private inodeCount = 0;
  private nameCount = 0;
  private bytes = 0;

  constructor(
    private readonly count: number,
    private readonly baseEnd: number,
    contents: readonly SharedArrayBuffer[],
  ) {
    this.table = new GrowingNumbers(HEADER.size + RECORD.size * count);
    this.buffers = new Map(contents.map((buffer, index) => [buffer, index]));
  }

  write(at: number, { inode, data }: LayerFile): void {
    this.writeAttributes(this.table.numbers, at, inode);
    this.table.numbers[at + RECORD.kind] = DATA_KINDS.indexOf(data.kind);
    this.table.numbers[at + RECORD.place] = this.table.length;
    this.writeData(at, data);
    if (inode.ino < this.baseEnd) return;
    this.inodeCount++;
    this.bytes += inodeBytes(data);
  }

  /** Charged is what a filesystem would be that had made all files itself that are not in the base. */
  finish({
    baseTime,
    lastIno,
    baseEnd,
  }: Pick<LayerSummary, "baseTime" | "lastIno" | "baseEnd">): SharedArrayBuffer {
    const { table, names } = this;
    const { numbers } = table;
    numbers[HEADER.magic] = LAYER_MAGIC;
    numbers[HEADER.version] = LAYER_VERSION;
    numbers[HEADER.count] = this.count;
    numbers[HEADER.baseTime] = baseTime.sec;
    numbers[HEADER.lastIno] = lastIno;
    numbers[HEADER.baseEnd] = baseEnd;
    numbers[HEADER.inodes] = this.inodeCount;
    numbers[HEADER.names] = this.nameCount;
    numbers[HEADER.bytes] = this.bytes + this.nameCount * ENTRY_BYTES;
    numbers[HEADER.nameBytes] = table.length;
    const shared = new SharedArrayBuffer(table.length * NUMBER_BYTES + names.length);
    new Float64Array(shared, 0, table.length).set(numbers.subarray(0, table.length));
    new Uint8Array(shared, table.length * NUMBER_BYTES).set(names.bytes.subarray(0, names.length));
    return shared;
  }

  private writeAttributes(numbers: Float64Array, at: number, inode: LayerInode): void {
    const { atime, mtime, ctime, btime } = inode;
    numbers[at + RECORD.ino] = inode.ino;
    numbers[at + RECORD.mode] = inode.mode;
    numbers[at + RECORD.uid] = inode.uid;
    numbers[at + RECORD.gid] = inode.gid;
    numbers[at + RECORD.nlink] = inode.nlink;
    numbers[at + RECORD.rdev] = inode.rdev;
    const times = at + RECORD.times;
    numbers[times] = atime.sec;
    numbers[times + 1] = atime.nsec;
    numbers[times + 2] = mtime.sec;
    numbers[times + 3] = mtime.nsec;
    numbers[times + 4] = ctime.sec;
    numbers[times + 5] = ctime.nsec;
    numbers[times + 6] = btime.sec;
    numbers[times + 7] = btime.nsec;
  }

  private writeData(at: number, data: LayerData): void {
    const { table } = this;
    switch (data.kind) {
      case "none":
        return;
      case "file":
        table.numbers[at + RECORD.length] = data.size;
        table.numbers[at + RECORD.count] = data.pieces.size;
        for (const [number, piece] of data.pieces) this.writePiece(number, piece);
        return;
      case "symlink":
        this.writeName(at + RECORD.target, data.target);
        return;
      case "directory":
        table.numbers[at + RECORD.hidden] = data.hidden.length;
        table.numbers[at + RECORD.count] = data.entries.length;
        this.nameCount += data.entries.length;
        for (const name of data.hidden) this.writeName(table.add(HIDDEN_SIZE), name);
        for (const { name, ino, type } of data.entries) {
          const entry = table.add(ENTRY.size);
          this.writeName(entry + ENTRY.name, name);
          table.numbers[entry + ENTRY.ino] = ino;
          table.numbers[entry + ENTRY.type] = type;
        }
        return;
    }
  }

  private writePiece(number: number, piece: Uint8Array): void {
    const buffer = this.buffers.get(piece.buffer);
    if (buffer === undefined) throw new RangeError("a piece of a layer lies in none of its buffers");
    const at = this.table.add(PIECE.size);
    const { numbers } = this.table;
    numbers[at + PIECE.number] = number;
    numbers[at + PIECE.buffer] = buffer;
    numbers[at + PIECE.offset] = piece.byteOffset;
    numbers[at + PIECE.length] = piece.length;
    this.bytes += piece.length;
  }

  private writeName(at: number, name: string): void {
    this.table.numbers[at] = this.names.length;
    this.table.numbers[at + 1] = this.names.add(name);
  }
}

/** What a file that is not in the base is charged besides its names and its content. */
export function inodeBytes(data: LayerData): number {
  return INODE_BYTES + (data.kind === "symlink" ? data.target.length : 0);
}
