import { SIG_IGN, SIGCONT, SIGHUP, SIGTTIN } from "../../abi/linux/signal.js";
import { Errno } from "../../errno.js";
import { isPrivileged } from "../credentials.js";
import type { Kernel } from "../kernel.js";
import type { Process } from "../process.js";
import { isOrphaned, signalGroup } from "../process-groups.js";
import type { Terminal } from "./terminal.js";

/**
 * Whether a process in the background may not go on with what it does to its controlling terminal (credentials(7)): its group
 * has been sent `signal`, SIGTTIN or SIGTTOU. EIO where nobody could continue the group, and for reading that ignores the signal.
 */
export function heldBack(process: Process, terminal: Terminal, signal: number): boolean {
  const { kernel, leader } = process;
  if (leader.terminal !== terminal) return false;
  if (terminal.foreground === 0 || terminal.foreground === leader.pgid) return false;
  if (process.signals.isBlocked(signal) || process.signals.handler(signal) === SIG_IGN) {
    if (signal === SIGTTIN) throw Errno.EIO;
    return false;
  }
  if (isOrphaned(kernel, leader.pgid)) throw Errno.EIO;
  signalGroup(kernel, leader.pgid, signal);
  return true;
}

/** TIOCSCTTY, or the first open(2) of a terminal by a session leader that has none. */
export function acquire(process: Process, terminal: Terminal): void {
  const { leader } = process;
  terminal.session = leader.sid;
  terminal.foreground = leader.pgid;
  leader.terminal = terminal;
}

/** Whether opening `terminal` makes it the controlling terminal of `process`. */
export function mayAcquireByOpen({ leader }: Process, terminal: Terminal): boolean {
  return leader.sid === leader.pid && leader.terminal === undefined && terminal.session === 0;
}

/** TIOCSCTTY. EPERM unless the caller leads a session without a terminal; root may steal one with `steal`. */
export function demandAcquire(process: Process, terminal: Terminal, steal: boolean): void {
  const { leader } = process;
  const leads = leader.sid === leader.pid;
  if (leads && leader.terminal === terminal && terminal.session === leader.sid) return;
  if (!leads || leader.terminal !== undefined) throw Errno.EPERM;
  if (terminal.session !== 0) {
    if (!steal || !isPrivileged(process.credentials)) throw Errno.EPERM;
    forget(process.kernel, terminal);
  }
  acquire(process, terminal);
}

/** TIOCNOTTY, and the end of a session leader: the whole session loses its terminal when it is the leader that gives it up. */
export function giveUpTerminal({ leader }: Process, exiting: boolean): void {
  const { terminal, kernel } = leader;
  leader.terminal = undefined;
  if (terminal === undefined || leader.sid !== leader.pid || terminal.session !== leader.sid) return;
  const { foreground } = terminal;
  forget(kernel, terminal);
  if (foreground === 0) return;
  signalGroup(kernel, foreground, SIGHUP);
  if (!exiting) signalGroup(kernel, foreground, SIGCONT);
}

/** TIOCSPGRP: makes `pgid` the foreground group. */
export function setForeground(process: Process, terminal: Terminal, pgid: number): void {
  const { leader, kernel } = process;
  if (leader.terminal !== terminal || terminal.session !== leader.sid) throw Errno.ENOTTY;
  if (pgid < 0) throw Errno.EINVAL;
  const [member] = kernel.processes.inGroup(pgid);
  if (member === undefined) throw Errno.ESRCH;
  if (member.sid !== leader.sid) throw Errno.EPERM;
  terminal.foreground = pgid;
}

/** The master is closed: the session leader is told, and the session has no terminal any more. */
export function hangUp(kernel: Kernel, terminal: Terminal): void {
  const leader = kernel.processes.get(terminal.session);
  forget(kernel, terminal);
  if (leader === undefined) return;
  kernel.signals.send(leader, SIGHUP);
  kernel.signals.send(leader, SIGCONT);
}

function forget(kernel: Kernel, terminal: Terminal): void {
  terminal.session = 0;
  terminal.foreground = 0;
  for (const process of kernel.processes.all()) {
    if (process.terminal === terminal) process.terminal = undefined;
  }
}
