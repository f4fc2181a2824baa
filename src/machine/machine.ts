import type { MachineCalls } from "./calls/index.js";
import type { ProcessObserver, ProcessSettings, RunningProcess } from "./process.js";
import type { LimitName, SessionLimits } from "./session-limits.js";

export type Backend = "wasi" | "v86";

/**
 * The interface that both backends implement. A machine lives in the worker thread of one session. The `wasi` backend gives its
 * results at once: while one of its guests computes, the worker's event loop does not turn, and only plain calls and callbacks
 * get through. What the `v86` backend does takes turns of that loop, so that its results are promises.
 */
export interface Machine extends MachineCalls {
  readonly backend: Backend;

  /** Runs a command in the session's shell, or in a fresh one if `isolated`. One at a time per machine. */
  run(command: Command, observer: CommandObserver): RunningCommand;

  /** Starts a process beside the session's shell, any number at the same time. */
  startProcess(settings: ProcessSettings, observer: ProcessObserver): RunningProcess;
}

export interface Command {
  /** Shell text. Never contains NUL. */
  readonly text: string;
  /** A fresh `bash -c` instead of the session's shell. */
  readonly isolated: boolean;
  /** Absolute or relative to the shell's directory; only for this command. */
  readonly cwd?: string;
  /** Set (string) or unset (null) for this command only. */
  readonly env?: Readonly<Record<string, string | null>>;
  /** The command's standard input, all of it; end of file follows. */
  readonly stdin: Uint8Array;
}

export type OutputStream = "stdout" | "stderr";

/** How a command ended. It exited with a code, or a signal ended it; `lost` when the machine broke under it. */
export type Outcome =
  | { readonly kind: "exit"; readonly code: number }
  | { readonly kind: "signal"; readonly signal: string }
  | { readonly kind: "lost"; readonly reason: string };

export interface CommandObserver {
  /** Bytes the command wrote; they belong to the receiver. Returning false asks for no more until `RunningCommand.resume`. */
  output(stream: OutputStream, bytes: Uint8Array): boolean;
  /** Called exactly once, after all output, unless `failed` is. */
  done(outcome: Outcome, rest?: CommandRest): void;
  /** The command could not be started after all; errors are as of `Machine.readFile`. */
  failed(error: Error): void;
}

export interface CommandRest {
  /** One of the session's limits that the command ran into. */
  readonly limit?: LimitName | undefined;
  /** There if processes of the command go on: makes them a process that `by` hears of. To be called at once. */
  adopt?(by: ProcessObserver): RunningProcess;
}

export interface RunningCommand {
  /** Ends the command and every process it started: SIGTERM first, SIGKILL after a short grace. `done` follows. */
  kill(): void;
  /** Takes up output that was held back. */
  resume(): void;
}

/** A directory of the host that the guest sees. */
export interface MountOptions {
  /** Absolute path of the directory on the host. */
  readonly host: string;
  /** Absolute path in the guest, without `.`, `..` and symbolic links; made if it does not exist. */
  readonly guest: string;
  /** `ro`: to be read. `rw`: changed in place. `overlay`: what the guest changes stays with the session. */
  readonly mode: "ro" | "rw" | "overlay";
}

/** What a machine is made from. Everything in it can be posted to a worker. */
export interface MachineOptions {
  readonly backend: Backend;
  readonly user: "root" | "user";
  readonly cwd?: string;
  readonly env: Readonly<Record<string, string>>;
  readonly memoryLimitBytes: number;
  readonly limits: SessionLimits;
  readonly hostname: string;
  readonly mounts: readonly MountOptions[];
}
