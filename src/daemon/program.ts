import type { Command } from "../machine/machine.js";
import type { CallError, KeptOutput } from "../machine/messages.js";
import type { SuccessAnswer } from "../protocol/messages/index.js";
import type { ShellTask, ShellValue, TaskEnd } from "../session/task.js";
import type { Context } from "./context.js";
import type { InFlight } from "./in-flight.js";
import { programError } from "./program-error.js";

/** Bytes to keep of the output of a program that only says what is wrong. */
const MESSAGE_BYTES = 16_384;

/** A program of the sandbox that does what a request asks for, as the session's user and from the shell's directory on. */
export interface Program {
  /** Shell text that ends with `exec`; `$1` and so on are the arguments. */
  readonly script: string;
  readonly arguments: readonly string[];
  readonly stdin?: Uint8Array;
  /** Bytes that its output may have; by default none are expected. */
  readonly maxBytes?: number;
  /** Exit statuses that are no failure; 0 by default. */
  readonly good?: readonly number[];
  /** What the request tries to do, for the sentence of a failure. */
  readonly attempt: string;
  answer(output: KeptOutput): SuccessAnswer;
}

/** Variables that would have a shell or a program do something else than it is told here. */
const HARMLESS = {
  PATH: "/usr/bin:/bin",
  BASH_ENV: null,
  GREP_OPTIONS: null,
  POSIXLY_CORRECT: null,
  TAR_OPTIONS: null,
  LC_ALL: "C.UTF-8",
};

export function commandOf(
  script: string,
  words: readonly string[],
  more: { readonly stdin?: Uint8Array | undefined; readonly env?: Readonly<Record<string, string>> } = {},
): Command {
  return {
    text: `set -- ${words.map(quoteWord).join(" ")}\n${script}`,
    isolated: true,
    cwd: ".",
    env: { ...HARMLESS, ...more.env },
    stdin: more.stdin ?? new Uint8Array(),
  };
}

function quoteWord(word: string): string {
  return `'${word.replaceAll("'", "'\\''")}'`;
}

/** A task that runs the program and answers the request. `stateLost`: an earlier task of the request has found that out. */
export function programTask(
  context: Context,
  entry: InFlight,
  program: Program,
  stateLost = false,
): ShellTask {
  const { script, arguments: words, stdin, maxBytes = MESSAGE_BYTES, attempt } = program;
  return {
    kind: "shell",
    command: commandOf(script, words, { stdin }),
    timeLimitMs: context.settings.timeLimitMs,
    plan: { mode: "keep", maxBytes },
    onOutput: () => {},
    settle: (end) => {
      const result = endOf(program, end);
      const withLoss =
        "stateLost" in result ? { ...result, stateLost: result.stateLost || stateLost } : result;
      context.respond.settle(entry, withLoss, (output) => program.answer(output), attempt);
    },
  };
}

function endOf(
  { good = [0], maxBytes = MESSAGE_BYTES }: Program,
  end: TaskEnd<ShellValue>,
): TaskEnd<KeptOutput> {
  if (end.kind !== "finished") return end;
  const { value, stateLost } = end;
  const error = failureOf(value, good, maxBytes);
  return error === undefined
    ? { kind: "finished", value: value.output.stdout, stateLost }
    : { kind: "failed", error, stateLost };
}

function failureOf(
  { outcome, output, timedOut, cancelled }: ShellValue,
  good: readonly number[],
  maxBytes: number,
): CallError | undefined {
  if (cancelled) return { code: "CANCELLED", message: "it was cancelled" };
  if (timedOut) return { code: "TIMED_OUT", message: "it took longer than the daemon's time limit" };
  if (outcome.kind === "signal")
    return { code: "EIO", message: `the program that does it was ended by ${outcome.signal}` };
  const { total } = output.stdout;
  if (good.includes(outcome.code) && total <= maxBytes) return undefined;
  if (good.includes(outcome.code))
    return { code: "EFBIG", message: `it makes ${total} bytes, and one answer has at most ${maxBytes}` };
  return programError(new TextDecoder().decode(Buffer.concat([output.stderr.head, output.stderr.tail])));
}
