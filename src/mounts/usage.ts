import type { StatsFs } from "node:fs";
import type { FileSystemUsage } from "../wasi/vfs/file-system.js";

/** What the daemon's user may use counts as free. */
export function usageOf({ bsize, blocks, bavail, files, ffree }: StatsFs): FileSystemUsage {
  return { blockSize: bsize, blocks, freeBlocks: bavail, files, freeFiles: ffree };
}
