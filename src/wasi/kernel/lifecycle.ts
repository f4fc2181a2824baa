import { SA_NOCLDSTOP, SA_NOCLDWAIT, SIG_IGN, SIGCHLD } from "../abi/linux/signal.js";
import type { Process, WaitStatus } from "./process.js";
import { groupsThatDependOn, wakeOrphaned } from "./process-groups.js";
import { CLD_EXITED, CLD_KILLED, CLD_STOPPED } from "./signals.js";
import { endOtherThreads, releaseProgram, removeThread } from "./threads.js";
import { giveUpTerminal } from "./tty/job-control.js";

/** Encodes how a process ended or changed, as wait(2)'s macros decode it. */
export const waitStatus = {
  exited: (code: number): WaitStatus => (code & 0xff) << 8,
  killed: (signal: number): WaitStatus => signal,
  stopped: (signal: number): WaitStatus => (signal << 8) | 0x7f,
  continued: (): WaitStatus => 0xffff,
};

/** The signal that ended a process, or 0 when it exited. */
export function endingSignal(status: WaitStatus): number {
  return status & 0x7f;
}

export function exitCode(status: WaitStatus): number {
  return (status >> 8) & 0xff;
}

/**
 * Ends the process of a thread that has left its program: exit_group(2) and what follows a fatal signal. It stays a zombie
 * until it is waited for.
 */
export function exitProcess(thread: Process, status: WaitStatus): void {
  const process = thread.leader;
  // Its process has ended, or has become another program, while it spun below others.
  if (!process.alive || !thread.threads.has(thread)) {
    releaseProgram(thread);
    return;
  }
  const { kernel } = process;
  process.onDying?.();
  endOtherThreads(thread);
  thread.stopSleeping();
  process.intervalTimers?.stopAll();
  thread.call?.cleanup?.();
  thread.call = undefined;
  releaseProgram(thread);
  if (thread !== process) removeThread(thread);
  process.state = "zombie";
  process.exitStatus = status;
  process.fds.closeAll();
  process.job?.remove(process);
  giveUpTerminal(process, true);

  const groups = groupsThatDependOn(process);
  for (const child of process.children) adopt(child);
  process.children.clear();
  for (const pgid of groups) wakeOrphaned(kernel, pgid);

  const { parent } = process;
  if (parent === undefined || parent === kernel.init) reap(process);
  else notifyParent(process, parent, status);
  process.onExit?.(status);
}

/** Takes an ended process out of the table; its CPU time goes to the parent. */
export function reap(process: Process): void {
  process.state = "dead";
  process.kernel.processes.remove(process);
  const { parent } = process;
  if (parent === undefined) return;
  parent.childrenCpuMs += process.cpuMs + process.childrenCpuMs;
  parent.children.delete(process);
}

/** Tells the parent that a child has been stopped, when the last of its threads has. */
export function reportStop(thread: Process): void {
  for (const { state } of thread.threads) if (state !== "stopped") return;
  const process = thread.leader;
  process.changeToReport = { kind: "stopped", signal: process.stoppedBy ?? 0 };
  const { parent } = process;
  if (parent === undefined) return;
  parent.childChanged.wake();
  const flags = parent.signals.action(SIGCHLD)?.flags ?? 0;
  if ((flags & SA_NOCLDSTOP) === 0) {
    process.kernel.signals.send(parent, SIGCHLD, {
      code: CLD_STOPPED,
      pid: process.pid,
      uid: process.credentials.ruid,
      status: process.stoppedBy ?? 0,
    });
  }
}

/** An orphan belongs to init, which waits for everything at once. */
function adopt(orphan: Process): void {
  const { kernel } = orphan;
  orphan.parent = kernel.init;
  kernel.init.children.add(orphan);
  if (orphan.state === "zombie") {
    reap(orphan);
    return;
  }
  kernel.signals.send(orphan, orphan.attributes.parentDeathSignal);
}

function notifyParent(process: Process, parent: Process, status: WaitStatus): void {
  const { kernel } = process;
  const action = parent.signals.action(SIGCHLD);
  const unwanted =
    action !== undefined && (action.handler === SIG_IGN || (action.flags & SA_NOCLDWAIT) !== 0);
  const signal = endingSignal(status);
  kernel.signals.send(parent, SIGCHLD, {
    code: signal === 0 ? CLD_EXITED : CLD_KILLED,
    pid: process.pid,
    uid: process.credentials.ruid,
    status: signal === 0 ? exitCode(status) : signal,
  });
  if (unwanted) reap(process);
  parent.childChanged.wake();
}
