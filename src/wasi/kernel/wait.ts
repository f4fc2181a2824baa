import { Errno } from "../errno.js";
import { reap, waitStatus } from "./lifecycle.js";
import type { Process, WaitStatus } from "./process.js";

/** wait4(2) and waitid(2) options. */
export const WNOHANG = 1;
export const WUNTRACED = 2;
export const WSTOPPED = 2;
export const WEXITED = 4;
export const WCONTINUED = 8;
export const WNOWAIT = 0x0100_0000;

/** Which children a wait is for: any, one, or those of a process group. */
export type WaitTarget =
  | { readonly kind: "any" }
  | { readonly kind: "pid"; readonly pid: number }
  | { readonly kind: "group"; readonly pgid: number };

export interface ChildChange {
  readonly child: Process;
  readonly status: WaitStatus;
  readonly kind: "exited" | "stopped" | "continued";
}

/**
 * Finds a child whose change `options` asks for and takes note that it was reported, unless WNOWAIT is set. Undefined when none
 * has changed yet; ECHILD when there is no such child.
 */
export function takeChildChange(
  process: Process,
  target: WaitTarget,
  options: number,
): ChildChange | undefined {
  const candidates = [...process.leader.children].filter((child) => matches(child, target));
  if (candidates.length === 0) throw Errno.ECHILD;
  const keep = (options & WNOWAIT) !== 0;
  for (const child of candidates) {
    if (child.state === "zombie" && (options & WEXITED) !== 0) {
      if (!keep) reap(child);
      return { child, kind: "exited", status: child.exitStatus ?? 0 };
    }
    const change = child.changeToReport;
    if (change?.kind === "stopped" && child.state === "stopped" && (options & WSTOPPED) !== 0) {
      if (!keep) child.changeToReport = undefined;
      return { child, kind: "stopped", status: waitStatus.stopped(change.signal) };
    }
    if (change?.kind === "continued" && (options & WCONTINUED) !== 0) {
      if (!keep) child.changeToReport = undefined;
      return { child, kind: "continued", status: waitStatus.continued() };
    }
  }
  return undefined;
}

function matches(child: Process, target: WaitTarget): boolean {
  switch (target.kind) {
    case "any":
      return true;
    case "pid":
      return child.pid === target.pid;
    case "group":
      return child.pgid === target.pgid;
  }
}
