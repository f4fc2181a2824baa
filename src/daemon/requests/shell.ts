import type { Command } from "../../machine/machine.js";
import type { RequestOf } from "../../protocol/messages/index.js";
import type { Context } from "../context.js";
import { decode, type Encoded, EventEncoder } from "../encoding.js";
import type { InFlight } from "../in-flight.js";
import { quote } from "../responder.js";
import { shellAnswer, unbegunShellAnswer } from "../shell-answer.js";
import { beginProcess } from "./processes.js";

export function shell(context: Context, entry: InFlight, request: RequestOf<"shell">): void {
  if (request.background) return inBackground(context, entry, request);
  const { respond, settings } = context;
  const { id, cwd, env, encoding = "text", stream, max_output_bytes } = request;
  const stdin = decode(request.stdin ?? "", request.stdin_encoding);
  if (!stdin) return respond.failBase64(entry, "stdin");
  const session = context.session(entry, request);
  if (!session) return;

  const command: Command = {
    text: request.command,
    isolated: request.isolated ?? false,
    stdin,
    ...(cwd !== undefined && { cwd }),
    ...(env !== undefined && { env }),
  };
  const encoders = { stdout: new EventEncoder(encoding), stderr: new EventEncoder(encoding) };
  const sendEvent = (name: "stdout" | "stderr", part: Encoded | undefined): void => {
    if (part) respond.event({ id, type: "output", stream: name, ...part });
  };
  const attempt = cwd === undefined ? "cannot run the command" : `cannot run the command in ${quote(cwd)}`;

  context.enqueue(entry, session, {
    kind: "shell",
    command,
    timeLimitMs: request.time_limit_ms ?? settings.timeLimitMs,
    plan: stream
      ? { mode: "stream", maxBytes: max_output_bytes }
      : { mode: "keep", maxBytes: max_output_bytes ?? settings.maxOutputBytes },
    onOutput: (name, bytes, passedOn) => {
      sendEvent(name, encoders[name].push(bytes));
      respond.whenClear(passedOn);
    },
    settle: (end) => {
      sendEvent("stdout", encoders.stdout.end());
      sendEvent("stderr", encoders.stderr.end());
      if (end.kind === "dropped" && end.why === "cancelled")
        respond.answer(entry, { ...unbegunShellAnswer(request), cancelled: true });
      else respond.settle(entry, end, (value) => shellAnswer(request, value), attempt);
    },
  });
}

/** Fields that have no meaning for a process which is answered before it runs. */
const NOT_IN_BACKGROUND = ["stdin", "stdin_encoding", "stream", "isolated"] as const;

function inBackground(context: Context, entry: InFlight, request: RequestOf<"shell">): void {
  const unfit = NOT_IN_BACKGROUND.find((field) => request[field] !== undefined);
  if (unfit !== undefined) {
    const error = `shell: \`${unfit}\` cannot be given with \`background\`; a start request has input and output of its own`;
    return context.respond.fail(entry, "INVALID_REQUEST", error);
  }
  const { command, cwd, env, time_limit_ms, max_output_bytes } = request;
  const settings = { command, cwd, env, time_limit_ms, max_output_bytes };
  beginProcess(context, entry, settings, (process) => ({ ...unbegunShellAnswer(request), process }));
}
