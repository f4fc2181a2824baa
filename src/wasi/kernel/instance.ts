import { Errno } from "../errno.js";
import type { Process } from "./process.js";
import type { SignalAction, SignalInfo } from "./signal-state.js";
import type { UserMemory } from "./user-memory.js";

/** Thrown through a program's frames to leave it for good: it exits, is killed, or becomes another program. */
export class LeaveProgram {}
export const LEAVE = new LeaveProgram();

/**
 * - `suspended`: the program waits in a system call and can be resumed
 * - `returned`: its entry point came to an end
 */
export type RunResult = "suspended" | "returned";

/** What a new thread is given: the stack's lowest address, where it begins, and the thread pointer. */
export interface ThreadStack {
  readonly low: number;
  readonly high: number;
  readonly threadPointer: number;
}

/**
 * A program in a memory, belonging to one thread of a process: what the scheduler starts and resumes. Each ABI has its own kind.
 */
export abstract class Instance {
  abstract readonly memory: UserMemory;
  /** What the suspended system call returns when the program is resumed. */
  result = 0;

  constructor(public process: Process) {}

  /** Starts the program, or resumes it with `result`. Throws LEAVE, or what WebAssembly throws when the program traps. */
  abstract run(): RunResult;

  /** A copy for a forked child; only called while suspended. ENOSYS where the ABI has no fork. */
  fork(_child: Process): Instance {
    throw Errno.ENOSYS;
  }

  /** Another thread of the same program, about to start; see clone3(2). ENOSYS where the ABI has none. */
  startThread(_thread: Process, _stack: ThreadStack): Instance {
    throw Errno.ENOSYS;
  }

  /** brk(2): the new end of the heap, or the old one when it cannot be moved. 0 where the ABI has no such call. */
  setBreak(_address: number): number {
    return 0;
  }

  /** Bytes of memory this program is charged for. */
  abstract get chargedBytes(): number;

  /** Tells the program to look for signals, or to give way, at the next point where it can; nothing where the ABI has none. */
  setPendingFlag(_on: boolean): void {}

  /** Whether it has been told so and has not looked yet. */
  get pendingFlag(): boolean {
    return false;
  }

  /** Hands a caught signal to the program; see `Signals.deliver`. */
  abstract writeSignal(signal: number, action: SignalAction, oldMask: bigint, info: SignalInfo): void;

  /** The thread is done with it. `clean` when no trap left its memory in an unknown state. */
  abstract release(clean: boolean): void;
}
