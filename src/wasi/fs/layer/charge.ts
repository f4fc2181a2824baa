import { S_IFDIR, S_IFMT } from "../../abi/linux/stat.js";
import { ENTRY_BYTES, INODE_BYTES } from "../memfs/store.js";
import type { LayerFile, LayerSummary } from "./layer.js";

/** What a filesystem is charged for these files: as if it had made those itself that are not in the base, whose numbers end at `baseEnd`. */
export function chargeOf(
  files: readonly LayerFile[],
  baseEnd: number,
): Pick<LayerSummary, "inodes" | "bytes"> {
  let inodes = 0;
  let bytes = 0;
  for (const file of files) {
    const { inode, data } = file;
    if (data.kind === "file") for (const { length } of data.pieces.values()) bytes += length;
    if (inode.ino < baseEnd) continue;
    inodes++;
    bytes += metadataBytes(file);
  }
  return { inodes, bytes };
}

/** What a file costs besides its content. */
export function metadataBytes({ inode: { mode, nlink }, data }: LayerFile): number {
  const links = (mode & S_IFMT) === S_IFDIR ? 1 : nlink;
  return INODE_BYTES + links * ENTRY_BYTES + (data.kind === "symlink" ? data.target.length : 0);
}
