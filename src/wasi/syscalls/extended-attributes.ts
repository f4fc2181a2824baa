import { AT_FDCWD } from "../abi/linux/fcntl.js";
import { Errno } from "../errno.js";
import type { Result } from "../kernel/blocked.js";
import type { Kernel } from "../kernel/kernel.js";
import type { Process } from "../kernel/process.js";
import { openedFile } from "../vfs/path-file.js";
import { type SyscallDefinition, syscall } from "./definition.js";

/** How a call names its file. */
type Finder = (kernel: Kernel, process: Process, file: string | number) => void;

const byPath: Finder = (kernel, process, path) => void kernel.vfs.lookup(process, AT_FDCWD, path as string);
const byLink: Finder = (kernel, process, path) =>
  void kernel.vfs.lookup(process, AT_FDCWD, path as string, false);
const byDescriptor: Finder = (_kernel, process, fd) => void openedFile(process.fds, fd as number);

/** The file exists, but its filesystem has no extended attributes (xattr(7)). */
const refuse =
  (find: Finder) =>
  (kernel: Kernel, process: Process, file: string | number): Result => {
    find(kernel, process, file);
    throw Errno.EOPNOTSUPP;
  };

const listNone =
  (find: Finder) =>
  (kernel: Kernel, process: Process, file: string | number): Result => {
    find(kernel, process, file);
    return 0;
  };

const NONE = { support: "none", note: "EOPNOTSUPP: no extended attributes" } as const;

/** No filesystem here keeps extended attributes: every list is empty, and getting or setting one is EOPNOTSUPP. */
export const extendedAttributeSyscalls: readonly SyscallDefinition[] = [
  syscall(5, "setxattr", ["path", "path", "ptr", "uint", "flags"], refuse(byPath), NONE),
  syscall(6, "lsetxattr", ["path", "path", "ptr", "uint", "flags"], refuse(byLink), NONE),
  syscall(7, "fsetxattr", ["fd", "path", "ptr", "uint", "flags"], refuse(byDescriptor), NONE),
  syscall(8, "getxattr", ["path", "path", "ptr", "uint"], refuse(byPath), NONE),
  syscall(9, "lgetxattr", ["path", "path", "ptr", "uint"], refuse(byLink), NONE),
  syscall(10, "fgetxattr", ["fd", "path", "ptr", "uint"], refuse(byDescriptor), NONE),
  syscall(11, "listxattr", ["path", "ptr", "uint"], listNone(byPath)),
  syscall(12, "llistxattr", ["path", "ptr", "uint"], listNone(byLink)),
  syscall(13, "flistxattr", ["fd", "ptr", "uint"], listNone(byDescriptor)),
  syscall(14, "removexattr", ["path", "path"], refuse(byPath), NONE),
  syscall(15, "lremovexattr", ["path", "path"], refuse(byLink), NONE),
  syscall(16, "fremovexattr", ["fd", "path"], refuse(byDescriptor), NONE),
];
