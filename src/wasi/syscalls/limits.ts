import { RLIMIT_NOFILE } from "../abi/linux/resource.js";
import { Errno } from "../errno.js";
import type { Result } from "../kernel/blocked.js";
import { isPrivileged } from "../kernel/credentials.js";
import type { Kernel } from "../kernel/kernel.js";
import type { ResourceLimit } from "../kernel/limits.js";
import type { Process } from "../kernel/process.js";
import { type SyscallDefinition, syscall } from "./definition.js";

const RLIM_INFINITY_64 = 0xffff_ffff_ffff_ffffn;
const RLIM_INFINITY_32 = 0xffff_ffff;
/** Above this a limit is as good as none, and a number is not exact. */
const LARGEST = BigInt(Number.MAX_SAFE_INTEGER);

function change(target: Process, resource: number, limit: ResourceLimit): void {
  target.limits.change(resource, limit);
  if (resource === RLIMIT_NOFILE) target.fds.limit = limit.soft;
}

function find(kernel: Kernel, process: Process, pid: number): Process {
  if (pid === 0 || pid === process.pid) return process;
  const target = kernel.processes.get(pid);
  if (target === undefined) throw Errno.ESRCH;
  const { ruid, rgid } = process.credentials;
  const of = target.credentials;
  const sameUser = [of.ruid, of.euid, of.suid].every((uid) => uid === ruid);
  const sameGroup = [of.rgid, of.egid, of.sgid].every((gid) => gid === rgid);
  if (!(sameUser && sameGroup) && !isPrivileged(process.credentials)) throw Errno.EPERM;
  return target;
}

function prlimit64(
  kernel: Kernel,
  process: Process,
  pid: number,
  resource: number,
  next: number,
  old: number,
): Result {
  const { memory } = process;
  const target = find(kernel, process, pid);
  const current = target.limits.get(resource);
  const from64 = (value: bigint) => (value > LARGEST ? Number.POSITIVE_INFINITY : Number(value));
  const to64 = (value: number) => (value === Number.POSITIVE_INFINITY ? RLIM_INFINITY_64 : BigInt(value));
  if (next !== 0) {
    const limit = { soft: from64(memory.getU64(next)), hard: from64(memory.getU64(next + 8)) };
    if (old !== 0) memory.bytes(old, 16);
    change(target, resource, limit);
  }
  if (old !== 0) {
    memory.setU64(old, to64(current.soft));
    memory.setU64(old + 8, to64(current.hard));
  }
  return 0;
}

function getrlimit(_kernel: Kernel, process: Process, resource: number, ptr: number): Result {
  const { soft, hard } = process.limits.get(resource);
  process.memory.setU32(ptr, Math.min(soft, RLIM_INFINITY_32));
  process.memory.setU32(ptr + 4, Math.min(hard, RLIM_INFINITY_32));
  return 0;
}

function setrlimit(_kernel: Kernel, process: Process, resource: number, ptr: number): Result {
  const from32 = (value: number) => (value === RLIM_INFINITY_32 ? Number.POSITIVE_INFINITY : value);
  const { memory } = process;
  change(process, resource, { soft: from32(memory.getU32(ptr)), hard: from32(memory.getU32(ptr + 4)) });
  return 0;
}

export const limitSyscalls: readonly SyscallDefinition[] = [
  syscall(261, "prlimit64", ["pid", "int", "ptr", "ptr"], prlimit64),
  syscall(163, "getrlimit", ["int", "ptr"], getrlimit),
  syscall(164, "setrlimit", ["int", "ptr"], setrlimit),
];
