import { NSIG, SIG_DFL, SIGKILL, SIGSTOP } from "../abi/linux/signal.js";
import { Errno } from "../errno.js";
import { isPrivileged } from "../kernel/credentials.js";
import type { Kernel } from "../kernel/kernel.js";
import type { Process } from "../kernel/process.js";
import type { SignalInfo } from "../kernel/signal-state.js";
import { SI_TKILL, SI_USER } from "../kernel/signals.js";
import { type SyscallDefinition, syscall } from "./definition.js";

const SIG_BLOCK = 0;
const SIG_UNBLOCK = 1;
const SIG_SETMASK = 2;
/** Where struct k_sigaction of the C library has its mask: after handler, flags and an unused restorer. */
const ACTION_MASK_OFFSET = 12;

function rtSigaction(_kernel: Kernel, process: Process, signal: number, act: number, old: number): number {
  if (signal < 1 || signal > NSIG) throw Errno.EINVAL;
  const { memory, signals } = process;
  if (act !== 0 && (signal === SIGKILL || signal === SIGSTOP)) throw Errno.EINVAL;
  const previous = signals.action(signal);
  const next =
    act === 0
      ? undefined
      : {
          handler: memory.getI32(act),
          flags: memory.getI32(act + 4),
          mask: memory.getU64(act + ACTION_MASK_OFFSET),
        };
  if (old !== 0) {
    memory.setI32(old, previous?.handler ?? SIG_DFL);
    memory.setI32(old + 4, previous?.flags ?? 0);
    memory.setU64(old + ACTION_MASK_OFFSET, previous?.mask ?? 0n);
  }
  if (next !== undefined) signals.setAction(signal, next);
  return 0;
}

function rtSigprocmask(kernel: Kernel, process: Process, how: number, set: number, old: number): number {
  const { memory, signals } = process;
  const { maskLow, maskHigh } = signals;
  if (set !== 0) {
    const low = memory.getI32(set);
    const high = memory.getI32(set + 4);
    if (how === SIG_BLOCK) signals.setMask(maskLow | low, maskHigh | high);
    else if (how === SIG_UNBLOCK) signals.setMask(maskLow & ~low, maskHigh & ~high);
    else if (how === SIG_SETMASK) signals.setMask(low, high);
    else throw Errno.EINVAL;
  }
  if (old !== 0) {
    memory.setI32(old, maskLow);
    memory.setI32(old + 4, maskHigh);
  }
  kernel.signals.review(process);
  if (signals.next() !== 0) process.instance?.setPendingFlag(true);
  return 0;
}

/** The end of a signal handler: the mask of before comes back, and the next signal, if any, is handed over. */
function rtSigreturn(kernel: Kernel, process: Process, low: number, high: number): number {
  process.signals.mask = BigInt.asUintN(64, (BigInt(high) << 32n) | BigInt(low >>> 0));
  kernel.signals.deliver(process);
  return 0;
}

function rtSigsuspend(kernel: Kernel, process: Process, set: number): number {
  process.signals.suspendMask(process.memory.getU64(set));
  kernel.signals.review(process);
  return process.sleepOn();
}

/** Takes a blocked signal off the pending set instead of handling it (sigwaitinfo(2)). */
function rtSigtimedwait(
  kernel: Kernel,
  process: Process,
  set: number,
  info: number,
  timeoutMs: number | undefined,
): number {
  const { signals, memory, call } = process;
  const wanted = memory.getU64(set);
  for (let signal = 1; signal <= NSIG; signal++) {
    const bit = 1n << BigInt(signal - 1);
    if ((signals.pending & wanted & bit) === 0n) continue;
    const from = signals.take(signal);
    if (info !== 0) {
      memory.bytes(info, 128).fill(0);
      memory.setI32(info, signal);
      memory.setI32(info + 8, from.code);
      memory.setI32(info + 12, from.pid);
      memory.setU32(info + 16, from.uid);
      memory.setI32(info + 20, from.status);
    }
    return signal;
  }
  if (call === undefined) throw Errno.EAGAIN;
  if (timeoutMs !== undefined) call.deadline ??= kernel.clock.monotonic() + timeoutMs;
  if (call.deadline !== undefined && kernel.clock.monotonic() >= call.deadline) throw Errno.EAGAIN;
  process.sleepOn(kernel.signals.raised);
  return process.sleepUntil(call.deadline ?? Number.POSITIVE_INFINITY);
}

function timespec64(process: Process, address: number): number | undefined {
  if (address === 0) return undefined;
  return Number(process.memory.getI64(address)) * 1000 + process.memory.getI32(address + 8) / 1e6;
}

function maySignal(sender: Process, target: Process): boolean {
  if (isPrivileged(sender.credentials)) return true;
  const { ruid, euid } = sender.credentials;
  const { ruid: targetReal, suid: targetSaved } = target.credentials;
  return ruid === targetReal || ruid === targetSaved || euid === targetReal || euid === targetSaved;
}

function kill(kernel: Kernel, process: Process, pid: number, signal: number): number {
  if (signal < 0 || signal > NSIG) throw Errno.EINVAL;
  const targets = killTargets(kernel, process, pid).filter((target) => target.state !== "dead");
  if (targets.length === 0) throw Errno.ESRCH;
  const allowed = targets.filter((target) => maySignal(process, target));
  if (allowed.length === 0) throw Errno.EPERM;
  for (const target of allowed) kernel.signals.send(target, signal, from(process, SI_USER));
  return 0;
}

function killTargets(kernel: Kernel, process: Process, pid: number): Process[] {
  if (pid > 0) {
    const target = kernel.processes.get(pid);
    return target === undefined ? [] : [target];
  }
  if (pid === -1)
    return kernel.processes.all().filter((target) => target !== process.leader && target.pid !== 1);
  return kernel.processes.inGroup(pid === 0 ? process.leader.pgid : -pid);
}

function tgkill(kernel: Kernel, process: Process, pid: number, tid: number, signal: number): number {
  if (signal < 0 || signal > NSIG || pid <= 0 || tid <= 0) throw Errno.EINVAL;
  const target = kernel.processes.thread(tid);
  if (target === undefined || target.pid !== pid) throw Errno.ESRCH;
  if (!maySignal(process, target)) throw Errno.EPERM;
  kernel.signals.sendToThread(target, signal, from(process, SI_TKILL));
  return 0;
}

function tkill(kernel: Kernel, process: Process, tid: number, signal: number): number {
  const pid = kernel.processes.thread(tid)?.pid ?? tid;
  return tgkill(kernel, process, pid, tid, signal);
}

function from(sender: Process, code: number): SignalInfo {
  return { code, pid: sender.pid, uid: sender.credentials.ruid, status: 0 };
}

export const signalSyscalls: readonly SyscallDefinition[] = [
  syscall(134, "rt_sigaction", ["signal", "ptr", "ptr"], rtSigaction),
  syscall(135, "rt_sigprocmask", ["int", "ptr", "ptr"], rtSigprocmask),
  syscall(139, "rt_sigreturn", ["int", "int"], rtSigreturn),
  syscall(136, "rt_sigpending", ["ptr"], (_kernel, process, set) => {
    process.memory.setU64(set, process.signals.pending);
    return 0;
  }),
  syscall(133, "rt_sigsuspend", ["ptr"], rtSigsuspend),
  syscall(137, "rt_sigtimedwait", ["ptr", "ptr", "ptr"], (kernel, process, set, info, timeout) =>
    rtSigtimedwait(
      kernel,
      process,
      set,
      info,
      timeout === 0
        ? undefined
        : process.memory.getI32(timeout) * 1000 + process.memory.getI32(timeout + 4) / 1e6,
    ),
  ),
  syscall(421, "rt_sigtimedwait_time64", ["ptr", "ptr", "ptr"], (kernel, process, set, info, timeout) =>
    rtSigtimedwait(kernel, process, set, info, timespec64(process, timeout)),
  ),
  syscall(129, "kill", ["pid", "signal"], kill),
  syscall(130, "tkill", ["pid", "signal"], tkill),
  syscall(131, "tgkill", ["pid", "pid", "signal"], tgkill),
  syscall(132, "sigaltstack", ["ptr", "ptr"], () => 0, {
    support: "partial",
    note: "accepted; handlers run on the ordinary stack",
  }),
];
