import type { LimitUse } from "../session-limits.js";

/** What a machine does with the session as a whole. */
export interface SessionCalls {
  /** Ends every process and brings back the base image; with `keepFiles` the files stay. */
  reset(request: { readonly keepFiles: boolean }): void | Promise<void>;

  status(request: Record<never, never>): MachineStatus | Promise<MachineStatus>;
}

export interface MachineStatus {
  readonly memoryUsedBytes: number;
  readonly memoryLimitBytes: number;
  /** Processes alive, without the session's own shell. */
  readonly processes: number;
  readonly limits: readonly LimitUse[];
  /** Calls of system calls that do not exist, by number or name; empty on a real kernel. */
  readonly unknownSyscalls: Readonly<Record<string, number>>;
}
