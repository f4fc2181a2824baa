import { TIMER_SLACK_MS, type Timer, type Timers } from "./timers.js";

/** What an interval timer counts in: milliseconds of some clock, which runs no faster than the monotonic one. */
export type ClockReader = () => number;

/**
 * A timer that expires once or again and again (setitimer(2), timer_create(2), timerfd_create(2)). On a CPU-time clock it asks
 * again when it could be due at the earliest, because a process cannot use more time than passes.
 */
export class IntervalTimer {
  private dueAt: number | undefined;
  private interval = 0;
  private timer: Timer | undefined;

  constructor(
    private readonly timers: Timers,
    private readonly monotonic: ClockReader,
    private readonly now: ClockReader,
    /** Told how often the timer has expired since the last time it was told. */
    private readonly onExpiry: (expirations: number) => void,
  ) {}

  /** Expires at `dueAt` on its clock, and every `intervalMs` after that unless that is 0. */
  start(dueAt: number, intervalMs: number): void {
    this.stop();
    this.dueAt = dueAt;
    this.interval = intervalMs;
    this.arm();
  }

  /** Expires after `delayMs` on its clock. */
  startIn(delayMs: number, intervalMs: number): void {
    this.start(this.now() + delayMs, intervalMs);
  }

  stop(): void {
    this.timer?.cancel();
    this.timer = undefined;
    this.dueAt = undefined;
  }

  /** Milliseconds to the next expiry; 0 when the timer is not running. */
  get remainingMs(): number {
    return this.dueAt === undefined ? 0 : Math.max(this.dueAt - this.now(), SMALLEST_MS);
  }

  get intervalMs(): number {
    return this.interval;
  }

  private arm(): void {
    if (this.dueAt === undefined) return;
    const wait = Math.max(this.dueAt - this.now(), 0);
    this.timer = this.timers.at(this.monotonic() + wait, () => this.check());
  }

  private check(): void {
    this.timer = undefined;
    if (this.dueAt === undefined) return;
    const late = this.now() + TIMER_SLACK_MS - this.dueAt;
    if (late < 0) {
      this.arm();
      return;
    }
    let expirations = 1;
    if (this.interval > 0) {
      expirations += Math.floor(late / this.interval);
      this.dueAt += expirations * this.interval;
      this.arm();
    } else {
      this.dueAt = undefined;
    }
    this.onExpiry(expirations);
  }
}

/** A running timer never shows 0, which would mean that it is not running. */
const SMALLEST_MS = 0.001;
