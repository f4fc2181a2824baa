import { ENTRY_BYTES, INODE_BYTES } from "../memfs/store.js";
import type { LayerFile, LayerSummary } from "./layer.js";

/** What a filesystem is charged for these files: as if it had made those itself that are not in the base, whose numbers end at `baseEnd`. */
export function chargeOf(
  files: readonly LayerFile[],
  baseEnd: number,
): Pick<LayerSummary, "inodes" | "names" | "bytes"> {
  let inodes = 0;
  let names = 0;
  let bytes = 0;
  for (const file of files) {
    const { inode, data } = file;
    if (data.kind === "file") for (const { length } of data.pieces.values()) bytes += length;
    if (data.kind === "directory") names += data.entries.length;
    if (inode.ino < baseEnd) continue;
    inodes++;
    bytes += inodeBytes(file);
  }
  return { inodes, names, bytes: bytes + names * ENTRY_BYTES };
}

/** What a file costs besides its names and its content. */
export function inodeBytes({ data }: LayerFile): number {
  return INODE_BYTES + (data.kind === "symlink" ? data.target.length : 0);
}
