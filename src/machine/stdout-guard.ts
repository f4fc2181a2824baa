import { writeSync } from "node:fs";
import { format } from "node:util";

/**
 * Nothing but protocol lines may reach stdout. A stray `console.log`, ours or a dependency's, goes to stderr.
 */
export function keepStdoutClean(): void {
  const toStderr = (...values: unknown[]): void => {
    try {
      writeSync(2, `${format(...values)}\n`);
    } catch {
      // stderr is gone: there is nobody to tell.
    }
  };
  for (const method of ["log", "info", "debug", "warn", "error", "trace", "dir", "table"] as const) {
    console[method] = toStderr;
  }
}
