import { SIGALRM, SIGPROF, SIGVTALRM } from "../abi/linux/signal.js";
import { ITIMER_PROF, ITIMER_REAL, ITIMER_VIRTUAL } from "../abi/linux/time.js";
import { Errno } from "../errno.js";
import { type ClockReader, IntervalTimer } from "./interval-timer.js";
import type { Process } from "./process.js";

const ITIMER_SIGNALS: Readonly<Record<number, number>> = {
  [ITIMER_REAL]: SIGALRM,
  [ITIMER_VIRTUAL]: SIGVTALRM,
  [ITIMER_PROF]: SIGPROF,
};

/** One timer of timer_create(2). */
export interface PosixTimer {
  readonly now: ClockReader;
  readonly interval: IntervalTimer;
  /** Expirations beyond the one that the last signal stands for. */
  overrun: number;
}

/** The timers that send signals to one process. A child starts with none; POSIX timers do not survive execve(2). */
export class ProcessTimers {
  private readonly itimers = new Map<number, IntervalTimer>();
  readonly posix = new Map<number, PosixTimer>();

  constructor(private readonly process: Process) {}

  /** ITIMER_REAL, ITIMER_VIRTUAL or ITIMER_PROF; EINVAL for any other. */
  itimer(which: number): IntervalTimer {
    const known = this.itimers.get(which);
    if (known !== undefined) return known;
    const signal = ITIMER_SIGNALS[which];
    if (signal === undefined) throw Errno.EINVAL;
    const { kernel } = this.process;
    const monotonic = () => kernel.clock.monotonic();
    const cpuTime = () => kernel.scheduler.cpuMs(this.process);
    const timer = new IntervalTimer(
      kernel.timers,
      monotonic,
      which === ITIMER_REAL ? monotonic : cpuTime,
      () => kernel.signals.send(this.process, signal),
    );
    this.itimers.set(which, timer);
    return timer;
  }

  /** Puts a POSIX timer under the lowest free number. */
  add(timer: PosixTimer): number {
    let id = 0;
    while (this.posix.has(id)) id++;
    this.posix.set(id, timer);
    return id;
  }

  deletePosixTimers(): void {
    for (const { interval } of this.posix.values()) interval.stop();
    this.posix.clear();
  }

  stopAll(): void {
    this.deletePosixTimers();
    for (const timer of this.itimers.values()) timer.stop();
  }
}
