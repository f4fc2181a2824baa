import {
  RLIM_NLIMITS,
  RLIMIT_CORE,
  RLIMIT_CPU,
  RLIMIT_DATA,
  RLIMIT_FSIZE,
  RLIMIT_MEMLOCK,
  RLIMIT_MSGQUEUE,
  RLIMIT_NICE,
  RLIMIT_NOFILE,
  RLIMIT_NPROC,
  RLIMIT_RTPRIO,
  RLIMIT_SIGPENDING,
  RLIMIT_STACK,
} from "../abi/linux/resource.js";
import { Errno } from "../errno.js";

/** One resource limit (getrlimit(2)). `Infinity` is RLIM_INFINITY. */
export interface ResourceLimit {
  /** What the kernel enforces. */
  readonly soft: number;
  /** How far a process may raise `soft`. */
  readonly hard: number;
}

/** No process, not even a privileged one, gets more descriptors (/proc/sys/fs/nr_open). */
export const NR_OPEN = 1048576;

const UNLIMITED: ResourceLimit = { soft: Number.POSITIVE_INFINITY, hard: Number.POSITIVE_INFINITY };

/**
 * What a new session starts with. NPROC is finite because bash makes a table of that size in every shell, and because it is
 * the fork bomb's bound.
 */
const DEFAULTS: Readonly<Record<number, ResourceLimit>> = {
  [RLIMIT_STACK]: { soft: 8 << 20, hard: Number.POSITIVE_INFINITY },
  [RLIMIT_CORE]: { soft: 0, hard: Number.POSITIVE_INFINITY },
  [RLIMIT_NPROC]: { soft: 512, hard: 512 },
  [RLIMIT_NOFILE]: { soft: 1024, hard: NR_OPEN },
  [RLIMIT_MEMLOCK]: { soft: 8 << 20, hard: 8 << 20 },
  [RLIMIT_SIGPENDING]: { soft: 4096, hard: 4096 },
  [RLIMIT_MSGQUEUE]: { soft: 819200, hard: 819200 },
  [RLIMIT_NICE]: { soft: 0, hard: 0 },
  [RLIMIT_RTPRIO]: { soft: 0, hard: 0 },
};

/** The resource limits of one process. A child inherits them, and they survive execve(2). */
export class ResourceLimits {
  private readonly limits: ResourceLimit[];

  constructor(limits?: readonly ResourceLimit[]) {
    this.limits = limits
      ? [...limits]
      : Array.from({ length: RLIM_NLIMITS }, (_, resource) => DEFAULTS[resource] ?? UNLIMITED);
  }

  /** EINVAL for a resource that does not exist. */
  get(resource: number): ResourceLimit {
    const limit = this.limits[resource];
    if (limit === undefined) throw Errno.EINVAL;
    return limit;
  }

  /** By resource. */
  all(): readonly ResourceLimit[] {
    return this.limits;
  }

  /** Sets a limit without asking who may (a session's own configuration). */
  set(resource: number, soft: number, hard: number): void {
    this.get(resource);
    this.limits[resource] = { soft, hard };
  }

  /** setrlimit(2): EINVAL when soft exceeds hard, EPERM for raising a hard limit: as in containers, not even root may. */
  change(resource: number, limit: ResourceLimit): void {
    const current = this.get(resource);
    if (limit.soft > limit.hard) throw Errno.EINVAL;
    if (limit.hard > current.hard) throw Errno.EPERM;
    this.set(resource, limit.soft, limit.hard);
  }

  clone(): ResourceLimits {
    return new ResourceLimits(this.limits);
  }

  /** The largest file a process may write, in bytes. */
  get fileSize(): number {
    return this.get(RLIMIT_FSIZE).soft;
  }
  /** Processes of one user. */
  get processes(): number {
    return this.get(RLIMIT_NPROC).soft;
  }
  /** One more than the highest descriptor. */
  get openFiles(): number {
    return this.get(RLIMIT_NOFILE).soft;
  }
  get cpuSeconds(): number {
    return this.get(RLIMIT_CPU).soft;
  }
  get cpuSecondsHard(): number {
    return this.get(RLIMIT_CPU).hard;
  }
  /** The largest data segment, in bytes. */
  get dataBytes(): number {
    return this.get(RLIMIT_DATA).soft;
  }
}
