import { SIGKILL } from "../abi/linux/signal.js";
import { Errno } from "../errno.js";
import { checkForkAllowed } from "./fork.js";
import { wakeFutex } from "./futexes.js";
import type { ThreadStack } from "./instance.js";
import { Process } from "./process.js";

/** Makes a further thread of the process of `creator`, and makes it runnable. EAGAIN; ENOSYS where the ABI has no threads. */
export function createThread(creator: Process, stack: ThreadStack): Process {
  checkForkAllowed(creator);
  const { kernel, leader, instance } = creator;
  if (instance === undefined) throw Errno.ESRCH;
  const { fds, fs, credentials, limits } = creator;
  const parts = { fds, fs, credentials, limits, signals: creator.signals.forThread() };
  const thread = new Process(kernel, kernel.processes.nextPid(), leader.parent, parts, leader);
  thread.instance = instance.startThread(thread, stack);
  thread.comm = creator.comm;
  thread.niceness = creator.niceness;
  leader.threads.add(thread);
  kernel.processes.addThread(thread);
  kernel.scheduler.enqueue(thread);
  return thread;
}

/** Ends one thread of a process that goes on: exit(2). */
export function endThread(thread: Process): void {
  const { leader } = thread;
  tellEnd(thread);
  removeThread(thread);
  releaseProgram(thread);
  // It may have ended before the others: see exit(2).
  if (leader.threads.size === 1) leader.kernel.scheduler.wake(leader);
}

/** Clears the word by which the other threads see this one's end (CLONE_CHILD_CLEARTID). */
export function tellEnd(thread: Process): void {
  const address = thread.clearOnEnd;
  thread.clearOnEnd = 0;
  if (address === 0) return;
  thread.memory.setI32(address, 0);
  wakeFutex(thread, address, 1);
}

/**
 * Ends all other threads of the process: for exit_group(2), execve(2) and fatal signals. The leader loses only its program: it
 * goes on to stand for the process. Who spins below others on the JavaScript stack leaves its program when it next burns fuel.
 */
export function endOtherThreads(remaining: Process): void {
  for (const thread of remaining.threads) {
    if (thread === remaining) continue;
    thread.stopSleeping();
    thread.call?.cleanup?.();
    thread.call = undefined;
    const below = thread.state === "running";
    if (thread !== thread.leader) removeThread(thread);
    if (below) thread.killedBy ??= SIGKILL;
    else releaseProgram(thread);
  }
}

/** Lets the leader take the place of a thread that executes another program, with what is the thread's own. */
export function giveWayToLeader(thread: Process): void {
  const { leader } = thread;
  leader.credentials = thread.credentials;
  leader.signals = thread.signals;
  leader.clearOnEnd = 0;
  removeThread(thread);
  releaseProgram(thread);
}

/** The last of a thread that has left its program. */
export function releaseProgram(thread: Process): void {
  thread.instance?.release(!thread.trapped);
  thread.instance = undefined;
}

/** Takes a thread, which is not the leader, out of its process. */
export function removeThread(thread: Process): void {
  thread.state = "dead";
  thread.threads.delete(thread);
  thread.kernel.processes.removeThread(thread);
  thread.leader.cpuMs += thread.cpuMs;
}
