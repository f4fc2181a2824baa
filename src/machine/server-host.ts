import type { Frozen } from "./calls/snapshot.js";
import type { Machine, MachineOptions } from "./machine.js";
import type { FromWorker, LogLevel } from "./messages.js";

/** What the server needs from the thread it lives in. */
export interface ServerHost {
  post(message: FromWorker, transfer?: readonly ArrayBuffer[]): void;
  /** `from`: where the machine is to go on. */
  createMachine(options: MachineOptions, from: Frozen | undefined): Machine | Promise<Machine>;
  /** Runs `callback` on the next turn of the event loop. */
  defer(callback: () => void): void;
  log(level: LogLevel, message: string, fields?: Readonly<Record<string, unknown>>): void;
}
