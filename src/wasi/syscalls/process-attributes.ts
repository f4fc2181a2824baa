import {
  CAPABILITY_LAST,
  CAPABILITY_VERSION_1,
  CAPABILITY_VERSION_3,
  PR_CAPBSET_DROP,
  PR_CAPBSET_READ,
  PR_GET_CHILD_SUBREAPER,
  PR_GET_DUMPABLE,
  PR_GET_KEEPCAPS,
  PR_GET_NAME,
  PR_GET_NO_NEW_PRIVS,
  PR_GET_PDEATHSIG,
  PR_GET_TIMERSLACK,
  PR_SET_CHILD_SUBREAPER,
  PR_SET_DUMPABLE,
  PR_SET_KEEPCAPS,
  PR_SET_NAME,
  PR_SET_NO_NEW_PRIVS,
  PR_SET_PDEATHSIG,
  PR_SET_TIMERSLACK,
} from "../abi/linux/prctl.js";
import { NSIG } from "../abi/linux/signal.js";
import { Errno } from "../errno.js";
import { DEFAULT_TIMER_SLACK_NS, type ProcessAttributes } from "../kernel/attributes.js";
import type { Result } from "../kernel/blocked.js";
import { isPrivileged } from "../kernel/credentials.js";
import type { Kernel } from "../kernel/kernel.js";
import type { Process } from "../kernel/process.js";
import { decodeName, encodeName } from "../vfs/name.js";
import { type SyscallDefinition, syscall } from "./definition.js";

/** Size of a process name, NUL included. */
const NAME_SIZE = 16;
/** personality(2): only asks. */
const PERSONALITY_QUERY = 0xffff_ffff;

function set(process: Process, changes: Partial<ProcessAttributes>): number {
  process.attributes = { ...process.attributes, ...changes };
  return 0;
}

function flag(value: number): boolean {
  if (value !== 0 && value !== 1) throw Errno.EINVAL;
  return value === 1;
}

function writeInt(process: Process, ptr: number, value: number): number {
  process.memory.setI32(ptr, value);
  return 0;
}

function prctl(_kernel: Kernel, process: Process, operation: number, argument: number): Result {
  const { attributes } = process;
  switch (operation) {
    case PR_SET_NAME:
      return setName(process, argument);
    case PR_GET_NAME: {
      const name = encodeName(process.comm).subarray(0, NAME_SIZE - 1);
      process.memory.bytes(argument, NAME_SIZE).fill(0).set(name);
      return 0;
    }
    case PR_SET_PDEATHSIG:
      if (argument > NSIG) throw Errno.EINVAL;
      return set(process, { parentDeathSignal: argument });
    case PR_GET_PDEATHSIG:
      return writeInt(process, argument, attributes.parentDeathSignal);
    case PR_SET_DUMPABLE:
      return set(process, { dumpable: flag(argument) ? 1 : 0 });
    case PR_GET_DUMPABLE:
      return attributes.dumpable;
    case PR_SET_KEEPCAPS:
      return set(process, { keepCapabilities: flag(argument) });
    case PR_GET_KEEPCAPS:
      return Number(attributes.keepCapabilities);
    case PR_SET_NO_NEW_PRIVS:
      if (argument !== 1) throw Errno.EINVAL;
      return set(process, { noNewPrivileges: true });
    case PR_GET_NO_NEW_PRIVS:
      return Number(attributes.noNewPrivileges);
    case PR_SET_CHILD_SUBREAPER:
      return set(process, { childSubreaper: argument !== 0 });
    case PR_GET_CHILD_SUBREAPER:
      return writeInt(process, argument, Number(attributes.childSubreaper));
    case PR_SET_TIMERSLACK:
      return set(process, { timerSlackNs: argument === 0 ? DEFAULT_TIMER_SLACK_NS : argument });
    case PR_GET_TIMERSLACK:
      return attributes.timerSlackNs;
    case PR_CAPBSET_READ:
      if (argument > CAPABILITY_LAST) throw Errno.EINVAL;
      return 1;
    case PR_CAPBSET_DROP:
      throw Errno.EPERM;
    default:
      return -Errno.EINVAL.number;
  }
}

function setName(process: Process, ptr: number): number {
  const bytes = process.memory.bytes(ptr, 1);
  const room = new Uint8Array(bytes.buffer, bytes.byteOffset).subarray(0, NAME_SIZE - 1);
  const end = room.indexOf(0);
  process.comm = decodeName(end < 0 ? room : room.subarray(0, end));
  return 0;
}

/**
 * Every capability for root, none for anybody else (capabilities(7)): two words each of effective, permitted, inheritable.
 * A header of an unknown version gets the one that is understood.
 */
function capget(kernel: Kernel, process: Process, header: number, data: number): Result {
  const words = capabilityWords(process, header);
  const pid = process.memory.getI32(header + 4);
  if (pid < 0) throw Errno.EINVAL;
  const target = pid === 0 ? process : kernel.processes.get(pid);
  if (target === undefined) throw Errno.ESRCH;
  if (data === 0) return 0;
  capabilities(target, words).forEach((word, i) => {
    process.memory.setU32(data + 4 * i, word);
  });
  return 0;
}

function capset(_kernel: Kernel, process: Process, header: number, data: number): Result {
  const words = capabilityWords(process, header);
  const pid = process.memory.getI32(header + 4);
  if (pid !== 0 && pid !== process.pid) throw Errno.EPERM;
  const same = capabilities(process, words).every((word, i) => process.memory.getU32(data + 4 * i) === word);
  if (!same) throw Errno.EPERM;
  return 0;
}

/** How many words each set has in the layout of the header's version. */
function capabilityWords(process: Process, header: number): number {
  const version = process.memory.getU32(header);
  if (version === CAPABILITY_VERSION_1) return 1;
  if (version === CAPABILITY_VERSION_3) return 2;
  process.memory.setU32(header, CAPABILITY_VERSION_3);
  throw Errno.EINVAL;
}

function capabilities(process: Process, words: number): number[] {
  const all = isPrivileged(process.credentials);
  const low = all ? 0xffff_ffff : 0;
  const high = all ? 2 ** (CAPABILITY_LAST + 1 - 32) - 1 : 0;
  return words === 1 ? [low, low, 0] : [low, low, 0, high, high, 0];
}

function personality(_kernel: Kernel, process: Process, persona: number): Result {
  const before = process.attributes.personality;
  if (persona !== PERSONALITY_QUERY) set(process, { personality: persona });
  return before;
}

export const processAttributeSyscalls: readonly SyscallDefinition[] = [
  syscall(167, "prctl", ["int", "uint", "uint", "uint", "uint"], prctl, {
    support: "partial",
    note: "name, parent death signal, dumpable, keepcaps, no_new_privs, subreaper, timer slack; the last two change nothing",
  }),
  syscall(90, "capget", ["ptr", "ptr"], capget),
  syscall(91, "capset", ["ptr", "ptr"], capset, {
    support: "partial",
    note: "EPERM for dropping a part of root's capabilities",
  }),
  syscall(92, "personality", ["uint"], personality, {
    support: "partial",
    note: "kept and reported, but changes nothing",
  }),
];
