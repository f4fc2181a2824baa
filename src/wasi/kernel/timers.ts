import type { Clock } from "./clock.js";

/** Due at `deadline`, in ms of the monotonic clock. */
export class Timer {
  cancelled = false;

  constructor(
    readonly deadline: number,
    readonly callback: () => void,
  ) {}

  cancel(): void {
    this.cancelled = true;
  }
}

/** Slack in ms within which a timer counts as due; the host's timers are no finer than that. */
export const TIMER_SLACK_MS = 0.05;

/**
 * The timers of one kernel. While guests compute, the scheduler asks for due timers; while all sleep, one host timer is
 * armed for the earliest.
 */
export class Timers {
  /** Sorted by deadline, the latest first, so that the next one is popped from the end. */
  private readonly pending: Timer[] = [];
  private hostTimer: ReturnType<typeof setTimeout> | undefined;
  private hostDeadline = Number.POSITIVE_INFINITY;

  constructor(
    private readonly clock: Clock,
    /** Called on the event loop after timers have fired there. */
    private readonly onHostTimer: () => void,
  ) {}

  at(deadline: number, callback: () => void): Timer {
    const timer = new Timer(deadline, callback);
    let low = 0;
    let high = this.pending.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.pending[middle] as Timer).deadline > deadline) low = middle + 1;
      else high = middle;
    }
    this.pending.splice(low, 0, timer);
    return timer;
  }

  /** Runs what is due. */
  fire(): void {
    if (this.pending.length === 0) return;
    const now = this.clock.monotonic() + TIMER_SLACK_MS;
    for (;;) {
      const next = this.pending.at(-1);
      if (next === undefined || (!next.cancelled && next.deadline > now)) return;
      this.pending.pop();
      if (!next.cancelled) next.callback();
    }
  }

  /** Makes sure that the host calls back when the earliest timer is due. */
  arm(): void {
    while (this.pending.at(-1)?.cancelled) this.pending.pop();
    const deadline = this.pending.at(-1)?.deadline ?? Number.POSITIVE_INFINITY;
    if (deadline === this.hostDeadline) return;
    this.disarm();
    if (deadline === Number.POSITIVE_INFINITY) return;
    this.hostDeadline = deadline;
    const delay = Math.min(Math.max(0, deadline - this.clock.monotonic()), MAX_HOST_DELAY_MS);
    this.hostTimer = setTimeout(() => {
      this.hostDeadline = Number.POSITIVE_INFINITY;
      this.fire();
      this.onHostTimer();
    }, delay);
  }

  private disarm(): void {
    clearTimeout(this.hostTimer);
    this.hostDeadline = Number.POSITIVE_INFINITY;
  }
}

/** setTimeout treats a longer delay as 1 ms. */
const MAX_HOST_DELAY_MS = 0x7fff_ffff;
