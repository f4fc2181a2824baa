import { S_IFDIR, S_IFLNK, S_IFMT, S_IFREG } from "../../abi/linux/stat.js";
import type { BaseTree } from "../base/tree.js";
import type { DirectoryChange, LowerNode } from "../root/lower.js";
import { metadataBytes } from "./charge.js";
import { LayerDirectory } from "./directory.js";
import type { Layer, LayerData, LayerInode, LayerSummary } from "./layer.js";
import { LayerTable } from "./table.js";

/** The files of a layer, over the base tree that it was taken on. They are made as they are asked for. */
export class LayerTree {
  private readonly table: LayerTable;

  constructor(
    layer: Layer,
    private readonly base: BaseTree,
  ) {
    this.table = new LayerTable(layer);
  }

  get summary(): LayerSummary {
    return this.table.summary;
  }

  /** All files of the layer. */
  *inodes(): IterableIterator<LayerInode> {
    for (let index = 0; index < this.table.count; index++) yield this.table.inode(index);
  }

  /** The file of that number; undefined when the layer has none. */
  find(ino: number): LowerNode | undefined {
    const index = this.table.indexOf(ino);
    return index === undefined ? undefined : this.toNode(this.table.inode(index));
  }

  /** What a filesystem is charged for the file of that number besides its content; undefined when the layer has none. */
  metadataBytes(ino: number): number | undefined {
    const index = this.table.indexOf(ino);
    return index === undefined ? undefined : metadataBytes(this.table.inode(index));
  }

  private toNode(inode: LayerInode): LowerNode {
    const { ino, mode, uid, gid } = inode;
    const fields = { ino, mode, uid, gid, kept: inode };
    const base = this.base.find(ino);
    switch (mode & S_IFMT) {
      case S_IFDIR: {
        const below = base?.kind === "directory" ? base.entries : new Map<string, LowerNode>();
        return new LayerDirectory(inode, below, () => this.changeOf(inode.data));
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
    throw new TypeError(`a layer over another base tree: it has no file ${ino}`);
  }

  private changeOf(data: LayerData): DirectoryChange {
    const added = new Map<string, LowerNode>();
    if (data.kind !== "directory") return { hidden: [], added };
    for (const [name, ino] of data.entries) {
      const node = this.find(ino) ?? this.base.find(ino);
      if (node === undefined) throw new TypeError(`a layer over another base tree: it has no file ${ino}`);
      added.set(name, node);
    }
    return { hidden: data.hidden, added };
  }
}
