import { Errno } from "../errno.js";
import { Process } from "./process.js";

/**
 * Whether another process may be made; EAGAIN when the session has as many as it may have, as when RLIMIT_NPROC is reached.
 */
export function checkForkAllowed(parent: Process): void {
  const { kernel } = parent;
  const limit = Math.min(kernel.options.maxProcesses, parent.limits.processes);
  if (kernel.processes.size >= limit) throw Errno.EAGAIN;
}

/**
 * Makes the child of fork(2) from a parent that is suspended in the call, and makes it runnable. Returns what the parent's
 * call returns: the child's pid, or -ENOMEM when the copy does not fit into the session's memory.
 */
export function forkProcess(parent: Process): number {
  const { kernel } = parent;
  const parentInstance = parent.instance;
  if (parentInstance === undefined) return -Errno.ESRCH.number;
  const child = new Process(kernel, kernel.processes.nextPid(), parent, {
    fds: parent.fds,
    fs: parent.fs.clone(),
    credentials: parent.credentials,
    signals: parent.signals.clone(),
    limits: parent.limits.clone(),
  });
  try {
    child.instance = parentInstance.fork(child);
  } catch (error) {
    if (error instanceof Errno) return -error.number;
    if (error instanceof RangeError) return -Errno.ENOMEM.number;
    throw error;
  }
  child.fds = parent.fds.clone();
  child.comm = parent.comm;
  child.exe = parent.exe;
  child.argv = parent.argv;
  child.environ = parent.environ;
  child.niceness = parent.niceness;
  parent.job?.add(child);
  parent.children.add(child);
  kernel.processes.add(child);
  kernel.scheduler.enqueue(child);
  return child.pid;
}
