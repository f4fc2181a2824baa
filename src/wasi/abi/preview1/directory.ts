import { type Fd, wasi } from "@bjorn3/browser_wasi_shim";
import { Errno } from "../../errno.js";
import { BLOCKED } from "../../kernel/blocked.js";
import type { OpenFile } from "../../kernel/open-file.js";
import type { Process } from "../../kernel/process.js";
import { changeTimes } from "../../vfs/attributes.js";
import { DirectoryFile } from "../../vfs/directory-file.js";
import { isDirectory, isSymlink } from "../../vfs/inode.js";
import { encodeName } from "../../vfs/name.js";
import {
  AT_FDCWD,
  O_CREAT,
  O_DIRECTORY,
  O_EXCL,
  O_NOFOLLOW,
  O_RDONLY,
  O_RDWR,
  O_TRUNC,
  O_WRONLY,
  SEEK_SET,
} from "../linux/fcntl.js";
import { S_IFDIR } from "../linux/stat.js";
import { WOULD_BLOCK } from "./errno.js";
import { fromFdflags, KernelFile, newTimes } from "./file.js";
import { filetype, KernelFilestat } from "./filestat.js";

const SUCCESS = wasi.ERRNO_SUCCESS;
/** `lookupflags`: follow a symbolic link at the end of a path. */
const SYMLINK_FOLLOW = 1;

/** A place in the file tree: a directory descriptor of the process, or AT_FDCWD, and a path. */
export interface Place {
  readonly dirfd: number;
  readonly path: string;
}

/** An open directory, through which a WASI program names all other files. */
export class KernelDirectory extends KernelFile {
  /** Where a path that the program gives for this directory leads. */
  place(path: string): Place {
    return { dirfd: this.fd, path };
  }

  protected override get rights(): bigint {
    return super.rights & ~BigInt(wasi.RIGHTS_FD_SEEK | wasi.RIGHTS_FD_TELL);
  }

  /** A place in a directory is a cookie, which only fd_readdir takes. */
  override fd_seek(): { ret: number; offset: bigint } {
    throw Errno.EBADF;
  }

  override fd_readdir_single(cookie: bigint): { ret: number; dirent: wasi.Dirent | null } {
    const { file, process } = this;
    if (!(file instanceof DirectoryFile)) throw Errno.ENOTDIR;
    file.seek(Number(cookie), SEEK_SET);
    const entry = file.peek(process.kernel.vfs.mounts.parentOf(file.inode, process.fs.root).ino);
    if (entry === undefined) return { ret: SUCCESS, dirent: null };
    const dirent = new wasi.Dirent(BigInt(entry.next), BigInt(entry.ino), entry.name, filetype(entry.type));
    dirent.dir_name = encodeName(entry.name);
    dirent.d_namlen = dirent.dir_name.length;
    return { ret: SUCCESS, dirent };
  }

  override path_open(
    dirflags: number,
    path: string,
    oflags: number,
    rights: bigint,
    _inheriting: bigint,
    fdflags: number,
  ): { ret: number; fd_obj: Fd | null } {
    const { process } = this;
    const place = this.place(path);
    process.fds.demandFree();
    const file = process.kernel.vfs.open(
      process,
      place.dirfd,
      place.path,
      openFlags(dirflags, oflags, rights, fdflags),
      0o666,
    );
    if (file === BLOCKED) throw WOULD_BLOCK;
    return { ret: SUCCESS, fd_obj: install(process, file as OpenFile) };
  }

  override path_create_directory(path: string): number {
    const { dirfd, path: name } = this.place(path);
    this.process.kernel.vfs.create(this.process, dirfd, name, S_IFDIR | 0o777);
    return SUCCESS;
  }

  override path_filestat_get(flags: number, path: string): { ret: number; filestat: wasi.Filestat } {
    const { dirfd, path: name } = this.place(path);
    const follow = (flags & SYMLINK_FOLLOW) !== 0;
    return {
      ret: SUCCESS,
      filestat: new KernelFilestat(this.process.kernel.vfs.lookup(this.process, dirfd, name, follow)),
    };
  }

  override path_filestat_set_times(
    flags: number,
    path: string,
    atim: bigint,
    mtim: bigint,
    which: number,
  ): number {
    const { kernel } = this.process;
    const { dirfd, path: name } = this.place(path);
    const inode = kernel.vfs.lookup(this.process, dirfd, name, (flags & SYMLINK_FOLLOW) !== 0);
    const [atime, mtime] = newTimes(atim, mtim, which);
    changeTimes(inode, atime, mtime, this.process, kernel.clock.realtime());
    return SUCCESS;
  }

  override path_readlink(path: string): { ret: number; data: string } {
    const { dirfd, path: name } = this.place(path);
    const inode = this.process.kernel.vfs.lookup(this.process, dirfd, name, false);
    if (!isSymlink(inode)) throw Errno.EINVAL;
    return { ret: SUCCESS, data: inode.readlink(this.process) };
  }

  override path_remove_directory(path: string): number {
    const { dirfd, path: name } = this.place(path);
    this.process.kernel.vfs.rmdir(this.process, dirfd, name);
    return SUCCESS;
  }

  override path_unlink_file(path: string): number {
    const { dirfd, path: name } = this.place(path);
    this.process.kernel.vfs.unlink(this.process, dirfd, name);
    return SUCCESS;
  }

  path_symlink(target: string, path: string): number {
    const { dirfd, path: name } = this.place(path);
    this.process.kernel.vfs.symlink(this.process, target, dirfd, name);
    return SUCCESS;
  }

  /** Names the file at `from` in `directory` once more. */
  linkFrom(directory: KernelDirectory, flags: number, from: string, path: string): number {
    const { vfs } = this.process.kernel;
    const source = directory.place(from);
    const target = this.place(path);
    const inode = vfs.lookup(this.process, source.dirfd, source.path, (flags & SYMLINK_FOLLOW) !== 0);
    vfs.link(this.process, inode, target.dirfd, target.path);
    return SUCCESS;
  }

  /** Moves the file at `from` in `directory` to `path` in this one. */
  renameFrom(directory: KernelDirectory, from: string, path: string): number {
    const source = directory.place(from);
    const target = this.place(path);
    this.process.kernel.vfs.rename(this.process, source.dirfd, source.path, target.dirfd, target.path);
    return SUCCESS;
  }
}

/** A directory that a program starts with. */
export class Preopen extends KernelDirectory {
  constructor(
    process: Process,
    fd: number,
    private readonly path: string,
  ) {
    super(process, fd);
  }

  override fd_prestat_get(): { ret: number; prestat: wasi.Prestat } {
    return { ret: SUCCESS, prestat: wasi.Prestat.dir(this.path) };
  }
}

/**
 * The root directory. WASI knows no working directory: its C library passes a relative path on as if it were absolute. So a path
 * is taken to start in the working directory of the process, unless its first component is there only in `/`.
 */
export class RootPreopen extends Preopen {
  override place(path: string): Place {
    const { cwd, root } = this.process.fs;
    const end = path.indexOf("/");
    const first = end < 0 ? path : path.slice(0, end);
    const onlyInRoot = cwd.lookup(first) === undefined && root.lookup(first) !== undefined;
    return { dirfd: AT_FDCWD, path: onlyInRoot ? `/${path}` : path };
  }
}

/** Gives an open file a descriptor of the process. */
function install(process: Process, file: OpenFile): KernelFile {
  file.retain();
  try {
    const fd = process.fds.allocate(file);
    return isDirectory(file.inode) ? new KernelDirectory(process, fd) : new KernelFile(process, fd);
  } finally {
    file.release();
  }
}

function openFlags(dirflags: number, oflags: number, rights: bigint, fdflags: number): number {
  const directory = (oflags & wasi.OFLAGS_DIRECTORY) !== 0;
  const writes = !directory && (rights & BigInt(wasi.RIGHTS_FD_WRITE)) !== 0n;
  const reads = (rights & BigInt(wasi.RIGHTS_FD_READ)) !== 0n;
  return (
    (writes ? (reads ? O_RDWR : O_WRONLY) : O_RDONLY) |
    ((dirflags & SYMLINK_FOLLOW) === 0 ? O_NOFOLLOW : 0) |
    (directory ? O_DIRECTORY : 0) |
    ((oflags & wasi.OFLAGS_CREAT) !== 0 ? O_CREAT : 0) |
    ((oflags & wasi.OFLAGS_EXCL) !== 0 ? O_EXCL : 0) |
    ((oflags & wasi.OFLAGS_TRUNC) !== 0 ? O_TRUNC : 0) |
    fromFdflags(fdflags)
  );
}
