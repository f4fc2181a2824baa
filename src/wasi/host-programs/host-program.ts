import type { Process } from "../kernel/process.js";
import type { UserMemory } from "../kernel/user-memory.js";
import type { HostCalls } from "./host-calls.js";

/**
 * A program that is TypeScript of ours, in a process like any other: it has a memory, makes system calls with addresses in it,
 * and is suspended while it waits.
 */
export interface HostProgram {
  readonly memory: UserMemory;
  /**
   * The program from its beginning to its end, which returns its exit code. Where it yields, it is suspended until the system call
   * under way has a result, with which it is resumed: `yield* calls.wait(...)` does both.
   */
  main(): Generator<void, number, number>;
  /** A signal that the program catches has come in. */
  signal(signal: number): void;
}

/** What execve(2) hands over. */
export interface HostProgramStart {
  readonly process: Process;
  readonly calls: HostCalls;
  /**
   * Whether it may make calls that cannot suspend it (`HostCalls.call`) wherever it likes: the processes that it waits for run on
   * top of its stack. One process of a kernel may. Two would each wait for what lies below the other.
   */
  readonly mayPin: boolean;
  /** The path by which the program is executed: one program may be several commands. */
  readonly path: string;
  readonly argv: readonly string[];
  readonly environ: readonly string[];
}
