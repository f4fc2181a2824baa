import { S_IFDIR, S_IFMT } from "../../abi/linux/stat.js";
import { ENTRY_BYTES, INODE_BYTES } from "../memfs/store.js";
import type { LayerInode, LayerSummary } from "./layer.js";

/** What a filesystem is charged for these files: as if it had made those itself that are not in the base, whose numbers end at `baseEnd`. */
export function chargeOf(
  inodes: readonly LayerInode[],
  baseEnd: number,
): Pick<LayerSummary, "inodes" | "bytes"> {
  let count = 0;
  let bytes = 0;
  for (const inode of inodes) {
    if (inode.data.kind === "file") for (const { length } of inode.data.pieces.values()) bytes += length;
    if (inode.ino < baseEnd) continue;
    count++;
    bytes += metadataBytes(inode);
  }
  return { inodes: count, bytes };
}

/** What a file costs besides its content. */
export function metadataBytes({ mode, nlink, data }: LayerInode): number {
  const links = (mode & S_IFMT) === S_IFDIR ? 1 : nlink;
  return INODE_BYTES + links * ENTRY_BYTES + (data.kind === "symlink" ? data.target.length : 0);
}
