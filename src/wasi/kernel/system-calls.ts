import { SA_RESTART } from "../abi/linux/signal.js";
import { Errno } from "../errno.js";
import type { SyscallDefinition } from "../syscalls/definition.js";
import { formatCall } from "../syscalls/strace.js";
import { BLOCKED, type Result } from "./blocked.js";
import type { Kernel } from "./kernel.js";
import type { PendingCall, Process, Registers } from "./process.js";

/** Tells the C library to run the signal handler and then make the same call again (the kernel's ERESTARTSYS). */
const RESTART = -512;

/**
 * Calls that fail with EINTR after a handler has run, SA_RESTART or not (signal(7), "Interruption of system calls").
 */
const NEVER_RESTARTED = new Set([
  "rt_sigsuspend",
  "rt_sigtimedwait",
  "rt_sigtimedwait_time64",
  "nanosleep",
  "clock_nanosleep_time32",
  "clock_nanosleep_time64",
  "ppoll",
  "ppoll_time64",
  "pselect6",
  "pselect6_time64",
  "epoll_pwait",
  "epoll_pwait2",
]);

const NO_REGISTERS: Registers = [0, 0, 0, 0, 0, 0];

/** The way from a program's trap into the kernel to the handler, and back with a result or an errno. */
export class SystemCalls {
  private readonly table: (SyscallDefinition | undefined)[] = [];
  private readonly tracing: boolean;
  /** How often calls that do not exist were made, by number. */
  readonly unknown = new Map<number, number>();

  constructor(
    private readonly kernel: Kernel,
    definitions: readonly SyscallDefinition[],
  ) {
    this.tracing = kernel.options.trace !== undefined;
    for (const definition of definitions) this.table[definition.number] = definition;
  }

  /** A call that never suspends. */
  run(
    process: Process,
    number: number,
    a: number,
    b: number,
    c: number,
    d: number,
    e: number,
    f: number,
  ): Result {
    const result = this.dispatch(process, number, a, b, c, d, e, f);
    if (this.tracing) this.trace(process, number, [a, b, c, d, e, f], result);
    return result;
  }

  /** A call that may return BLOCKED; the scheduler then calls `retry` when something has woken the process. */
  runBlocking(process: Process, number: number, registers: Registers): Result {
    process.call = {
      number,
      args: registers,
      done: 0,
      deadline: undefined,
      scratch: undefined,
      interrupted: process.signals.next() !== 0,
    };
    const result = this.attempt(process, process.call);
    if (result !== BLOCKED) process.call = undefined;
    if (this.tracing) this.trace(process, number, registers, result);
    return result;
  }

  /** A call of a program of another ABI: `attempt` is run like a handler, and like one again after every wake-up. */
  runForeign(process: Process, attempt: () => Result): Result {
    process.call = {
      number: -1,
      args: NO_REGISTERS,
      done: 0,
      deadline: undefined,
      scratch: undefined,
      interrupted: false,
      attempt,
    };
    const result = this.attempt(process, process.call);
    if (result !== BLOCKED) process.call = undefined;
    return result;
  }

  /** Runs the handler of a blocked call again. */
  retry(process: Process, call: PendingCall): Result {
    process.memory.refresh();
    call.interrupted = process.signals.next() !== 0;
    const result = this.attempt(process, call);
    if (result !== BLOCKED) {
      process.call = undefined;
      if (call.attempt === undefined && this.tracing) this.trace(process, call.number, call.args, result);
    }
    return result;
  }

  private attempt(process: Process, call: PendingCall): Result {
    const [a, b, c, d, e, f] = call.args;
    const result = call.attempt?.() ?? this.dispatch(process, call.number, a, b, c, d, e, f);
    if (result !== BLOCKED) {
      process.stopSleeping();
      return result;
    }
    if (process.forking !== undefined) return BLOCKED;
    // A handler may have changed the mask (sigsuspend, ppoll), so that what was blocked before is deliverable now.
    if (process.signals.next() === 0) return BLOCKED;
    this.kernel.signals.review(process);
    if (process.killedBy !== undefined || process.signals.next() === 0) return BLOCKED;
    process.stopSleeping();
    return this.interruptedResult(process, call);
  }

  private interruptedResult(process: Process, call: PendingCall): Result {
    if (call.done > 0) return call.done;
    const name = this.table[call.number]?.name ?? "";
    const action = process.signals.action(process.signals.next());
    const restarts = action !== undefined && (action.flags & SA_RESTART) !== 0 && !NEVER_RESTARTED.has(name);
    return restarts ? RESTART : -Errno.EINTR.number;
  }

  private dispatch(
    process: Process,
    number: number,
    a: number,
    b: number,
    c: number,
    d: number,
    e: number,
    f: number,
  ): Result {
    const definition = this.table[number];
    if (definition === undefined) {
      this.unknown.set(number, (this.unknown.get(number) ?? 0) + 1);
      return -Errno.ENOSYS.number;
    }
    try {
      return definition.invoke(this.kernel, process, a, b, c, d, e, f);
    } catch (error) {
      if (error instanceof Errno) {
        if (error === Errno.EMFILE) process.leader.job?.noteLimit("open_files");
        return -error.number;
      }
      this.kernel.reportBug(`system call ${definition.name}`, error);
      return -Errno.EIO.number;
    }
  }

  private trace(process: Process, number: number, registers: readonly number[], result: Result): void {
    this.kernel.options.trace?.(formatCall(process, this.table[number], number, registers, result));
  }
}
