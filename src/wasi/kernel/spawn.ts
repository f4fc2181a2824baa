import { AT_FDCWD } from "../abi/linux/fcntl.js";
import { Errno } from "../errno.js";
import { isDirectory } from "../vfs/inode.js";
import { demand, MAY_EXEC } from "../vfs/permission.js";
import { executeProgram } from "./exec.js";
import { begin, checkForkAllowed, newChild } from "./fork.js";
import type { Process } from "./process.js";
import type { StringVector } from "./string-vector.js";

/** What posix_spawn(3) is asked for. */
export interface SpawnRequest {
  readonly path: string;
  readonly argv: StringVector;
  readonly environ: StringVector;
  /** Where the child starts; undefined for its parent's directory. */
  readonly cwd: string | undefined;
  /** The child's descriptor, and the parent's that it refers to. */
  readonly descriptors: readonly (readonly [child: number, parent: number])[];
  /** The child leads a session and a process group of its own. */
  readonly newSession: boolean;
}

/**
 * fork(2) and execve(2) in one, for programs that cannot be copied. Returns the child's pid; when the program cannot be executed
 * there is no child.
 */
export function spawnProcess(parent: Process, request: SpawnRequest): number {
  checkForkAllowed(parent);
  const child = newChild(parent);
  child.fds = parent.fds.clone();
  try {
    for (const [to, from] of request.descriptors) child.fds.set(to, parent.fds.get(from));
    if (request.cwd !== undefined) changeDirectory(child, request.cwd);
    executeProgram(child, { dirfd: AT_FDCWD, path: request.path, flags: 0 }, request.argv, request.environ);
  } catch (error) {
    child.fds.closeAll();
    throw error;
  }
  child.nextProgram?.(child);
  child.nextProgram = undefined;
  if (request.newSession) {
    child.sid = child.pid;
    child.pgid = child.pid;
    child.terminal = undefined;
  }
  begin(child, parent);
  return child.pid;
}

function changeDirectory(process: Process, path: string): void {
  const inode = process.kernel.vfs.lookup(process, AT_FDCWD, path);
  if (!isDirectory(inode)) throw Errno.ENOTDIR;
  demand(inode, process.credentials, MAY_EXEC);
  process.fs.cwd = inode;
}
