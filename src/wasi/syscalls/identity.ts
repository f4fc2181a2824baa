import { Errno } from "../errno.js";
import { type Credentials, isPrivileged } from "../kernel/credentials.js";
import type { Kernel } from "../kernel/kernel.js";
import type { Process } from "../kernel/process.js";
import { type SyscallDefinition, syscall } from "./definition.js";

/** "Leave it as it is", as a user or group id. */
const KEEP = 0xffff_ffff;
/** The most supplementary groups (getgroups(2)). */
const NGROUPS_MAX = 65536;

function change(process: Process, changes: Partial<Credentials>): number {
  process.credentials = { ...process.credentials, ...changes };
  return 0;
}

/** An unprivileged process may only take ids that it already has. */
function checkAllowed(process: Process, wanted: readonly number[], own: readonly number[]): void {
  if (isPrivileged(process.credentials)) return;
  if (wanted.some((id) => id !== KEEP && !own.includes(id))) throw Errno.EPERM;
}

function pick(wanted: number, current: number): number {
  return wanted === KEEP ? current : wanted;
}

function setuid(_kernel: Kernel, process: Process, uid: number): number {
  if (uid === KEEP) throw Errno.EINVAL;
  const { ruid, suid } = process.credentials;
  if (isPrivileged(process.credentials)) return change(process, { ruid: uid, euid: uid, suid: uid });
  checkAllowed(process, [uid], [ruid, suid]);
  return change(process, { euid: uid });
}

function setgid(_kernel: Kernel, process: Process, gid: number): number {
  if (gid === KEEP) throw Errno.EINVAL;
  const { rgid, sgid } = process.credentials;
  if (isPrivileged(process.credentials)) return change(process, { rgid: gid, egid: gid, sgid: gid });
  checkAllowed(process, [gid], [rgid, sgid]);
  return change(process, { egid: gid });
}

function setreuid(_kernel: Kernel, process: Process, real: number, effective: number): number {
  const { ruid, euid, suid } = process.credentials;
  checkAllowed(process, [real], [ruid, euid]);
  checkAllowed(process, [effective], [ruid, euid, suid]);
  const next = { ruid: pick(real, ruid), euid: pick(effective, euid) };
  const savesEffective = real !== KEEP || (effective !== KEEP && effective !== ruid);
  return change(process, { ...next, suid: savesEffective ? next.euid : suid });
}

function setregid(_kernel: Kernel, process: Process, real: number, effective: number): number {
  const { rgid, egid, sgid } = process.credentials;
  checkAllowed(process, [real], [rgid, egid]);
  checkAllowed(process, [effective], [rgid, egid, sgid]);
  const next = { rgid: pick(real, rgid), egid: pick(effective, egid) };
  const savesEffective = real !== KEEP || (effective !== KEEP && effective !== rgid);
  return change(process, { ...next, sgid: savesEffective ? next.egid : sgid });
}

function setresuid(
  _kernel: Kernel,
  process: Process,
  real: number,
  effective: number,
  saved: number,
): number {
  const { ruid, euid, suid } = process.credentials;
  checkAllowed(process, [real, effective, saved], [ruid, euid, suid]);
  return change(process, { ruid: pick(real, ruid), euid: pick(effective, euid), suid: pick(saved, suid) });
}

function setresgid(
  _kernel: Kernel,
  process: Process,
  real: number,
  effective: number,
  saved: number,
): number {
  const { rgid, egid, sgid } = process.credentials;
  checkAllowed(process, [real, effective, saved], [rgid, egid, sgid]);
  return change(process, { rgid: pick(real, rgid), egid: pick(effective, egid), sgid: pick(saved, sgid) });
}

function writeIds(process: Process, targets: readonly number[], ids: readonly number[]): number {
  targets.forEach((ptr, i) => {
    process.memory.setU32(ptr, ids[i] as number); // as many ids as targets
  });
  return 0;
}

function getgroups(_kernel: Kernel, process: Process, size: number, list: number): number {
  const { groups } = process.credentials;
  if (size < 0) throw Errno.EINVAL;
  if (size === 0) return groups.length;
  if (size < groups.length) throw Errno.EINVAL;
  groups.forEach((gid, i) => {
    process.memory.setU32(list + 4 * i, gid);
  });
  return groups.length;
}

function setgroups(_kernel: Kernel, process: Process, size: number, list: number): number {
  if (!isPrivileged(process.credentials)) throw Errno.EPERM;
  if (size < 0 || size > NGROUPS_MAX) throw Errno.EINVAL;
  const groups = Array.from({ length: size }, (_, i) => process.memory.getU32(list + 4 * i));
  return change(process, { groups: groups.sort((a, b) => a - b) });
}

/** The process that `pid` names, 0 being the caller; ESRCH when there is none. */
function find(kernel: Kernel, process: Process, pid: number): Process {
  const target = pid === 0 ? process.leader : kernel.processes.get(pid);
  if (target === undefined || target.state === "dead") throw Errno.ESRCH;
  return target;
}

function setpgid(kernel: Kernel, process: Process, pid: number, pgid: number): number {
  if (pgid < 0) throw Errno.EINVAL;
  const caller = process.leader;
  const target = find(kernel, process, pid);
  if (target !== caller) {
    if (target.parent !== caller) throw Errno.ESRCH;
    if (target.sid !== caller.sid) throw Errno.EPERM;
    if (target.hasExecuted) throw Errno.EACCES;
  }
  if (target.sid === target.pid) throw Errno.EPERM;
  const group = pgid === 0 ? target.pid : pgid;
  if (group !== target.pid && !kernel.processes.inGroup(group).some((member) => member.sid === caller.sid)) {
    throw Errno.EPERM;
  }
  target.pgid = group;
  return 0;
}

function setsid(kernel: Kernel, process: Process): number {
  if (kernel.processes.inGroup(process.pid).length > 0) throw Errno.EPERM;
  process.leader.pgid = process.pid;
  process.leader.sid = process.pid;
  process.leader.terminal = undefined;
  return process.pid;
}

export const identitySyscalls: readonly SyscallDefinition[] = [
  syscall(172, "getpid", [], (_kernel, process) => process.pid),
  syscall(173, "getppid", [], (_kernel, process) => process.ppid),
  syscall(178, "gettid", [], (_kernel, process) => process.tid),
  syscall(174, "getuid", [], (_kernel, process) => process.credentials.ruid),
  syscall(175, "geteuid", [], (_kernel, process) => process.credentials.euid),
  syscall(176, "getgid", [], (_kernel, process) => process.credentials.rgid),
  syscall(177, "getegid", [], (_kernel, process) => process.credentials.egid),
  syscall(146, "setuid", ["uint"], setuid),
  syscall(144, "setgid", ["uint"], setgid),
  syscall(145, "setreuid", ["uint", "uint"], setreuid),
  syscall(143, "setregid", ["uint", "uint"], setregid),
  syscall(147, "setresuid", ["uint", "uint", "uint"], setresuid),
  syscall(149, "setresgid", ["uint", "uint", "uint"], setresgid),
  syscall(148, "getresuid", ["ptr", "ptr", "ptr"], (_kernel, process, real, effective, saved) => {
    const { ruid, euid, suid } = process.credentials;
    return writeIds(process, [real, effective, saved], [ruid, euid, suid]);
  }),
  syscall(150, "getresgid", ["ptr", "ptr", "ptr"], (_kernel, process, real, effective, saved) => {
    const { rgid, egid, sgid } = process.credentials;
    return writeIds(process, [real, effective, saved], [rgid, egid, sgid]);
  }),
  syscall(151, "setfsuid", ["int"], (_kernel, process) => process.credentials.euid, {
    support: "partial",
    note: "reports the effective id; file access always uses that",
  }),
  syscall(152, "setfsgid", ["int"], (_kernel, process) => process.credentials.egid, {
    support: "partial",
    note: "reports the effective id; file access always uses that",
  }),
  syscall(158, "getgroups", ["int", "ptr"], getgroups),
  syscall(159, "setgroups", ["int", "ptr"], setgroups),
  syscall(154, "setpgid", ["pid", "pid"], setpgid),
  syscall(155, "getpgid", ["pid"], (kernel, process, pid) => find(kernel, process, pid).pgid),
  syscall(156, "getsid", ["pid"], (kernel, process, pid) => find(kernel, process, pid).sid),
  syscall(157, "setsid", [], setsid),
];
