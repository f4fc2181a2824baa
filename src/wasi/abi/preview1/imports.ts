import { type Fd, WASI, wasi } from "@bjorn3/browser_wasi_shim";
import { Errno } from "../../errno.js";
import { LEAVE } from "../../kernel/instance.js";
import { waitStatus } from "../../kernel/lifecycle.js";
import type { Process } from "../../kernel/process.js";
import { fillRandom } from "../../kernel/random.js";
import { DirectoryFile } from "../../vfs/directory-file.js";
import type { DirectoryInode } from "../../vfs/inode.js";
import { decodeName, encodeName } from "../../vfs/name.js";
import { O_DIRECTORY, O_RDONLY } from "../linux/fcntl.js";
import { KernelDirectory, Preopen, RootPreopen } from "./directory.js";
import { KernelFile } from "./file.js";
import { pollOneoff } from "./poll.js";

/** A function that a program imports. 64-bit arguments are bigints. */
export type WasiFunction = (...args: never[]) => unknown;

const SUCCESS = wasi.ERRNO_SUCCESS;
const NSEC_PER_MS = 1e6;
/** WASI numbers the signals after SIGCHLD one lower than Linux, which has SIGSTKFLT before it. */
const FIRST_SHIFTED_SIGNAL = 16;

/**
 * The functions of `wasi_snapshot_preview1` for one process: those of the shim, over files of the kernel, and our own where the
 * shim's would be wrong here. They throw Errno, WOULD_BLOCK and LEAVE.
 */
export function wasiFunctions(
  process: Process,
  argv: readonly string[],
  environ: readonly string[],
  memory: () => WebAssembly.Memory,
): Record<string, WasiFunction> {
  const shim = new WASI([], [], [], { debug: false });
  const fds = shim.fds as (Fd | undefined)[];
  for (const fd of [0, 1, 2])
    fds[fd] = process.fds.find(fd) === undefined ? undefined : new KernelFile(process, fd);
  fds.push(...openPreopens(process));

  const { kernel } = process;
  const view = () => new DataView(memory().buffer);
  const bytes = (ptr: number, length: number) => new Uint8Array(memory().buffer, ptr >>> 0, length >>> 0);
  const text = (ptr: number, length: number) => {
    const encoded = bytes(ptr, length);
    if (encoded.includes(0)) throw Errno.EINVAL;
    return decodeName(encoded);
  };
  const directory = (fd: number): KernelDirectory => {
    const found = fds[fd];
    if (found === undefined) throw Errno.EBADF;
    if (!(found instanceof KernelDirectory)) throw Errno.ENOTDIR;
    return found;
  };
  const fdOf = (fd: number): number => {
    const found = fds[fd];
    if (!(found instanceof KernelFile)) throw Errno.EBADF;
    return found.fd;
  };
  /** There is no way to get a socket. */
  const noSocket = (fd: number) => {
    fdOf(fd);
    return wasi.ERRNO_NOTSOCK;
  };
  const args = stringList(argv, view, bytes);
  const variables = stringList(environ, view, bytes);

  const own: Record<string, WasiFunction> = {
    args_sizes_get: args.sizes,
    args_get: args.write,
    environ_sizes_get: variables.sizes,
    environ_get: variables.write,
    clock_res_get(id: number, ptr: number) {
      if (id > wasi.CLOCKID_THREAD_CPUTIME_ID) return wasi.ERRNO_INVAL;
      view().setBigUint64(ptr, 1n, true);
      return SUCCESS;
    },
    clock_time_get(id: number, _precision: bigint, ptr: number) {
      const ms = readClock(id);
      if (ms === undefined) return wasi.ERRNO_INVAL;
      view().setBigUint64(ptr, BigInt(Math.floor(ms * NSEC_PER_MS)), true);
      return SUCCESS;
    },
    fd_renumber(from: number, to: number) {
      const moved = fds[from];
      const replaced = fds[to];
      if (moved === undefined || replaced === undefined) return wasi.ERRNO_BADF;
      if (from === to) return SUCCESS;
      replaced.fd_close();
      fds[to] = moved;
      fds[from] = undefined;
      return SUCCESS;
    },
    path_create_directory: (fd: number, path: number, length: number) =>
      directory(fd).path_create_directory(text(path, length)),
    path_filestat_get(fd: number, flags: number, path: number, length: number, resultPtr: number) {
      const { filestat } = directory(fd).path_filestat_get(flags, text(path, length));
      filestat.write_bytes(view(), resultPtr >>> 0);
      return SUCCESS;
    },
    path_filestat_set_times: (
      fd: number,
      flags: number,
      path: number,
      length: number,
      atim: bigint,
      mtim: bigint,
      which: number,
    ) => directory(fd).path_filestat_set_times(flags, text(path, length), atim, mtim, which),
    path_link(
      from: number,
      flags: number,
      path: number,
      length: number,
      to: number,
      newPath: number,
      newLength: number,
    ) {
      return directory(to).linkFrom(directory(from), flags, text(path, length), text(newPath, newLength));
    },
    path_open(
      fd: number,
      dirflags: number,
      path: number,
      length: number,
      oflags: number,
      rights: bigint,
      inheriting: bigint,
      fdflags: number,
      resultPtr: number,
    ) {
      view().setUint32(resultPtr, 0, true);
      const { fd_obj } = directory(fd).path_open(
        dirflags,
        text(path, length),
        oflags,
        rights,
        inheriting,
        fdflags,
      );
      let free = 0;
      while (fds[free] !== undefined) free++;
      fds[free] = fd_obj ?? undefined;
      view().setUint32(resultPtr, free, true);
      return SUCCESS;
    },
    path_readlink(fd: number, path: number, length: number, buffer: number, size: number, usedPtr: number) {
      const target = encodeName(directory(fd).path_readlink(text(path, length)).data).subarray(0, size >>> 0);
      bytes(buffer, target.length).set(target);
      view().setUint32(usedPtr, target.length, true);
      return SUCCESS;
    },
    path_remove_directory: (fd: number, path: number, length: number) =>
      directory(fd).path_remove_directory(text(path, length)),
    path_rename(from: number, path: number, length: number, to: number, newPath: number, newLength: number) {
      return directory(to).renameFrom(directory(from), text(path, length), text(newPath, newLength));
    },
    path_symlink(target: number, targetLength: number, fd: number, path: number, length: number) {
      return directory(fd).path_symlink(text(target, targetLength), text(path, length));
    },
    path_unlink_file: (fd: number, path: number, length: number) =>
      directory(fd).path_unlink_file(text(path, length)),
    poll_oneoff: (subscriptions: number, events: number, count: number, countPtr: number) =>
      pollOneoff(process, memory(), fdOf, subscriptions >>> 0, events >>> 0, count >>> 0, countPtr >>> 0),
    proc_exit(code: number) {
      process.exiting = waitStatus.exited(code);
      throw LEAVE;
    },
    proc_raise(signal: number) {
      if (signal > wasi.SIGNAL_SYS) return wasi.ERRNO_INVAL;
      kernel.signals.send(process, signal >= FIRST_SHIFTED_SIGNAL ? signal + 1 : signal);
      return SUCCESS;
    },
    random_get(ptr: number, length: number) {
      fillRandom(bytes(ptr, length));
      return SUCCESS;
    },
    sched_yield: () => SUCCESS,
    sock_accept: noSocket,
    sock_recv: noSocket,
    sock_send: noSocket,
    sock_shutdown: noSocket,
  };

  function readClock(id: number): number | undefined {
    switch (id) {
      case wasi.CLOCKID_REALTIME:
        return kernel.clock.realtimeMs();
      case wasi.CLOCKID_MONOTONIC:
        return kernel.clock.monotonic();
      case wasi.CLOCKID_PROCESS_CPUTIME_ID:
      case wasi.CLOCKID_THREAD_CPUTIME_ID:
        return kernel.scheduler.cpuMs(process);
      default:
        return undefined;
    }
  }

  shim.inst = {
    exports: {
      get memory() {
        return memory();
      },
    },
  };
  const functions = { ...(shim.wasiImport as Record<string, WasiFunction>), ...own };
  for (const name of ["fd_write", "fd_pwrite"]) {
    functions[name] = checkedFirst(functions[name] as WasiFunction, (args) => {
      const vector = wasi.Ciovec.read_bytes_array(view(), args[1] ?? 0, args[2] ?? 0);
      for (const { buf, buf_len } of vector) bytes(buf, buf_len);
    });
  }
  return functions;
}

/** Lets `check` throw for addresses outside of the program's memory before anything is done. */
function checkedFirst(inner: WasiFunction, check: (args: readonly number[]) => void): WasiFunction {
  return (...args) => {
    check(args);
    return inner(...args);
  };
}

/**
 * Descriptors 3 and 4, the directories that a program starts with: `/` and, where it is another one, its working directory. The
 * process has them open under numbers of its own.
 */
function openPreopens(process: Process): Preopen[] {
  const { kernel, fs } = process;
  const open = (directory: DirectoryInode): number =>
    process.fds.allocate(new DirectoryFile(directory, O_RDONLY | O_DIRECTORY, kernel.vfs.host));
  const preopens = [new RootPreopen(process, open(fs.root), "/")];
  const path = kernel.vfs.pathOf(fs.cwd, fs.root);
  if (path !== undefined && path !== "/") preopens.push(new Preopen(process, open(fs.cwd), path));
  return preopens;
}

/** The two functions that hand over a list of strings: their total size, and the strings with pointers to them. */
function stringList(
  strings: readonly string[],
  view: () => DataView,
  bytes: (ptr: number, length: number) => Uint8Array,
): { sizes: WasiFunction; write: WasiFunction } {
  const encoded = strings.map((string) => encodeName(`${string}\0`));
  const total = encoded.reduce((sum, { length }) => sum + length, 0);
  return {
    sizes(countPtr: number, sizePtr: number) {
      view().setUint32(countPtr, encoded.length, true);
      view().setUint32(sizePtr, total, true);
      return SUCCESS;
    },
    write(pointers: number, buffer: number) {
      let at = buffer >>> 0;
      encoded.forEach((string, i) => {
        view().setUint32(pointers + 4 * i, at, true);
        bytes(at, string.length).set(string);
        at += string.length;
      });
      return SUCCESS;
    },
  };
}
