import {
  SA_NODEFER,
  SIG_DFL,
  SIG_IGN,
  SIGCONT,
  SIGKILL,
  SIGSTOP,
  SIGTSTP,
  SIGTTIN,
  SIGTTOU,
} from "../abi/linux/signal.js";
import type { Kernel } from "./kernel.js";
import type { Process } from "./process.js";
import { isOrphaned } from "./process-groups.js";
import { defaultAction, type SignalInfo, signalBit } from "./signal-state.js";
import { WaitQueue } from "./wait-queue.js";

/** si_code values (sigaction(2)). */
export const SI_USER = 0;
export const SI_KERNEL = 0x80;
export const SI_TKILL = -6;
export const CLD_EXITED = 1;
export const CLD_KILLED = 2;
export const CLD_STOPPED = 5;
export const CLD_CONTINUED = 6;

const FROM_KERNEL: SignalInfo = { code: SI_KERNEL, pid: 0, uid: 0, status: 0 };
const STOP_SIGNALS = [SIGSTOP, SIGTSTP, SIGTTIN, SIGTTOU];

/** Sending and delivering signals (signal(7)). */
export class Signals {
  /** Woken when any signal becomes pending: what sigtimedwait(2) sleeps on. */
  readonly raised = new WaitQueue();

  constructor(private readonly kernel: Kernel) {}

  /**
   * Sends `signal` to a process, where any thread that does not block it may take it. What is ignored leaves no trace; what
   * is fatal takes effect when the process is next seen.
   */
  send(target: Process, signal: number, info: SignalInfo = FROM_KERNEL): void {
    this.sendTo(target.leader, "process", signal, info);
  }

  /** Sends `signal` to one thread. What it does to the process it does to all of it. */
  sendToThread(target: Process, signal: number, info: SignalInfo = FROM_KERNEL): void {
    this.sendTo(target, "thread", signal, info);
  }

  private sendTo(target: Process, whom: "thread" | "process", signal: number, info: SignalInfo): void {
    if (!target.alive || signal === 0 || target === this.kernel.init) return;
    const state = target.signals;
    if (signal === SIGCONT) this.resume(target);
    else if (STOP_SIGNALS.includes(signal)) state.discard(SIGCONT);

    if (signal === SIGKILL) {
      this.kill(target, signal);
      return;
    }
    const handler = state.handler(signal);
    const action = defaultAction(signal);
    const taker = whom === "thread" ? unlessBlocked(target, signal) : takerOf(target, signal);
    const blocked = taker === undefined;
    if (
      !blocked &&
      (handler === SIG_IGN || (handler === SIG_DFL && (action === "ignore" || action === "continue")))
    ) {
      return;
    }
    if (!blocked && handler === SIG_DFL && action === "terminate") {
      this.kill(target, signal);
      return;
    }
    if (signal === SIGSTOP || (!blocked && handler === SIG_DFL)) {
      this.stop(target, signal);
      return;
    }
    state.raise(signal, info, whom);
    this.raised.wake();
    if (taker !== undefined) this.notice(taker);
  }

  /**
   * Acts on every signal that became deliverable because the mask or an action changed: fatal ones mark the process, stops
   * stop it, ignored ones vanish. Caught ones stay pending for `deliver`.
   */
  review(process: Process): void {
    const state = process.signals;
    if (!state.hasPending) return;
    let left = state.pending;
    for (let signal = state.next(left); signal !== 0; signal = state.next(left)) {
      left &= ~signalBit(signal);
      if (state.handler(signal) !== SIG_DFL) {
        if (state.handler(signal) === SIG_IGN) state.discard(signal);
        continue;
      }
      state.discard(signal);
      const action = defaultAction(signal);
      if (action === "terminate") this.kill(process, signal);
      else if (action === "stop") this.stop(process, signal);
    }
  }

  /** The number of a caught signal that is ready to be delivered, or 0. */
  deliverable(process: Process): number {
    return process.signals.next();
  }

  /**
   * Writes the next caught signal into the program's signal slot, from where the C library calls the handler as soon as the
   * current system call returns. The handler's end comes back as rt_sigreturn with the mask to restore.
   */
  deliver(process: Process): void {
    this.review(process);
    const state = process.signals;
    const signal = state.next();
    process.instance?.setPendingFlag(false);
    if (signal === 0 || process.instance === undefined) {
      state.restoreSuspendedMask();
      return;
    }
    const action = state.action(signal);
    if (action === undefined) return;
    const info = state.take(signal);
    const oldMask = state.endSuspendedMask();
    process.instance.writeSignal(signal, action, oldMask, info);
    state.mask = oldMask | action.mask | ((action.flags & SA_NODEFER) === 0 ? signalBit(signal) : 0n);
    state.resetHandlerIfOneShot(signal);
  }

  private kill(target: Process, signal: number): void {
    for (const thread of target.threads) {
      thread.killedBy ??= signal;
      if (thread.state === "stopped") {
        thread.state = "blocked";
        thread.stoppedBy = undefined;
      }
      this.notice(thread);
    }
  }

  /** Lets a sleeping or computing thread see that something is up. */
  private notice(target: Process): void {
    target.instance?.setPendingFlag(true);
    this.kernel.scheduler.interrupt(target);
  }

  /** Where nobody could continue it, a process is only stopped by SIGSTOP. */
  private stop(target: Process, signal: number): void {
    if (signal !== SIGSTOP && isOrphaned(this.kernel, target.leader.pgid)) return;
    for (const thread of target.threads) {
      thread.stoppedBy = signal;
      if (thread.state === "blocked") this.kernel.scheduler.stopNow(thread);
      else thread.instance?.setPendingFlag(true);
    }
  }

  private resume(target: Process): void {
    for (const thread of target.threads) {
      for (const signal of STOP_SIGNALS) thread.signals.discard(signal);
      thread.stoppedBy = undefined;
      if (thread.state === "stopped") this.kernel.scheduler.continueStopped(thread);
      const { whenContinued } = thread;
      thread.whenContinued = undefined;
      whenContinued?.();
    }
  }
}

function unlessBlocked(thread: Process, signal: number): Process | undefined {
  return thread.signals.isBlocked(signal) ? undefined : thread;
}

/** The thread that takes a signal sent to its process: the leader if it does not block it, or another that does not. */
function takerOf(leader: Process, signal: number): Process | undefined {
  if (!leader.signals.isBlocked(signal)) return leader;
  for (const thread of leader.threads) if (!thread.signals.isBlocked(signal)) return thread;
  return undefined;
}
