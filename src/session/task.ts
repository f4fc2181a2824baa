import type { Call, CallName, CallResult } from "../machine/calls/index.js";
import type { Command, Outcome, OutputStream } from "../machine/machine.js";
import type { CallError, KeptStreams, OutputPlan } from "../machine/messages.js";
import type { LimitName } from "../machine/session-limits.js";
import type { ManagedProcess } from "./managed-process.js";

/** What a session has to do, one task at a time. `settle` is called exactly once. */
export type Task = ShellTask | StartTask | CallTask;

export interface ShellTask {
  readonly kind: "shell";
  readonly command: Command;
  readonly plan: OutputPlan;
  readonly timeLimitMs: number;
  /** Streamed output. `passedOn` is to be called when there is room for more. */
  onOutput(stream: OutputStream, bytes: Uint8Array, passedOn: () => void): void;
  settle(end: TaskEnd<ShellValue>): void;
}

/** To start a process; done when it runs. */
export interface StartTask {
  readonly kind: "start";
  readonly process: ManagedProcess;
  /** `pid` in the sandbox. */
  settle(end: TaskEnd<number>): void;
}

export interface CallTask {
  readonly kind: "call";
  readonly call: Call;
  /** Buffers that are handed over to the worker. */
  readonly transfer: readonly ArrayBuffer[];
  settle(end: TaskEnd<CallResult<CallName>>): void;
}

export type TaskEnd<Value> =
  | { readonly kind: "finished"; readonly value: Value; readonly stateLost: boolean }
  | { readonly kind: "failed"; readonly error: CallError; readonly stateLost: boolean }
  /** The machine broke under the task. */
  | { readonly kind: "lost"; readonly reason: string }
  /** The task was taken out of the queue. */
  | { readonly kind: "dropped"; readonly why: DropReason };

export type DropReason = "cancelled" | "shutting_down" | "not_opened";

export interface ShellValue {
  readonly outcome: Exclude<Outcome, { kind: "lost" }>;
  readonly output: KeptStreams;
  readonly durationMs: number;
  readonly limit: LimitName | undefined;
  /** What the command has left running. */
  readonly process: ManagedProcess | undefined;
  readonly timedOut: boolean;
  readonly cancelled: boolean;
}
