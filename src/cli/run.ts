import { constants } from "node:os";
import type { Worker } from "node:worker_threads";
import { Log } from "../daemon/log.js";
import { SessionRegistry } from "../daemon/registry.js";
import type { ShellTask, ShellValue, TaskEnd } from "../session/task.js";
import type { RunCommandLine } from "./command-line.js";

/** As timeout(1) does. */
const TIMED_OUT = 124;
/** As shells and env(1) do when a command cannot be run. */
const NOT_RUN = 126;

/** Runs one command in a fresh session, on the streams of this process, and exits as the command did. */
export function run({ settings, script, cwd }: RunCommandLine, worker: Worker): void {
  const log = new Log(settings.logLevel);
  const session = new SessionRegistry(settings, () => true, log, worker).create("run");
  let stopSignal: NodeJS.Signals | undefined;
  const begin = (stdin: Uint8Array): void => {
    const task: ShellTask = {
      kind: "shell",
      command: { text: script, isolated: false, stdin, ...(cwd !== undefined && { cwd }) },
      plan: { mode: "stream", maxBytes: undefined },
      timeLimitMs: settings.timeLimitMs,
      onOutput: (stream, bytes, passedOn) => void process[stream].write(bytes, () => passedOn()),
      settle: (end) => leave(exitStatus(end, stopSignal)),
    };
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
      process.once(signal, () => {
        stopSignal = signal;
        session.cancel(task);
      });
    }
    process.stdout.on("error", () => session.cancel(task));
    session.add(task);
  };
  if (process.stdin.isTTY) begin(new Uint8Array(0));
  else readAll(begin);
}

/** The command gets its input as a whole. */
function readAll(done: (bytes: Uint8Array) => void): void {
  const chunks: Buffer[] = [];
  process.stdin.on("data", (chunk: Buffer) => chunks.push(chunk));
  process.stdin.on("error", () => done(Buffer.concat(chunks)));
  process.stdin.on("end", () => done(Buffer.concat(chunks)));
}

function leave(code: number): void {
  // What has been written to a slow terminal or pipe goes out first.
  process.stdout.write("", () => process.stderr.write("", () => process.exit(code)));
  process.stdout.on("error", () => process.exit(code));
}

/** `stopSignal`: what this process was told to stop with. */
function exitStatus(end: TaskEnd<ShellValue>, stopSignal: NodeJS.Signals | undefined): number {
  switch (end.kind) {
    case "finished": {
      const { outcome, timedOut } = end.value;
      if (timedOut) return TIMED_OUT;
      return outcome.kind === "exit" ? outcome.code : 128 + signalNumber(stopSignal ?? outcome.signal);
    }
    case "failed":
      process.stderr.write(`limpet: cannot run the command: ${end.error.message}\n`);
      return NOT_RUN;
    case "lost":
      process.stderr.write(`limpet: the sandbox broke: ${end.reason}\n`);
      return NOT_RUN;
    case "dropped":
      return NOT_RUN;
  }
}

function signalNumber(name: string): number {
  return constants.signals[name as NodeJS.Signals] ?? constants.signals.SIGKILL;
}
