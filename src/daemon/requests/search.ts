import { DEFAULT_MATCHES } from "../../protocol/limits.js";
import type { AnswerTo, RequestOf } from "../../protocol/messages/index.js";
import type { ShellTask, ShellValue, TaskEnd } from "../../session/task.js";
import type { Context } from "../context.js";
import type { InFlight } from "../in-flight.js";
import { commandOf } from "../program.js";
import { errnoIn } from "../program-error.js";
import { quote } from "../responder.js";
import { Marks, SearchOutput } from "../search-output.js";

/** grep(1): something could not be read, or the pattern is wrong. */
const TROUBLE = 2;
/** Problems that an answer names at most. */
const MOST_PROBLEMS = 20;

export function search(context: Context, entry: InFlight, request: RequestOf<"search">): void {
  const { pattern, path = ".", glob, context: lines = 0, limit = DEFAULT_MATCHES } = request;
  const session = context.session(entry, request);
  if (!session) return;
  const marks = new Marks(crypto.getRandomValues(new Uint32Array(1))[0] as number);
  const output = new SearchOutput(marks, limit, lines);
  const errors = new ErrorLines();
  const words = [
    ...["-rnHZIP", "--color=always", "-D", "skip", "-C", String(lines)],
    ...(glob === undefined ? [] : [`--include=${glob}`]),
    ...["-e", pattern, "--", path],
  ];
  const task: ShellTask = {
    kind: "shell",
    command: commandOf('exec grep "$@"', words, { env: { GREP_COLORS: marks.colors } }),
    timeLimitMs: context.settings.timeLimitMs,
    plan: { mode: "stream", maxBytes: undefined },
    onOutput: (stream, bytes, passedOn) => {
      if (stream === "stderr") errors.push(bytes);
      else output.push(bytes);
      if (output.full) session.cancel(task);
      passedOn();
    },
    settle: (end) => {
      output.endGroup();
      answer(context, entry, request, output, errors.lines, end);
    },
  };
  context.enqueue(entry, session, task);
}

function answer(
  { respond }: Context,
  entry: InFlight,
  { id, pattern, path = "." }: RequestOf<"search">,
  output: SearchOutput,
  errors: readonly string[],
  end: TaskEnd<ShellValue>,
): void {
  const attempt = `cannot search ${quote(path)}`;
  if (end.kind === "finished" && !output.full) {
    const { outcome, timedOut, cancelled } = end.value;
    if (cancelled) return respond.fail(entry, "CANCELLED", `${attempt}: it was cancelled`, end.stateLost);
    const [first = ""] = errors;
    if (!timedOut && outcome.kind === "exit" && outcome.code >= TROUBLE && output.matches.length === 0) {
      if (first.startsWith(`grep: ${path}: `) && errnoIn(first) !== undefined)
        return respond.fail(entry, errnoIn(first) ?? "EIO", `${attempt}: ${first}`, end.stateLost);
      if (!isAboutFile(first, path)) {
        const reason = first.replace(/^grep: /, "");
        const error = `search: \`pattern\` ${quote(pattern)} is no regular expression: ${reason}`;
        return respond.fail(entry, "INVALID_REQUEST", error, end.stateLost);
      }
    }
  }
  respond.settle(
    entry,
    end,
    ({ timedOut }): AnswerTo<"search"> => ({
      id,
      type: "search",
      success: true,
      matches: byPath(output.matches),
      truncated: output.full || timedOut,
      problems: errors.slice(0, MOST_PROBLEMS),
    }),
    attempt,
  );
}

/** Whether grep has a problem with a file, and not with the pattern. */
function isAboutFile(line: string, path: string): boolean {
  return [":", "/"].some((next) => line.startsWith(`grep: ${path.replace(/\/+$/, "")}${next}`));
}

/** grep goes through a directory in no particular order. */
function byPath(matches: SearchOutput["matches"]): SearchOutput["matches"] {
  return matches.sort((one, other) => (one.path < other.path ? -1 : one.path > other.path ? 1 : 0));
}

class ErrorLines {
  private text = "";
  private readonly decoder = new TextDecoder();

  push(bytes: Uint8Array): void {
    if (this.text.length < 16_384) this.text += this.decoder.decode(bytes, { stream: true });
  }

  get lines(): readonly string[] {
    return this.text.split("\n").filter((line) => line !== "");
  }
}
