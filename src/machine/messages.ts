import type { Call, CallName, CallResult } from "./calls/index.js";
import type { Frozen } from "./calls/snapshot.js";
import type { Backend, Command, MachineOptions, Outcome, OutputStream } from "./machine.js";
import type { ProcessEnd, ProcessSettings, ProcessUsage, TerminalSize } from "./process.js";
import type { LimitName } from "./session-limits.js";

/** What the main thread and a session's worker tell each other. `request` is a number that the main thread gives out. */

export type ToWorker =
  /** First of all: where the images are, and which machine will be asked for, most likely. */
  | {
      readonly kind: "prepare";
      readonly imagesPath: string;
      readonly codeCachePath: string;
      readonly logLevel: LogLevel;
      readonly backend: Backend;
    }
  /** Programs that another thread has compiled. */
  | { readonly kind: "modules"; readonly modules: Readonly<Record<string, WebAssembly.Module>> }
  /**
   * Makes the machine; a machine that is there already is thrown away. `v86`: for a v86 machine, or why it cannot be made. `from`:
   * where it is to go on, of the same backend; undefined: from the beginning.
   */
  | {
      readonly kind: "start";
      readonly options: MachineOptions;
      readonly v86?: V86Parts | Error | undefined;
      readonly from?: Frozen | undefined;
    }
  | { readonly kind: "run"; readonly request: number; readonly command: Command; readonly output: OutputPlan }
  | { readonly kind: "kill"; readonly request: number }
  | { readonly kind: "start_process"; readonly request: number; readonly process: ProcessSettings }
  /** To a process that has been started, by that request's number: what RunningProcess has methods for. */
  | { readonly kind: "input"; readonly request: number; readonly bytes: Uint8Array; readonly eof: boolean }
  | { readonly kind: "signal"; readonly request: number; readonly signal: string }
  | { readonly kind: "resize"; readonly request: number; readonly size: TerminalSize }
  /** Asks how all processes are that have been started. */
  | { readonly kind: "usage"; readonly request: number }
  /** The main thread has passed on this much streamed output. */
  | { readonly kind: "credit"; readonly request: number; readonly bytes: number }
  | { readonly kind: "call"; readonly request: number; readonly call: Call };

/** What happens to a command's output: kept in the worker up to a limit per stream, or sent on as it comes. */
export type OutputPlan =
  | { readonly mode: "keep"; readonly maxBytes: number }
  | { readonly mode: "stream"; readonly maxBytes: number | undefined };

/** What is left of one output stream: all of it, or its first and last bytes. */
export interface KeptOutput {
  readonly head: Uint8Array;
  readonly tail: Uint8Array;
  /** Bytes that the command wrote. */
  readonly total: number;
}

export type KeptStreams = Readonly<Record<OutputStream, KeptOutput>>;

export interface CallError {
  readonly code: string;
  readonly message: string;
  /** The file it is about, when a call is about several. */
  readonly path?: string;
}

/** The large parts of a v86 machine, which all of a daemon share: the emulator, and the state that each machine begins with. */
export interface V86Parts {
  readonly emulator: WebAssembly.Module;
  readonly state: SharedArrayBuffer;
}

export type FromWorker =
  /** The machine is made and takes requests. */
  | { readonly kind: "started" }
  | {
      readonly kind: "output";
      readonly request: number;
      readonly stream: OutputStream;
      readonly bytes: Uint8Array;
    }
  /** What a command that is being killed has written so far, in case that the machine never ends it. */
  | { readonly kind: "so_far"; readonly request: number; readonly output: KeptStreams }
  | {
      readonly kind: "done";
      readonly request: number;
      readonly outcome: Outcome;
      readonly limit: LimitName | undefined;
      readonly output: KeptStreams;
      readonly durationMs: number;
      /** Processes of the command go on, as one that is known by the same request. */
      readonly leftBehind: boolean;
    }
  | { readonly kind: "process_started"; readonly request: number; readonly pid: number }
  | { readonly kind: "input_taken"; readonly request: number; readonly bytes: number }
  | { readonly kind: "process_ended"; readonly request: number; readonly end: ProcessEnd }
  /** No more output will come of a process that has ended. */
  | { readonly kind: "process_closed"; readonly request: number }
  | { readonly kind: "usages"; readonly request: number; readonly usages: ReadonlyMap<number, ProcessUsage> }
  /** The command or process could not be started. */
  | { readonly kind: "refused"; readonly request: number; readonly error: CallError }
  | { readonly kind: "returned"; readonly request: number; readonly value: CallResult<CallName> }
  | { readonly kind: "threw"; readonly request: number; readonly error: CallError }
  /** A program that this worker had to compile, for the others to share. */
  | { readonly kind: "compiled"; readonly name: string; readonly module: WebAssembly.Module }
  | { readonly kind: "log"; readonly entry: LogEntry };

/** `trace`: one entry per system call of the guests. */
export type LogLevel = "trace" | "debug" | "info" | "warn" | "error";

export const LOG_LEVELS: readonly LogLevel[] = ["trace", "debug", "info", "warn", "error"];

export function isLogged(level: LogLevel, threshold: LogLevel): boolean {
  return LOG_LEVELS.indexOf(level) >= LOG_LEVELS.indexOf(threshold);
}

export interface LogEntry {
  readonly level: LogLevel;
  readonly message: string;
  readonly fields?: Readonly<Record<string, unknown>>;
}
