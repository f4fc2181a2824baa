import type { Timespec } from "../../vfs/inode.js";
import { decodeName } from "../../vfs/name.js";
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
  type LayerName,
  type LayerSummary,
  PIECE,
  RECORD,
} from "./layer.js";

/** Reads the table of a layer. */
export class LayerTable {
  readonly summary: LayerSummary;
  readonly count: number;
  readonly contents: readonly SharedArrayBuffer[];
  private readonly numbers: Float64Array;
  private readonly names: Uint8Array;

  constructor({ table, contents }: Layer) {
    this.numbers = new Float64Array(table, 0, Math.floor(table.byteLength / 8));
    if (this.at(HEADER.magic) !== LAYER_MAGIC) throw new TypeError("this is no layer");
    const version = this.at(HEADER.version);
    if (version !== LAYER_VERSION) throw new TypeError(`a layer of unknown version ${version}`);
    this.names = new Uint8Array(table, this.at(HEADER.nameBytes) * 8);
    this.contents = contents;
    this.count = this.at(HEADER.count);
    this.summary = {
      baseTime: { sec: this.at(HEADER.baseTime), nsec: 0 },
      lastIno: this.at(HEADER.lastIno),
      baseEnd: this.at(HEADER.baseEnd),
      inodes: this.at(HEADER.inodes),
      names: this.at(HEADER.names),
      bytes: this.at(HEADER.bytes),
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
      const found = this.at(recordAt(middle) + RECORD.ino);
      if (found === ino) return middle;
      if (found < ino) low = middle + 1;
      else high = middle - 1;
    }
    return undefined;
  }

  at(place: number): number {
    const number = this.numbers[place];
    if (number === undefined) throw new RangeError("a layer that is cut off");
    return number;
  }

  /** Copied, because a decoder takes no shared memory. */
  nameAt(place: number): string {
    const start = this.at(place);
    return decodeName(this.names.slice(start, start + this.at(place + 1)));
  }
}

function recordAt(index: number): number {
  return HEADER.size + RECORD.size * index;
}

/** One file, of which only what is asked for is decoded. */
export class LayerRecord implements LayerInode, LayerFile {
  constructor(
    private readonly table: LayerTable,
    private readonly start: number,
  ) {}

  get inode(): LayerInode {
    return this;
  }
  get ino(): number {
    return this.field(RECORD.ino);
  }
  get mode(): number {
    return this.field(RECORD.mode);
  }
  get uid(): number {
    return this.field(RECORD.uid);
  }
  get gid(): number {
    return this.field(RECORD.gid);
  }
  get nlink(): number {
    return this.field(RECORD.nlink);
  }
  get rdev(): number {
    return this.field(RECORD.rdev);
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
    const kind = DATA_KINDS[this.field(RECORD.kind)];
    switch (kind) {
      case "none":
        return { kind };
      case "file":
        return { kind, size: this.field(RECORD.length), pieces: this.pieces() };
      case "symlink":
        return { kind, target: this.table.nameAt(this.start + RECORD.target) };
      case "directory":
        return { kind, hidden: this.hidden(), entries: this.entries() };
      default:
        throw new TypeError("a layer with a file of an unknown kind");
    }
  }

  private pieces(): Map<number, Uint8Array> {
    const { table } = this;
    const pieces = new Map<number, Uint8Array>();
    const first = this.field(RECORD.place);
    const end = first + this.field(RECORD.count) * PIECE.size;
    for (let at = first; at < end; at += PIECE.size) {
      const buffer = table.contents[table.at(at + PIECE.buffer)];
      if (buffer === undefined) throw new RangeError("a layer with a piece in a buffer that is not there");
      const bytes = new Uint8Array(buffer, table.at(at + PIECE.offset), table.at(at + PIECE.length));
      pieces.set(table.at(at + PIECE.number), bytes);
    }
    return pieces;
  }

  private hidden(): string[] {
    const first = this.field(RECORD.place);
    return Array.from({ length: this.field(RECORD.hidden) }, (_, index) =>
      this.table.nameAt(first + index * HIDDEN_SIZE),
    );
  }

  private entries(): LayerName[] {
    const { table } = this;
    const first = this.field(RECORD.place) + this.field(RECORD.hidden) * HIDDEN_SIZE;
    return Array.from({ length: this.field(RECORD.count) }, (_, index) => {
      const at = first + index * ENTRY.size;
      return {
        name: table.nameAt(at + ENTRY.name),
        ino: table.at(at + ENTRY.ino),
        type: table.at(at + ENTRY.type),
      };
    });
  }

  private time(index: number): Timespec {
    const at = RECORD.times + 2 * index;
    return { sec: this.field(at), nsec: this.field(at + 1) };
  }

  private field(offset: number): number {
    return this.table.at(this.start + offset);
  }
}
