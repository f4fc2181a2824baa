import { AT_FDCWD } from "../abi/linux/fcntl.js";
import { S_IFDIR, S_IFMT } from "../abi/linux/stat.js";
import { Errno } from "../errno.js";
import type { Result } from "../kernel/blocked.js";
import { isPrivileged } from "../kernel/credentials.js";
import type { Kernel } from "../kernel/kernel.js";
import type { Process } from "../kernel/process.js";
import { DirectoryFile } from "../vfs/directory-file.js";
import { type DirectoryInode, type Inode, isDirectory } from "../vfs/inode.js";
import { encodeName } from "../vfs/name.js";
import { openedFile } from "../vfs/path-file.js";
import { demand, MAY_EXEC } from "../vfs/permission.js";
import { type SyscallDefinition, syscall } from "./definition.js";

/** Bytes of struct linux_dirent64 before the name. */
const DIRENT_HEADER = 19;

function getdents(kernel: Kernel, process: Process, fd: number, ptr: number, length: number): Result {
  const file = openedFile(process.fds, fd);
  if (!(file instanceof DirectoryFile)) throw Errno.ENOTDIR;
  const { inode } = file;
  if (inode.nlink === 0) throw Errno.ENOENT;
  const into = process.memory.bytes(ptr, length);
  const view = new DataView(into.buffer, into.byteOffset, into.length);
  const parent = kernel.vfs.mounts.parentOf(inode, process.fs.root);
  let used = 0;
  for (let entry = file.peek(parent.ino); entry !== undefined; entry = file.peek(parent.ino)) {
    const name = encodeName(entry.name);
    const size = (DIRENT_HEADER + name.length + 1 + 7) & ~7;
    if (used + size > length) {
      if (used === 0) throw Errno.EINVAL;
      break;
    }
    view.setBigUint64(used, BigInt(entry.ino), true);
    view.setBigInt64(used + 8, BigInt(entry.next), true);
    view.setUint16(used + 16, size, true);
    view.setUint8(used + 18, (entry.type & S_IFMT) >> 12);
    into.set(name, used + DIRENT_HEADER);
    into.fill(0, used + DIRENT_HEADER + name.length, used + size);
    used += size;
    file.accept();
  }
  return used;
}

function getcwd(kernel: Kernel, process: Process, ptr: number, size: number): Result {
  const path = kernel.vfs.pathOf(process.fs.cwd, process.fs.root);
  if (path === undefined) throw Errno.ENOENT;
  const bytes = encodeName(path);
  if (bytes.length + 1 > size) throw Errno.ERANGE;
  const into = process.memory.bytes(ptr, bytes.length + 1);
  into.set(bytes);
  into[bytes.length] = 0;
  return bytes.length + 1;
}

function chdir(kernel: Kernel, process: Process, path: string): Result {
  process.fs.cwd = searchable(process, kernel.vfs.lookup(process, AT_FDCWD, path));
  return 0;
}

function fchdir(_kernel: Kernel, process: Process, fd: number): Result {
  process.fs.cwd = searchable(process, process.fds.get(fd).inode);
  return 0;
}

function chroot(kernel: Kernel, process: Process, path: string): Result {
  const root = searchable(process, kernel.vfs.lookup(process, AT_FDCWD, path));
  if (!isPrivileged(process.credentials)) throw Errno.EPERM;
  process.fs.root = root;
  return 0;
}

function searchable(process: Process, inode: Inode): DirectoryInode {
  if (!isDirectory(inode)) throw Errno.ENOTDIR;
  demand(inode, process.credentials, MAY_EXEC);
  return inode;
}

function umask(_kernel: Kernel, process: Process, mask: number): Result {
  const previous = process.fs.umask;
  process.fs.umask = mask & 0o777;
  return previous;
}

function mkdirat(kernel: Kernel, process: Process, dirfd: number, path: string, mode: number): Result {
  kernel.vfs.create(process, dirfd, path, S_IFDIR | (mode & 0o7777));
  return 0;
}

export const directorySyscalls: readonly SyscallDefinition[] = [
  syscall(61, "getdents64", ["fd", "ptr", "uint"], getdents),
  syscall(17, "getcwd", ["ptr", "uint"], getcwd),
  syscall(49, "chdir", ["path"], chdir),
  syscall(50, "fchdir", ["fd"], fchdir),
  syscall(51, "chroot", ["path"], chroot),
  syscall(166, "umask", ["mode"], umask),
  syscall(34, "mkdirat", ["fd", "path", "mode"], mkdirat),
];
