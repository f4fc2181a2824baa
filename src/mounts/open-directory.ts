import { existsSync } from "node:fs";
import type { HostDirectory } from "../wasi/fs/host/host-directory.js";
import { CheckedDirectory } from "./checked-directory.js";
import { DescriptorDirectory } from "./descriptor-directory.js";

/** The directory with this path, to be mounted. Throws an Errno: ENOENT, ENOTDIR, EACCES. */
export function openHostDirectory(path: string): HostDirectory {
  return hasDescriptorPaths() ? DescriptorDirectory.open(path) : CheckedDirectory.open(path);
}

function hasDescriptorPaths(): boolean {
  return process.platform === "linux" && existsSync("/proc/self/fd");
}
