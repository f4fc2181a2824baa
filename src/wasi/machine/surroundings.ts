import { AT_FDCWD, O_CREAT, O_EXCL, O_TRUNC } from "../abi/linux/fcntl.js";
import { SIGKILL } from "../abi/linux/signal.js";
import { S_IFCHR } from "../abi/linux/stat.js";
import { Errno } from "../errno.js";
import { BLOCKED } from "../kernel/blocked.js";
import { exitProcess } from "../kernel/lifecycle.js";
import type { OpenFile } from "../kernel/open-file.js";
import type { Process } from "../kernel/process.js";
import { isDirectory, isRegular } from "../vfs/inode.js";
import { RegularFile } from "../vfs/regular-file.js";
import type { Checkpoint } from "./checkpoint.js";
import type { OpenedFile, ShellSurroundings } from "./session-image.js";

/** Describes what the shell `process`, whose state is `checkpoint`, has to do with its machine. */
export function describeSurroundings(process: Process, checkpoint: Checkpoint): ShellSurroundings {
  const { vfs, processes } = process.kernel;
  return {
    pid: process.pid,
    lastPid: processes.last,
    children: checkpoint.children.filter(({ alive }) => alive).map(({ pid }) => pid),
    cwd: vfs.pathOf(checkpoint.fs.cwd, vfs.root),
    files: describeFiles(process, checkpoint),
  };
}

/** Files and devices that still have a name. Pipes, sockets and files without one do not last beyond their machine. */
function describeFiles({ kernel: { vfs } }: Process, { files }: Checkpoint): readonly OpenedFile[] {
  const byFile = new Map<OpenFile, { fd: number; closeOnExec: boolean }[]>();
  for (const { fd, file, closeOnExec } of files) {
    if (!file.inUse) continue;
    const descriptors = byFile.get(file) ?? [];
    descriptors.push({ fd, closeOnExec });
    byFile.set(file, descriptors);
  }
  return [...byFile].flatMap(([file, descriptors]) => {
    const { inode, flags } = file;
    const lasts = isRegular(inode) || isDirectory(inode) || inode.type === S_IFCHR;
    const path = lasts ? vfs.pathOf(inode, vfs.root) : undefined;
    const position = file instanceof RegularFile ? file.position : 0;
    return path === undefined ? [] : [{ path, flags, position, descriptors }];
  });
}

/** Puts a process that is privileged and stands in the root directory where the shell stood, if that is there. */
export function enterDirectory(process: Process, { cwd }: ShellSurroundings): void {
  if (cwd === undefined) return;
  const directory = unlessRefused(() => process.kernel.vfs.lookup(process, AT_FDCWD, cwd));
  if (directory !== undefined && isDirectory(directory)) process.fs.cwd = directory;
}

/** Opens the shell's files again, before it runs. What its user may not open any more is closed. */
export function reopenFiles(shell: Process, { files }: ShellSurroundings): void {
  for (const file of files) reopen(shell, file);
}

/** The children that stayed behind are to the shell as if they had been killed, so that its jobs are what its children are. */
export function endChildren(shell: Process, { children }: ShellSurroundings): void {
  const { kernel } = shell;
  for (const pid of children) {
    const child = kernel.createProcess(shell, shell.credentials, kernel.vfs.rootContext(), pid);
    exitProcess(child, SIGKILL);
  }
}

function reopen(shell: Process, { path, flags, position, descriptors }: OpenedFile): void {
  const flagsNow = flags & ~(O_CREAT | O_EXCL | O_TRUNC);
  const file = unlessRefused(() => shell.kernel.vfs.open(shell, AT_FDCWD, path, flagsNow, 0));
  if (file === undefined || file === BLOCKED) return;
  if (file instanceof RegularFile) file.position = position;
  for (const { fd, closeOnExec } of descriptors) shell.fds.set(fd, file, closeOnExec);
}

/** Undefined where that fails as it may fail on Linux. */
function unlessRefused<Value>(action: () => Value): Value | undefined {
  try {
    return action();
  } catch (error) {
    if (error instanceof Errno) return undefined;
    throw error;
  }
}
