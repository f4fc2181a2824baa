import type { Worker } from "node:worker_threads";
import { Daemon } from "../daemon/daemon.js";
import type { Settings } from "../daemon/settings.js";
import { STOP_SIGNALS } from "./stop-signals.js";

const HINT = `limpet waits for requests, one JSON object per line, for example:
  {"id":1,"type":"shell","command":"ls /"}
Ctrl-D ends it. To run a single command: limpet run -- 'ls /'
`;

export function serve(settings: Settings, worker: Worker): void {
  const streams = { input: process.stdin, output: process.stdout };
  const daemon = new Daemon(settings, worker, streams, (code) => process.exit(code));
  for (const [signal, code] of Object.entries(STOP_SIGNALS)) process.on(signal, () => daemon.stop(code));
  daemon.run();
  if (process.stdin.isTTY) process.stderr.write(HINT);
}
