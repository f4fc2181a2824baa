import type { Timespec } from "../../vfs/inode.js";
import { placeContents } from "../layer/contents.js";
import { encodeLayer } from "../layer/encode.js";
import type { Layer, LayerFile } from "../layer/layer.js";
import type { LayerTree } from "../layer/tree.js";
import { RootDirectory } from "./directory.js";
import { RootFile } from "./file.js";
import type { StoredInode } from "./stored-inode.js";

/** What a layer of a root filesystem is made from. */
export interface FreezeSource {
  /** The layer that it stands on. */
  readonly layer: LayerTree | undefined;
  /** Inodes of lower files that something has looked up, which is what has to happen before one is changed or removed. */
  readonly lookedUp: ReadonlyMap<number, StoredInode>;
  readonly lastIno: number;
  readonly baseTime: Timespec;
  /** Above every number of a file of the base tree. */
  readonly baseEnd: number;
}

/** Files without a name are left out, though they may be open. */
export function freeze({ layer, lookedUp, lastIno, baseTime, baseEnd }: FreezeSource): Layer {
  const live = new Map<number, StoredInode>();
  for (const inode of lookedUp.values())
    if (inode.nlink > 0 && differs(inode, baseTime)) collect(inode, live);
  const files: LayerFile[] = [];
  for (const inode of live.values()) files.push({ inode, data: inode.frozen() });
  for (const { inode, data } of layer?.files() ?? [])
    if (!lookedUp.has(inode.ino)) files.push({ inode, data });
  const buffers = placeContents(files);
  for (const { inode, data } of files)
    if (inode instanceof RootFile && data.kind === "file") inode.body?.share(data.pieces);
  return encodeLayer(files, { baseTime, lastIno, baseEnd }, buffers);
}

/** With everything made in it that has not been looked up because it is not from below. */
function collect(inode: StoredInode, into: Map<number, StoredInode>): void {
  if (into.has(inode.ino)) return;
  into.set(inode.ino, inode);
  if (inode instanceof RootDirectory) for (const child of inode.written()) collect(child, into);
}

/** Any change of a file sets its time of change, and reading it that of access; the base has one object for all times. */
function differs({ atime, ctime }: StoredInode, baseTime: Timespec): boolean {
  return atime !== baseTime || ctime !== baseTime;
}
