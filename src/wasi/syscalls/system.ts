import { Errno } from "../errno.js";
import type { Result } from "../kernel/blocked.js";
import type { Kernel } from "../kernel/kernel.js";
import type { Process } from "../kernel/process.js";
import { fillRandom } from "../kernel/random.js";
import {
  DOMAIN_NAME,
  KERNEL_NAME,
  KERNEL_RELEASE,
  KERNEL_VERSION,
  MACHINE,
  memoryInformation,
  PAGE_SIZE,
} from "../kernel/system-information.js";
import { encodeName } from "../vfs/name.js";
import { type SyscallDefinition, syscall } from "./definition.js";

/** Size of each field of struct utsname, NUL included. */
const UTS_FIELD = 65;
const SYSINFO_SIZE = 64;
/** The load averages of sysinfo(2) are fixed-point numbers with this many fractional bits. */
const LOAD_SHIFT = 16;

const GRND_NONBLOCK = 1;
const GRND_RANDOM = 2;
const GRND_INSECURE = 4;

function uname(kernel: Kernel, process: Process, ptr: number): Result {
  const fields = [KERNEL_NAME, kernel.options.hostname, KERNEL_RELEASE, KERNEL_VERSION, MACHINE, DOMAIN_NAME];
  const bytes = process.memory.bytes(ptr, fields.length * UTS_FIELD).fill(0);
  fields.forEach((field, i) => {
    bytes.set(encodeName(field).subarray(0, UTS_FIELD - 1), i * UTS_FIELD);
  });
  return 0;
}

function sysinfo(kernel: Kernel, process: Process, ptr: number): Result {
  const { memory } = process;
  const { total, free } = memoryInformation(kernel);
  const unit = total < 2 ** 32 ? 1 : PAGE_SIZE;
  memory.bytes(ptr, SYSINFO_SIZE).fill(0);
  memory.setU32(ptr, Math.floor(kernel.clock.uptime() / 1000));
  kernel.statistics.loadAverages().forEach((load, i) => {
    memory.setU32(ptr + 4 + 4 * i, Math.round(load * 2 ** LOAD_SHIFT));
  });
  memory.setU32(ptr + 16, Math.floor(total / unit));
  memory.setU32(ptr + 20, Math.floor(free / unit));
  memory.setU16(ptr + 40, kernel.processes.size);
  memory.setU32(ptr + 52, unit);
  return 0;
}

function getrandom(_kernel: Kernel, process: Process, ptr: number, length: number, flags: number): Result {
  if ((flags & ~(GRND_NONBLOCK | GRND_RANDOM | GRND_INSECURE)) !== 0) throw Errno.EINVAL;
  if ((flags & (GRND_RANDOM | GRND_INSECURE)) === (GRND_RANDOM | GRND_INSECURE)) throw Errno.EINVAL;
  const count = Math.min(length, 0x1ff_ffff);
  fillRandom(process.memory.bytes(ptr, count));
  return count;
}

function getcpu(_kernel: Kernel, process: Process, cpu: number, node: number): Result {
  if (cpu !== 0) process.memory.setU32(cpu, 0);
  if (node !== 0) process.memory.setU32(node, 0);
  return 0;
}

function notPermitted(): never {
  throw Errno.EPERM;
}
const refused = { support: "none", note: "EPERM: the sandbox has no privileges over the system" } as const;

function membarrier(_kernel: Kernel, _process: Process, command: number): Result {
  if (command !== 0) throw Errno.EINVAL;
  return 0;
}

export const systemSyscalls: readonly SyscallDefinition[] = [
  syscall(160, "uname", ["ptr"], uname),
  syscall(179, "sysinfo", ["ptr"], sysinfo),
  syscall(278, "getrandom", ["ptr", "uint", "flags"], getrandom),
  syscall(168, "getcpu", ["ptr", "ptr"], getcpu),
  syscall(283, "membarrier", ["int", "flags", "int"], membarrier, {
    support: "partial",
    note: "reports that no command is supported",
  }),
  syscall(96, "set_tid_address", ["ptr"], (_kernel, process, address) => {
    process.clearOnEnd = address;
    return process.tid;
  }),
  syscall(99, "set_robust_list", ["ptr", "uint"], () => 0, {
    support: "partial",
    note: "accepted; the C library goes along the list when a thread ends",
  }),
  syscall(116, "syslog", ["int", "ptr", "int"], notPermitted, refused),
  syscall(142, "reboot", ["int", "int", "uint", "ptr"], notPermitted, refused),
  syscall(40, "mount", ["ptr", "ptr", "ptr", "flags", "ptr"], notPermitted, refused),
  syscall(39, "umount2", ["ptr", "flags"], notPermitted, refused),
  syscall(41, "pivot_root", ["ptr", "ptr"], notPermitted, refused),
  syscall(58, "vhangup", [], notPermitted, refused),
  syscall(89, "acct", ["ptr"], notPermitted, refused),
  syscall(97, "unshare", ["flags"], notPermitted, refused),
  syscall(268, "setns", ["fd", "int"], notPermitted, refused),
  syscall(117, "ptrace", ["int", "pid", "ptr", "ptr"], notPermitted, refused),
  syscall(161, "sethostname", ["ptr", "uint"], notPermitted, refused),
  syscall(162, "setdomainname", ["ptr", "uint"], notPermitted, refused),
  syscall(224, "swapon", ["ptr", "flags"], notPermitted, refused),
  syscall(225, "swapoff", ["ptr"], notPermitted, refused),
];
