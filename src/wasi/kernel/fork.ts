import { Errno } from "../errno.js";
import { Process } from "./process.js";

/**
 * Whether another process or thread may be made; EAGAIN when the session has as many as it may have, as when RLIMIT_NPROC is reached.
 */
export function checkForkAllowed(parent: Process): void {
  const { kernel } = parent;
  const limit = Math.min(kernel.options.maxProcesses, parent.limits.processes);
  if (kernel.processes.size < limit) return;
  kernel.limitReached("processes");
  throw Errno.EAGAIN;
}

/**
 * Makes the child of fork(2) for a thread that is suspended in the call, and makes it runnable: it has that thread only.
 * Returns what the caller's call returns: the child's pid, or -ENOMEM when the copy does not fit into the session's memory.
 */
export function forkProcess(caller: Process): number {
  const { instance } = caller;
  if (instance === undefined) return -Errno.ESRCH.number;
  const child = newChild(caller);
  try {
    child.instance = instance.fork(child);
  } catch (error) {
    if (error instanceof Errno) return -error.number;
    if (error instanceof RangeError) return -Errno.ENOMEM.number;
    throw error;
  }
  child.fds = caller.fds.clone();
  begin(child, caller.leader);
  return child.pid;
}

/** What fork(2) and spawning have in common: a process like that of `caller`, with no program and no files of its own yet. */
export function newChild(caller: Process): Process {
  const { kernel, leader: parent } = caller;
  const child = new Process(kernel, kernel.processes.nextPid(), parent, {
    fds: caller.fds,
    fs: caller.fs.clone(),
    credentials: caller.credentials,
    signals: caller.signals.clone(),
    limits: caller.limits.clone(),
  });
  child.comm = caller.comm;
  child.exe = parent.exe;
  child.argv = parent.argv;
  child.environ = parent.environ;
  child.niceness = caller.niceness;
  return child;
}

/** Lets a child that has a program and files run. */
export function begin(child: Process, parent: Process): void {
  const { kernel } = parent;
  parent.job?.add(child);
  parent.children.add(child);
  kernel.processes.add(child);
  kernel.scheduler.enqueue(child);
}
