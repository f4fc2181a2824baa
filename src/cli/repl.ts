import { constants } from "node:os";
import type { Worker } from "node:worker_threads";
import { Log } from "../daemon/log.js";
import { SessionRegistry } from "../daemon/registry.js";
import type { Settings } from "../daemon/settings.js";
import type { ManagedProcess, ProcessFate } from "../session/managed-process.js";
import type { TaskEnd } from "../session/task.js";
import { STOP_SIGNALS } from "./stop-signals.js";
import { UserTerminal } from "./user-terminal.js";

export interface ReplCommandLine {
  readonly command: "repl";
  /** The time limit is for the whole, and may be infinite. */
  readonly settings: Settings;
  readonly cwd: string | undefined;
}

const USAGE_ERROR = 2;
/** As shells and env(1) do when a command cannot be run. */
const NOT_RUN = 126;
/** As timeout(1) does. */
const TIMED_OUT = 124;
/** Output that is on its way to the screen at a time, and at most waits for it. */
const PIECE_BYTES = 64 * 1024;
const KEPT_BYTES = 1024 * 1024;

/** What the sandbox knows of terminals (guest/libraries/ncurses); any other of today is an xterm, more or less. */
const KNOWN_TERMINALS =
  /^(ansi|dumb|linux|screen|screen-256color|tmux|tmux-256color|vt\d+|xterm|xterm-256color)$/;
const DEFAULT_TERM = "xterm-256color";

/** An interactive shell in a fresh session, on the terminal of this process; exits as the shell does. */
export function repl({ settings, cwd }: ReplCommandLine, worker: Worker): void {
  const terminal = UserTerminal.open();
  if (terminal === undefined) {
    process.stderr.write(
      "limpet: repl is for people: its standard input and output must be a terminal.\n" +
        "For one command there is: limpet run -- 'command', and for programs the requests of protocol.md.\n",
    );
    process.exit(USAGE_ERROR);
  }
  const log = new Log(settings.logLevel);
  const session = new SessionRegistry(settings, () => true, log, worker).create("repl");
  const shell = session.processes.create(
    "repl",
    {
      text: "exec bash",
      stdin: "null",
      terminal: terminal.size,
      env: { TERM: settings.machine.env.TERM ?? knownTerminal(process.env.TERM) },
      ...(cwd !== undefined && { cwd }),
    },
    Number.isFinite(settings.timeLimitMs) ? settings.timeLimitMs : undefined,
    KEPT_BYTES,
  );
  if (shell === undefined) throw new Error("a fresh session has no processes");
  for (const signal of Object.keys(STOP_SIGNALS) as (keyof typeof STOP_SIGNALS)[])
    process.once(signal, () => {
      terminal.restore("in disorder");
      process.kill(process.pid, signal);
    });
  connect(terminal, shell);
  session.add({ kind: "start", process: shell, settle: (end) => checkStart(terminal, end) });
}

function knownTerminal(name: string | undefined): string {
  return name !== undefined && KNOWN_TERMINALS.test(name) ? name : DEFAULT_TERM;
}

/** Keys to the shell, and what it shows to the screen, as fast as that takes it; leaves when the shell has ended. */
function connect(terminal: UserTerminal, shell: ManagedProcess): void {
  const screen = { seq: 0 };
  let writing = false;
  const show = (): void => {
    if (writing) return;
    const { chunks, lastSeq } = shell.output.read(screen.seq, PIECE_BYTES);
    if (chunks.length === 0) {
      if (shell.fate !== undefined) leave(terminal, shell.fate);
      return;
    }
    writing = true;
    terminal.write(Buffer.concat(chunks.map(({ bytes }) => bytes)), () => {
      writing = false;
      screen.seq = lastSeq;
      shell.giveCredit();
      show();
    });
  };
  shell.follow(screen);
  shell.watch(show);
  terminal.listen(
    (bytes) => shell.write(bytes, false, () => {}),
    () => shell.resize(terminal.size),
    // Node.js aborts when it exits and finds that it cannot set its terminal any more.
    () => process.kill(process.pid, "SIGHUP"),
  );
}

function checkStart(terminal: UserTerminal, end: TaskEnd<number>): void {
  switch (end.kind) {
    case "finished":
      return;
    case "failed":
      return giveUp(terminal, `cannot start a shell: ${end.error.message}`);
    case "lost":
      return giveUp(terminal, `the sandbox broke: ${end.reason}`);
    case "dropped":
      return giveUp(terminal, "the shell was not started");
  }
}

function leave(terminal: UserTerminal, { outcome, exitCode, signal }: ProcessFate): void {
  if (outcome === "lost")
    return giveUp(terminal, "the sandbox broke: files, variables and processes are gone");
  terminal.restore(outcome === "exit" ? "as it is" : "in disorder");
  if (outcome === "time_limit") process.exit(TIMED_OUT);
  process.exit(exitCode ?? 128 + (constants.signals[signal as NodeJS.Signals] ?? 0));
}

function giveUp(terminal: UserTerminal, reason: string): void {
  terminal.restore("in disorder");
  process.stderr.write(`limpet: ${reason}\n`, () => process.exit(NOT_RUN));
}
