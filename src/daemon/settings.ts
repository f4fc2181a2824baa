import type { MachineOptions } from "../machine/machine.js";
import type { LogLevel } from "../machine/messages.js";
import type { V86Folders } from "../session/v86-parts.js";

/** What the daemon is told on its command line and knows about its installation. */
export interface Settings {
  readonly version: string;
  /** The folder with the compiled programs. */
  readonly imagesPath: string;
  /** The folder with machine code of the programs; need not exist. */
  readonly codeCachePath: string;
  readonly v86: V86Folders;
  /** The script of a session's thread. */
  readonly workerPath: string;
  /** What a session is made from unless `open` says otherwise. */
  readonly machine: MachineOptions;
  readonly timeLimitMs: number;
  readonly maxOutputBytes: number;
  readonly maxLineBytes: number;
  readonly maxSessions: number;
  /** Threads for sessions that are at work or may be soon; sessions beyond that hibernate. */
  readonly maxWorkers: number;
  readonly logLevel: LogLevel;
}
