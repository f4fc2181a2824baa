import {
  NSIG,
  SA_RESETHAND,
  SIG_DFL,
  SIG_IGN,
  SIGCHLD,
  SIGCONT,
  SIGKILL,
  SIGSTOP,
  SIGTSTP,
  SIGTTIN,
  SIGTTOU,
  SIGURG,
  SIGWINCH,
} from "../abi/linux/signal.js";

/** What a process does with one signal (sigaction(2)). */
export interface SignalAction {
  /** SIG_DFL, SIG_IGN or the function's index in the program's table. */
  readonly handler: number;
  readonly flags: number;
  readonly mask: bigint;
}

/** Where a signal comes from (siginfo_t). */
export interface SignalInfo {
  readonly code: number;
  readonly pid: number;
  readonly uid: number;
  readonly status: number;
}

export type DefaultAction = "terminate" | "ignore" | "stop" | "continue";

/** SIGKILL and SIGSTOP, of the low half of a set, cannot be blocked, caught or ignored. */
const BLOCKABLE_LOW = ~((1 << (SIGKILL - 1)) | (1 << (SIGSTOP - 1)));

export function signalBit(signal: number): bigint {
  return 1n << BigInt(signal - 1);
}

/** The default actions of signal(7). */
export function defaultAction(signal: number): DefaultAction {
  switch (signal) {
    case SIGCHLD:
    case SIGURG:
    case SIGWINCH:
      return "ignore";
    case SIGCONT:
      return "continue";
    case SIGSTOP:
    case SIGTSTP:
    case SIGTTIN:
    case SIGTTOU:
      return "stop";
    default:
      return "terminate";
  }
}

/** Signals that have been raised and not delivered. */
class PendingSignals {
  set = 0n;
  readonly info = new Map<number, SignalInfo>();

  raise(signal: number, info: SignalInfo): void {
    this.set |= signalBit(signal);
    this.info.set(signal, info);
  }

  discard(signal: number): void {
    if (this.set === 0n) return;
    this.set &= ~signalBit(signal);
    this.info.delete(signal);
  }
}

/** What the threads of a process have in common: its actions, and what is pending for whoever takes it. */
class SharedSignals {
  actions: (SignalAction | undefined)[] = [];
  readonly pending = new PendingSignals();
}

/** The signal state of one thread: its mask, what is pending for it alone, and what it shares. */
export class SignalState {
  private readonly own = new PendingSignals();
  /** The mask in two halves of 32 signals: shells change it so often that a bigint for each time would show. */
  maskLow = 0;
  maskHigh = 0;
  /** The mask to go back to when a call that replaced it (sigsuspend, ppoll, pselect) ends. */
  private maskBeforeCall: bigint | undefined;

  constructor(private readonly shared = new SharedSignals()) {}

  action(signal: number): SignalAction | undefined {
    return this.shared.actions[signal];
  }

  setAction(signal: number, action: SignalAction): void {
    this.shared.actions[signal] = action;
    const ignored =
      action.handler === SIG_IGN || (action.handler === SIG_DFL && defaultAction(signal) === "ignore");
    if (ignored) this.discard(signal);
  }

  handler(signal: number): number {
    return this.shared.actions[signal]?.handler ?? SIG_DFL;
  }

  get mask(): bigint {
    return (BigInt(this.maskHigh >>> 0) << 32n) | BigInt(this.maskLow >>> 0);
  }

  set mask(mask: bigint) {
    this.setMask(Number(mask & 0xffffffffn), Number((mask >> 32n) & 0xffffffffn));
  }

  setMask(low: number, high: number): void {
    this.maskLow = low & BLOCKABLE_LOW;
    this.maskHigh = high | 0;
  }

  /** The signals raised and not delivered (sigpending(2)). */
  get pending(): bigint {
    return this.own.set | this.shared.pending.set;
  }

  get hasPending(): boolean {
    return this.own.set !== 0n || this.shared.pending.set !== 0n;
  }

  /** Those of `pending` that any thread of the process may take. */
  get pendingForProcess(): bigint {
    return this.shared.pending.set;
  }

  isBlocked(signal: number): boolean {
    const half = signal <= 32 ? this.maskLow : this.maskHigh;
    return ((half >>> ((signal - 1) & 31)) & 1) !== 0;
  }

  /** Raises a signal for this thread, or for whichever thread of its process takes it. */
  raise(signal: number, info: SignalInfo, whom: "thread" | "process"): void {
    (whom === "thread" ? this.own : this.shared.pending).raise(signal, info);
  }

  discard(signal: number): void {
    this.own.discard(signal);
    this.shared.pending.discard(signal);
  }

  /** The lowest pending signal in `set` that is not blocked, or 0. */
  next(set = ~0n): number {
    if (!this.hasPending) return 0;
    let candidates = this.pending & ~this.mask & set;
    for (let signal = 1; candidates !== 0n && signal <= NSIG; signal++, candidates >>= 1n) {
      if ((candidates & 1n) !== 0n) return signal;
    }
    return 0;
  }

  /** Takes a pending signal off the set. */
  take(signal: number): SignalInfo {
    const from = this.own.info.has(signal) ? this.own : this.shared.pending;
    const info = from.info.get(signal) ?? { code: 0, pid: 0, uid: 0, status: 0 };
    from.discard(signal);
    return info;
  }

  /** Puts `mask` in force for the duration of one call. The first run of the call counts; later runs change nothing. */
  suspendMask(mask: bigint): void {
    if (this.maskBeforeCall !== undefined) return;
    this.maskBeforeCall = this.mask;
    this.mask = mask;
  }

  get hasSuspendedMask(): boolean {
    return this.maskBeforeCall !== undefined;
  }

  /** Ends what `suspendMask` began and returns the mask that a handler run now has to restore. */
  endSuspendedMask(): bigint {
    const before = this.maskBeforeCall ?? this.mask;
    this.maskBeforeCall = undefined;
    return before;
  }

  restoreSuspendedMask(): void {
    if (this.maskBeforeCall !== undefined) this.mask = this.endSuspendedMask();
  }

  /** execve(2): handlers go back to the default, ignored signals stay ignored, mask and pending signals stay. */
  resetForExec(): void {
    this.shared.actions = this.shared.actions.map((action) =>
      action?.handler === SIG_IGN ? action : undefined,
    );
    this.maskBeforeCall = undefined;
  }

  resetHandlerIfOneShot(signal: number): void {
    const action = this.shared.actions[signal];
    if (action !== undefined && (action.flags & SA_RESETHAND) !== 0) this.shared.actions[signal] = undefined;
  }

  /** A new thread has the mask of the one that made it, and nothing pending of its own. */
  forThread(): SignalState {
    const state = new SignalState(this.shared);
    state.maskLow = this.maskLow;
    state.maskHigh = this.maskHigh;
    return state;
  }

  /** fork(2): the child has the same actions and mask, and nothing pending. */
  clone(): SignalState {
    const copy = new SignalState();
    copy.shared.actions = [...this.shared.actions];
    copy.maskLow = this.maskLow;
    copy.maskHigh = this.maskHigh;
    copy.maskBeforeCall = this.maskBeforeCall;
    return copy;
  }
}
