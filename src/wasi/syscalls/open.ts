import { O_CLOEXEC, O_RDWR } from "../abi/linux/fcntl.js";
import { S_IFREG } from "../abi/linux/stat.js";
import { Errno } from "../errno.js";
import { BLOCKED, type Result } from "../kernel/blocked.js";
import type { Kernel } from "../kernel/kernel.js";
import type { OpenFile } from "../kernel/open-file.js";
import type { Process } from "../kernel/process.js";
import { RegularFile } from "../vfs/regular-file.js";
import { type SyscallDefinition, syscall } from "./definition.js";

const MFD_CLOEXEC = 1;
const MFD_ALLOW_SEALING = 2;
const MAX_MEMFD_NAME = 249;

function openat(
  kernel: Kernel,
  process: Process,
  dirfd: number,
  path: string,
  flags: number,
  mode: number,
): Result {
  process.fds.demandFree();
  const file = kernel.vfs.open(process, dirfd, path, flags, mode);
  return typeof file === "number" ? BLOCKED : install(process, file, (flags & O_CLOEXEC) !== 0);
}

/** Gives a new open file its first descriptor; it is closed when it gets none. */
function install(process: Process, file: OpenFile, cloexec: boolean): number {
  file.retain();
  try {
    return process.fds.allocate(file, cloexec);
  } finally {
    file.release();
  }
}

function memfdCreate(kernel: Kernel, process: Process, name: string, flags: number): Result {
  if ((flags & ~(MFD_CLOEXEC | MFD_ALLOW_SEALING)) !== 0 || name.length > MAX_MEMFD_NAME) throw Errno.EINVAL;
  const { euid, egid } = process.credentials;
  const inode = kernel.vfs.root.fs.createUnnamed?.(S_IFREG | 0o777, euid, egid);
  if (inode === undefined) throw Errno.ENOSYS;
  inode.name = `memfd:${name}`;
  return install(process, new RegularFile(inode, O_RDWR, kernel.vfs.host), (flags & MFD_CLOEXEC) !== 0);
}

export const openSyscalls: readonly SyscallDefinition[] = [
  syscall(56, "openat", ["fd", "path", "flags", "mode"], openat, {
    support: "partial",
    note: "O_TMPFILE is EOPNOTSUPP; O_DIRECT, O_SYNC and O_ASYNC change nothing",
  }),
  syscall(279, "memfd_create", ["path", "flags"], memfdCreate, {
    support: "partial",
    note: "no seals, no huge pages",
  }),
];
