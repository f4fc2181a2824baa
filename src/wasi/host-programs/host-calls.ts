import { BLOCKED, type Result } from "../kernel/blocked.js";
import { LEAVE } from "../kernel/instance.js";
import type { Process, Registers } from "../kernel/process.js";

/** What a call returns that a signal handler has interrupted and that is to be made again (ERESTARTSYS). */
const RESTART = -512;

/** The system calls of a host program. They return what Linux returns: a negative errno when they fail. */
export class HostCalls {
  constructor(
    private readonly process: Process,
    /** Accounts for the memory that the program uses by now. False when there is no more: the process is to die. */
    private readonly charge: () => boolean,
  ) {}

  /** `yield* wait(...)`: suspends the program while the call waits. */
  *wait(number: number, ...registers: Registers): Generator<void, number, number> {
    for (;;) {
      const now = this.attempt(number, registers);
      const result = now === BLOCKED ? yield : now;
      this.settle();
      if (result !== RESTART) return result;
    }
  }

  /** Gives the other processes a turn, if the program has used up its own. */
  *giveWay(): Generator<void, void, number> {
    if (this.process.kernel.scheduler.mustGiveWay(this.process)) yield;
    this.settle();
  }

  /** For where the program cannot be suspended: while the call waits, other processes run on top of its stack. */
  call(number: number, ...registers: Registers): number {
    for (;;) {
      const now = this.attempt(number, registers);
      const result = now === BLOCKED ? this.process.kernel.scheduler.waitOnTop(this.process) : now;
      this.settle();
      if (result !== RESTART) return result;
    }
  }

  /** As much of the call as can be done without waiting: BLOCKED when that is nothing. */
  tryCall(number: number, ...registers: Registers): Result {
    const { process } = this;
    let result = this.attempt(number, registers);
    if (result === BLOCKED) {
      if (process.call !== undefined && process.call.done > 0) result = process.call.done;
      process.call = undefined;
      process.stopSleeping();
    }
    this.settle();
    return result;
  }

  /** To be called now and then by what computes for long: its import `k.fuel`. */
  fuel(): void {
    if (!this.charge()) throw LEAVE;
    this.process.kernel.scheduler.fuel(this.process);
  }

  private attempt(number: number, registers: Registers): Result {
    const { process } = this;
    if (!this.charge()) throw LEAVE;
    process.memory.refresh();
    return process.kernel.syscalls.runBlocking(process, number, registers);
  }

  /** Takes in signals. A handler runs in the program's own time, so that nothing is masked meanwhile. */
  private settle(): void {
    const { process } = this;
    const { signals, kernel } = process;
    while (signals.hasPending && !process.leaving) {
      const { mask } = signals;
      const caught = signals.next() !== 0;
      kernel.signals.deliver(process);
      if (!caught) break;
      signals.mask = mask;
    }
    if (process.leaving) throw LEAVE;
  }
}
