import type { Timespec } from "../../vfs/inode.js";
import { decodeName } from "../../vfs/name.js";
import {
  DATA_KINDS,
  HEADER,
  LAYER_MAGIC,
  LAYER_VERSION,
  type Layer,
  type LayerData,
  type LayerFile,
  type LayerInode,
  type LayerName,
  type LayerSummary,
  PIECE,
  RECORD,
  TIME_BYTES,
} from "./layer.js";

/** Reads the table of a layer. */
export class LayerTable {
  readonly summary: LayerSummary;
  readonly count: number;
  readonly view: DataView;
  readonly contents: readonly SharedArrayBuffer[];

  constructor({ table, contents }: Layer) {
    const view = new DataView(table);
    if (view.getUint32(HEADER.magic, true) !== LAYER_MAGIC) throw new TypeError("this is no layer");
    const version = view.getUint32(HEADER.version, true);
    if (version !== LAYER_VERSION) throw new TypeError(`a layer of unknown version ${version}`);
    this.view = view;
    this.contents = contents;
    this.count = view.getUint32(HEADER.count, true);
    this.summary = {
      baseTime: { sec: view.getFloat64(HEADER.baseTimeF64, true), nsec: 0 },
      lastIno: view.getFloat64(HEADER.lastInoF64, true),
      baseEnd: view.getFloat64(HEADER.baseEndF64, true),
      inodes: view.getUint32(HEADER.inodes, true),
      names: view.getUint32(HEADER.names, true),
      bytes: view.getFloat64(HEADER.bytesF64, true),
    };
  }

  record(index: number): LayerRecord {
    return new LayerRecord(this, recordAt(index));
  }

  /** Where in the table the file of that number is. */
  indexOf(ino: number): number | undefined {
    let low = 0;
    let high = this.count - 1;
    while (low <= high) {
      const middle = (low + high) >>> 1;
      const found = this.view.getFloat64(recordAt(middle) + RECORD.inoF64, true);
      if (found === ino) return middle;
      if (found < ino) low = middle + 1;
      else high = middle - 1;
    }
    return undefined;
  }
}

function recordAt(index: number): number {
  return HEADER.size + RECORD.size * index;
}

/** One file, of which only what is asked for is decoded. */
export class LayerRecord implements LayerInode, LayerFile {
  constructor(
    private readonly table: LayerTable,
    private readonly at: number,
  ) {}

  get inode(): LayerInode {
    return this;
  }
  get ino(): number {
    return this.table.view.getFloat64(this.at + RECORD.inoF64, true);
  }
  get mode(): number {
    return this.u32(RECORD.mode);
  }
  get uid(): number {
    return this.u32(RECORD.uid);
  }
  get gid(): number {
    return this.u32(RECORD.gid);
  }
  get nlink(): number {
    return this.u32(RECORD.nlink);
  }
  get rdev(): number {
    return this.u32(RECORD.rdev);
  }
  get atime(): Timespec {
    return this.time(0);
  }
  get mtime(): Timespec {
    return this.time(1);
  }
  get ctime(): Timespec {
    return this.time(2);
  }
  get btime(): Timespec {
    return this.time(3);
  }

  get data(): LayerData {
    const kind = DATA_KINDS[this.u32(RECORD.kind)];
    switch (kind) {
      case "none":
        return { kind };
      case "file":
        return {
          kind,
          size: this.table.view.getFloat64(this.at + RECORD.sizeF64, true),
          pieces: this.pieces(),
        };
      case "symlink": {
        const start = this.u32(RECORD.offset);
        return { kind, target: this.text(start, this.u32(RECORD.count)) };
      }
      case "directory":
        return { kind, ...this.names() };
      default:
        throw new TypeError("a layer with a file of an unknown kind");
    }
  }

  private pieces(): Map<number, Uint8Array> {
    const { view, contents } = this.table;
    const pieces = new Map<number, Uint8Array>();
    let at = this.u32(RECORD.offset);
    for (let left = this.u32(RECORD.count); left > 0; left--, at += PIECE.size) {
      const buffer = contents[view.getUint32(at + PIECE.buffer, true)];
      if (buffer === undefined) throw new RangeError("a layer with a piece in a buffer that is not there");
      const offset = view.getFloat64(at + PIECE.offsetF64, true);
      const bytes = new Uint8Array(buffer, offset, view.getUint32(at + PIECE.length, true));
      pieces.set(view.getFloat64(at + PIECE.numberF64, true), bytes);
    }
    return pieces;
  }

  private names(): { hidden: string[]; entries: LayerName[] } {
    const { view } = this.table;
    const hidden: string[] = [];
    const entries: LayerName[] = [];
    let at = this.u32(RECORD.offset);
    const name = (): string => {
      const length = view.getUint32(at, true);
      const text = this.text(at + 4, length);
      at += 4 + length;
      return text;
    };
    for (let left = this.u32(RECORD.hidden); left > 0; left--) hidden.push(name());
    for (let left = this.u32(RECORD.count); left > 0; left--) {
      const ino = view.getFloat64(at, true);
      const type = view.getUint32(at + 8, true);
      at += 12;
      entries.push({ name: name(), ino, type });
    }
    return { hidden, entries };
  }

  /** Copied, because a decoder takes no shared memory. */
  private text(offset: number, length: number): string {
    return decodeName(new Uint8Array(this.table.view.buffer, offset, length).slice());
  }

  private time(index: number): Timespec {
    const at = RECORD.times + TIME_BYTES * index;
    return { sec: this.table.view.getFloat64(this.at + at, true), nsec: this.u32(at + 8) };
  }

  private u32(field: number): number {
    return this.table.view.getUint32(this.at + field, true);
  }
}
