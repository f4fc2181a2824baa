import { SIGCONT, SIGHUP } from "../abi/linux/signal.js";
import type { Kernel } from "./kernel.js";
import type { Process } from "./process.js";

export function signalGroup(kernel: Kernel, pgid: number, signal: number): void {
  for (const process of kernel.processes.inGroup(pgid)) kernel.signals.send(process, signal);
}

/** Whether nobody in its session is there to continue a group when it is stopped (setpgid(2), "orphaned process group"). */
export function isOrphaned(kernel: Kernel, pgid: number): boolean {
  return !kernel.processes
    .inGroup(pgid)
    .some((member) => member.alive && member.parent !== undefined && takesCare(member.parent, member));
}

/** The groups that may become orphaned when `process` ends: its own, of which its parent takes care, and those of its children. */
export function groupsThatDependOn(process: Process): Set<number> {
  const groups = new Set<number>();
  const { parent } = process;
  if (parent !== undefined && takesCare(parent, process)) groups.add(process.pgid);
  for (const child of process.children) if (takesCare(process, child)) groups.add(child.pgid);
  return groups;
}

/** Whether a parent can do job control for its child: it is in another group of the same session. */
function takesCare(parent: Process, child: Process): boolean {
  return parent.pgid !== child.pgid && parent.sid === child.sid;
}

/** A group that has become orphaned with a stopped process in it is told, and goes on (_exit(2)). */
export function wakeOrphaned(kernel: Kernel, pgid: number): void {
  const members = kernel.processes.inGroup(pgid);
  if (!members.some(({ state }) => state === "stopped") || !isOrphaned(kernel, pgid)) return;
  signalGroup(kernel, pgid, SIGHUP);
  signalGroup(kernel, pgid, SIGCONT);
}
