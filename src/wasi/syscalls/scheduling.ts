import {
  PRIO_PGRP,
  PRIO_PROCESS,
  PRIO_USER,
  RLIMIT_NICE,
  RUSAGE_CHILDREN,
  RUSAGE_SELF,
  RUSAGE_THREAD,
} from "../abi/linux/resource.js";
import { Errno } from "../errno.js";
import type { Result } from "../kernel/blocked.js";
import { isPrivileged } from "../kernel/credentials.js";
import type { Kernel } from "../kernel/kernel.js";
import type { Process } from "../kernel/process.js";
import { CPU_COUNT } from "../kernel/system-information.js";
import { type SyscallDefinition, syscall } from "./definition.js";
import { type TimespecLayout, timespec32, timespec64 } from "./timespec.js";
import { writeUsage } from "./usage.js";

const SCHED_OTHER = 0;
const SCHED_FIFO = 1;
const SCHED_RR = 2;
const SCHED_BATCH = 3;
const SCHED_IDLE = 5;
const SCHED_RESET_ON_FORK = 0x4000_0000;

const HIGHEST_NICENESS = 19;
const LOWEST_NICENESS = -20;
/** Bytes of a cpu set: one word of the ABI. */
const CPU_SET_SIZE = 4;
/** How long a process runs before others get their turn, in ms. */
const SLICE_MS = 10;

/** The process that `pid` names, 0 being the caller; ESRCH when there is none. */
function find(kernel: Kernel, process: Process, pid: number): Process {
  const target = pid === 0 ? process : kernel.processes.get(pid);
  if (target === undefined) throw Errno.ESRCH;
  return target;
}

/** For the calls about policies, to which no negative number is a process. */
function findScheduled(kernel: Kernel, process: Process, pid: number): Process {
  if (pid < 0) throw Errno.EINVAL;
  return find(kernel, process, pid);
}

function mayControl(process: Process, target: Process): boolean {
  const { euid } = process.credentials;
  return (
    isPrivileged(process.credentials) || euid === target.credentials.ruid || euid === target.credentials.euid
  );
}

/** The processes that getpriority(2) and setpriority(2) are about; ESRCH when there are none. */
function selected(kernel: Kernel, process: Process, which: number, who: number): Process[] {
  const living = kernel.processes.all().filter((candidate) => candidate.alive);
  const matches = living.filter((candidate) => {
    switch (which) {
      case PRIO_PROCESS:
        return candidate.pid === (who === 0 ? process.pid : who);
      case PRIO_PGRP:
        return candidate.pgid === (who === 0 ? process.leader.pgid : who);
      case PRIO_USER:
        return candidate.credentials.ruid === (who === 0 ? process.credentials.ruid : who);
      default:
        throw Errno.EINVAL;
    }
  });
  if (matches.length === 0) throw Errno.ESRCH;
  return matches;
}

/** The raw call returns 20 - nice, so that it is never negative. */
function getpriority(kernel: Kernel, process: Process, which: number, who: number): Result {
  const values = selected(kernel, process, which, who).map((target) => target.niceness);
  return HIGHEST_NICENESS + 1 - Math.min(...values);
}

function setpriority(kernel: Kernel, process: Process, which: number, who: number, value: number): Result {
  const niceness = Math.max(LOWEST_NICENESS, Math.min(HIGHEST_NICENESS, value));
  const privileged = isPrivileged(process.credentials);
  const targets = selected(kernel, process, which, who);
  const allowed = targets.filter((target) => mayControl(process, target));
  if (allowed.length === 0) throw Errno.EPERM;
  for (const target of allowed) {
    const lowest = HIGHEST_NICENESS + 1 - target.limits.get(RLIMIT_NICE).soft;
    if (niceness < target.niceness && niceness < lowest && !privileged) throw Errno.EACCES;
    target.niceness = niceness;
  }
  return 0;
}

function setScheduler(
  kernel: Kernel,
  process: Process,
  pid: number,
  policy: number,
  priority: number,
): Result {
  const target = findScheduled(kernel, process, pid);
  const wanted = policy & ~SCHED_RESET_ON_FORK;
  const realTime = wanted === SCHED_FIFO || wanted === SCHED_RR;
  if (!realTime && wanted !== SCHED_OTHER && wanted !== SCHED_BATCH && wanted !== SCHED_IDLE)
    throw Errno.EINVAL;
  if (realTime ? priority < 1 || priority > 99 : priority !== 0) throw Errno.EINVAL;
  if (realTime || !mayControl(process, target)) throw Errno.EPERM;
  target.attributes = { ...target.attributes, schedulingPolicy: wanted };
  return 0;
}

function priorityRange(policy: number): readonly [number, number] {
  switch (policy) {
    case SCHED_FIFO:
    case SCHED_RR:
      return [1, 99];
    case SCHED_OTHER:
    case SCHED_BATCH:
    case SCHED_IDLE:
      return [0, 0];
    default:
      throw Errno.EINVAL;
  }
}

function getAffinity(kernel: Kernel, process: Process, pid: number, size: number, mask: number): Result {
  if (size < CPU_SET_SIZE || size % CPU_SET_SIZE !== 0) throw Errno.EINVAL;
  find(kernel, process, pid);
  process.memory.setU32(mask, 2 ** CPU_COUNT - 1);
  return CPU_SET_SIZE;
}

function setAffinity(kernel: Kernel, process: Process, pid: number, size: number, mask: number): Result {
  const target = find(kernel, process, pid);
  const wanted = size === 0 ? 0 : (process.memory.bytes(mask, size)[0] ?? 0);
  if (!mayControl(process, target)) throw Errno.EPERM;
  if ((wanted & (2 ** CPU_COUNT - 1)) === 0) throw Errno.EINVAL;
  return 0;
}

function rrGetInterval(layout: TimespecLayout) {
  return (kernel: Kernel, process: Process, pid: number, ptr: number): Result => {
    findScheduled(kernel, process, pid);
    layout.write(process.memory, ptr, SLICE_MS);
    return 0;
  };
}

function getrusage(kernel: Kernel, process: Process, who: number, ptr: number): Result {
  if (who === RUSAGE_CHILDREN) writeUsage(process.memory, ptr, process.leader.childrenCpuMs, 0);
  else if (who === RUSAGE_SELF || who === RUSAGE_THREAD) {
    const { scheduler } = kernel;
    const cpuMs = who === RUSAGE_SELF ? scheduler.cpuMs(process) : scheduler.threadCpuMs(process);
    writeUsage(process.memory, ptr, cpuMs, process.instance?.chargedBytes ?? 0);
  } else throw Errno.EINVAL;
  return 0;
}

/** There are no scheduling classes: everybody takes turns. */
const unused = {
  support: "partial",
  note: "kept and reported, but all processes are scheduled alike",
} as const;

export const schedulingSyscalls: readonly SyscallDefinition[] = [
  syscall(124, "sched_yield", [], (kernel, process) => {
    // With the flag set it is the C library that looks for signals (guest/libc), which is no wish to let others run.
    if (process.instance?.pendingFlag !== true) kernel.scheduler.yieldNext();
    return 0;
  }),
  syscall(140, "setpriority", ["int", "int", "int"], setpriority, unused),
  syscall(141, "getpriority", ["int", "int"], getpriority),
  syscall(
    119,
    "sched_setscheduler",
    ["pid", "int", "ptr"],
    (kernel, process, pid, policy, param) =>
      setScheduler(kernel, process, pid, policy, process.memory.getI32(param)),
    unused,
  ),
  syscall(
    120,
    "sched_getscheduler",
    ["pid"],
    (kernel, process, pid) => findScheduled(kernel, process, pid).attributes.schedulingPolicy,
  ),
  syscall(
    118,
    "sched_setparam",
    ["pid", "ptr"],
    (kernel, process, pid, param) => {
      const policy = findScheduled(kernel, process, pid).attributes.schedulingPolicy;
      return setScheduler(kernel, process, pid, policy, process.memory.getI32(param));
    },
    unused,
  ),
  syscall(121, "sched_getparam", ["pid", "ptr"], (kernel, process, pid, param) => {
    findScheduled(kernel, process, pid);
    process.memory.setI32(param, 0);
    return 0;
  }),
  syscall(125, "sched_get_priority_max", ["int"], (_kernel, _process, policy) => priorityRange(policy)[1]),
  syscall(126, "sched_get_priority_min", ["int"], (_kernel, _process, policy) => priorityRange(policy)[0]),
  syscall(127, "sched_rr_get_interval", ["pid", "ptr"], rrGetInterval(timespec32)),
  syscall(423, "sched_rr_get_interval_time64", ["pid", "ptr"], rrGetInterval(timespec64)),
  syscall(122, "sched_setaffinity", ["pid", "uint", "ptr"], setAffinity),
  syscall(123, "sched_getaffinity", ["pid", "uint", "ptr"], getAffinity),
  syscall(165, "getrusage", ["int", "ptr"], getrusage, {
    support: "partial",
    note: "all CPU time counts as user time; of the rest only the memory is filled in",
  }),
];
