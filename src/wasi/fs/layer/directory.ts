import type { DirectoryChange, LowerDirectory, LowerEntry, LowerNode } from "../root/lower.js";
import type { LayerInode } from "./layer.js";

/** A directory of a layer that is not as in the base, or not there. Its entries are made when something looks inside. */
export class LayerDirectory implements LowerDirectory {
  readonly kind = "directory";
  readonly ino: number;
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  private merged: ReadonlyMap<string, LowerEntry | LowerNode> | undefined;
  private made: DirectoryChange | undefined;

  constructor(
    readonly kept: LayerInode,
    /** Of the directory of the base; empty when there is none. */
    private readonly below: ReadonlyMap<string, LowerEntry | LowerNode>,
    private readonly changeOf: () => DirectoryChange,
  ) {
    this.ino = kept.ino;
    this.mode = kept.mode;
    this.uid = kept.uid;
    this.gid = kept.gid;
  }

  get subdirectories(): number {
    return this.kept.nlink - 2;
  }

  get change(): DirectoryChange {
    this.made ??= this.changeOf();
    return this.made;
  }

  get entries(): ReadonlyMap<string, LowerEntry | LowerNode> {
    this.merged ??= this.merge();
    return this.merged;
  }

  private merge(): ReadonlyMap<string, LowerEntry | LowerNode> {
    const { hidden, added } = this.change;
    if (this.below.size === 0) return added;
    const entries = new Map(this.below);
    for (const name of hidden) entries.delete(name);
    for (const [name, node] of added) entries.set(name, node);
    return entries;
  }
}
