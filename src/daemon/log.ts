import { writeSync } from "node:fs";
import { isLogged, type LogEntry, type LogLevel } from "../machine/messages.js";

/** Writes one JSON object per line to stderr. */
export class Log {
  constructor(private readonly level: LogLevel) {}

  write({ level, message, fields }: LogEntry): void {
    if (!isLogged(level, this.level)) return;
    const line = JSON.stringify({ time: new Date().toISOString(), level, message, ...fields });
    try {
      writeSync(2, `${line}\n`);
    } catch {
      // A log that cannot be written must not stop the work.
    }
  }
}
