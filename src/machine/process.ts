import type { Outcome, OutputStream } from "./machine.js";
import type { LimitName } from "./session-limits.js";

/** A process that runs beside the session's shell, and which its client speaks with while it runs. */
export interface ProcessSettings {
  /** Shell text, evaluated by a copy of the session's shell as it is now: with its directory, variables and functions. */
  readonly text: string;
  /** Absolute or relative to the shell's directory. */
  readonly cwd?: string;
  /** Set (string) or unset (null). */
  readonly env?: Readonly<Record<string, string | null>>;
  /** `null`: end of file at once. `pipe`: what `write` brings. Not looked at with a terminal. */
  readonly stdin: "null" | "pipe";
  /** A terminal of its own for input, output and errors, which all come as `stdout`. */
  readonly terminal?: TerminalSize;
}

export interface TerminalSize {
  readonly rows: number;
  readonly columns: number;
}

export interface ProcessObserver {
  /** Called once, before all else, unless `failed` is. */
  started(pid: number): void;
  /** Bytes that it or a descendant wrote; they belong to the receiver. Returning false asks for no more until `resume`. */
  output(stream: OutputStream, bytes: Uint8Array): boolean;
  /** So many bytes of input have been taken by the pipe or terminal, or dropped because nobody reads them any more. */
  inputTaken(bytes: number): void;
  /** Called once: its first process has ended. Output may still come, from what it has left behind. */
  ended(end: ProcessEnd): void;
  /** Called once, after `ended`: nobody has its output open any more, so that none will come. */
  closed(): void;
  /** Called instead of all others when it could not be started; errors are as of MachineCalls. */
  failed(error: Error): void;
}

export interface ProcessEnd {
  readonly outcome: Outcome;
  /** Processor time of it and of the descendants that it waited for, in ms. */
  readonly cpuMs: number;
  /** One of the session's limits that it or a descendant ran into. */
  readonly limit?: LimitName | undefined;
}

export interface RunningProcess {
  /** Input, taken over by the machine. Whoever writes keeps to a window of bytes that are not taken yet. */
  write(bytes: Uint8Array): void;
  /** End of file after what has been written; for a terminal, the key ^D. */
  closeInput(): void;
  /** Sends a signal (`SIGTERM`) to it and all of its descendants, whatever process group or session they are in. */
  signal(name: string): void;
  /** Ends it and all of its descendants: SIGTERM first, SIGKILL after a short grace. */
  kill(): void;
  /** Does nothing without a terminal. */
  resize(size: TerminalSize): void;
  /** Takes up output that was held back. */
  resume(): void;
  /** How it is now. */
  usage(): ProcessUsage | Promise<ProcessUsage>;
}

export interface ProcessUsage {
  /** Whether its first process runs, or has been stopped by a signal. */
  readonly state: "running" | "stopped";
  /** As of ProcessEnd. */
  readonly cpuMs: number;
}
