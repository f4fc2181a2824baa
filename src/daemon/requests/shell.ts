import type { Command } from "../../machine/machine.js";
import type { RequestOf } from "../../protocol/messages/index.js";
import type { Context } from "../context.js";
import { decode, type Encoded, EventEncoder } from "../encoding.js";
import type { InFlight } from "../in-flight.js";
import { quote } from "../responder.js";
import { cancelledShellAnswer, shellAnswer } from "../shell-answer.js";

export function shell(context: Context, entry: InFlight, request: RequestOf<"shell">): void {
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
        respond.answer(entry, cancelledShellAnswer(request));
      else respond.settle(entry, end, (value) => shellAnswer(request, value), attempt);
    },
  });
}
