import type { Timespec } from "../../vfs/inode.js";
import { chargeOf } from "../layer/charge.js";
import { placeContents } from "../layer/contents.js";
import { encodeLayer } from "../layer/encode.js";
import type { Layer, LayerInode } from "../layer/layer.js";
import type { LayerTree } from "../layer/tree.js";
import { RootDirectory } from "./directory.js";
import { RootFile } from "./file.js";
import type { StoredInode } from "./stored-inode.js";

/** What a layer of a root filesystem is made from. */
export interface FreezeSource {
  /** The layer that it stands on. */
  readonly lower: LayerTree | undefined;
  /** Inodes of lower files that something has looked up, which is what has to happen before one is changed or removed. */
  readonly lookedUp: ReadonlyMap<number, StoredInode>;
  readonly lastIno: number;
  readonly baseTime: Timespec;
  /** Above every number of a file of the base tree. */
  readonly baseEnd: number;
}

/** Files without a name are left out, though they may be open. */
export function freeze({ lower, lookedUp, lastIno, baseTime, baseEnd }: FreezeSource): Layer {
  const live = new Map<number, StoredInode>();
  for (const inode of lookedUp.values())
    if (inode.nlink > 0 && differs(inode, baseTime)) collect(inode, live);
  const files: { readonly inode: LayerInode; readonly file?: RootFile }[] = [];
  for (const inode of live.values())
    files.push({ inode: describe(inode), ...(inode instanceof RootFile && { file: inode }) });
  for (const inode of lower?.inodes() ?? [])
    if (!lookedUp.has(inode.ino)) files.push({ inode: describe(inode) });

  const contents = files.map(({ inode }) => (inode.data.kind === "file" ? inode.data.pieces : NO_PIECES));
  const { buffers, files: placed } = placeContents(contents);
  const inodes = files.map(({ inode, file }, index) => {
    if (inode.data.kind !== "file") return inode;
    const pieces = placed[index] ?? NO_PIECES;
    file?.body?.share(pieces);
    return { ...inode, data: { ...inode.data, pieces } };
  });
  return encodeLayer(inodes, { baseTime, lastIno, ...chargeOf(inodes, baseEnd) }, buffers);
}

const NO_PIECES: ReadonlyMap<number, Uint8Array> = new Map();

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

function describe(inode: StoredInode | LayerInode): LayerInode {
  const { ino, mode, uid, gid, nlink, rdev, atime, mtime, ctime, btime } = inode;
  const data = "frozen" in inode ? inode.frozen() : inode.data;
  return { ino, mode, uid, gid, nlink, rdev, atime, mtime, ctime, btime, data };
}
