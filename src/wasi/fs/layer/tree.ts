import { S_IFDIR, S_IFLNK, S_IFMT, S_IFREG } from "../../abi/linux/stat.js";
import type { BaseTree } from "../base/tree.js";
import type { DirectoryChange, LowerEntry, LowerNode } from "../root/lower.js";
import { LayerDirectory } from "./directory.js";
import { inodeBytes } from "./encode.js";
import type { Layer, LayerData, LayerFile, LayerSummary } from "./layer.js";
import { type LayerRecord, LayerTable } from "./table.js";

/** The files of a layer, over the base tree that it was taken on. They are made as they are asked for. */
export class LayerTree {
  private readonly table: LayerTable;

  constructor(
    layer: Layer,
    private readonly base: BaseTree,
  ) {
    this.table = new LayerTable(layer);
    if (this.summary.baseEnd !== base.endIno) throw new TypeError("a layer over another base tree");
  }

  get summary(): LayerSummary {
    return this.table.summary;
  }

  /** All files of the layer. */
  *files(): IterableIterator<LayerFile> {
    for (let index = 0; index < this.table.count; index++) yield this.table.record(index);
  }

  /** The file behind an entry of one of its directories, as it is in the layer or else in the base. */
  resolve(entry: LowerEntry | LowerNode): LowerNode {
    const index = this.table.indexOf(entry.ino);
    if (index !== undefined) return this.toNode(this.table.record(index));
    const node = "kind" in entry ? entry : this.base.find(entry.ino);
    if (node === undefined) throw noSuchFile(entry.ino);
    return node;
  }

  /** What a filesystem is charged for the file of that number besides its names and its content; undefined when the layer has none. */
  inodeBytes(ino: number): number | undefined {
    const index = this.table.indexOf(ino);
    return index === undefined ? undefined : inodeBytes(this.table.record(index).data);
  }

  private toNode(inode: LayerRecord): LowerNode {
    const { ino, mode, uid, gid } = inode;
    const fields = { ino, mode, uid, gid, kept: inode };
    const base = this.base.find(ino);
    switch (mode & S_IFMT) {
      case S_IFDIR: {
        const below = base?.kind === "directory" ? base.entries : NO_ENTRIES;
        return new LayerDirectory(inode, below, () => changeOf(inode.data));
      }
      case S_IFREG: {
        const { data } = inode;
        if (data.kind === "file") {
          return { ...fields, kind: "layer file", size: data.size, pieces: data.pieces };
        }
        if (base?.kind === "file") return { ...base, ...fields };
        break;
      }
      case S_IFLNK: {
        const { data } = inode;
        if (data.kind === "symlink") return { ...fields, kind: "symlink", target: data.target };
        if (base?.kind === "symlink") return { ...base, ...fields };
        break;
      }
      default:
        return { ...fields, kind: "special", rdev: inode.rdev };
    }
    throw noSuchFile(ino);
  }
}

const NO_ENTRIES: ReadonlyMap<string, LowerEntry> = new Map();

function changeOf(data: LayerData): DirectoryChange {
  if (data.kind !== "directory") return { hidden: [], added: NO_ENTRIES };
  const { hidden, entries } = data;
  return { hidden, added: new Map(entries.map(({ name, ino, type }) => [name, { ino, mode: type }])) };
}

function noSuchFile(ino: number): TypeError {
  return new TypeError(`a layer over another base tree, in which there is a file ${ino}`);
}
