import type { OutputStream } from "../machine/machine.js";
import type { AnswerTo, RequestOf } from "../protocol/messages/index.js";
import type { ShellValue } from "../session/task.js";
import { encodeKept } from "./encoding.js";

export function shellAnswer(request: RequestOf<"shell">, value: ShellValue): AnswerTo<"shell"> {
  const { outcome, limit, process, durationMs, timedOut, cancelled } = value;
  return {
    id: request.id,
    type: "shell",
    success: true,
    ...streamFields("stdout", request, value),
    ...streamFields("stderr", request, value),
    exit_code: outcome.kind === "exit" ? outcome.code : null,
    signal: outcome.kind === "signal" ? outcome.signal : null,
    timed_out: timedOut,
    cancelled,
    duration_ms: roundMilliseconds(durationMs),
    ...(limit !== undefined && { limit }),
    ...(process !== undefined && { process: process.id }),
  };
}

/** The answer that tells nothing of a command yet. */
export function unbegunShellAnswer(request: RequestOf<"shell">): AnswerTo<"shell"> {
  const nothing = { head: new Uint8Array(0), tail: new Uint8Array(0), total: 0 };
  return {
    id: request.id,
    type: "shell",
    success: true,
    ...streamFields("stdout", request, { output: { stdout: nothing, stderr: nothing } }),
    ...streamFields("stderr", request, { output: { stdout: nothing, stderr: nothing } }),
    exit_code: null,
    signal: null,
    timed_out: false,
    cancelled: false,
    duration_ms: 0,
  };
}

type StreamFields<Stream extends OutputStream> = Pick<
  AnswerTo<"shell">,
  | Stream
  | `${Stream}_encoding`
  | `${Stream}_bytes`
  | `${Stream}_truncated`
  | `${Stream}_omitted_bytes`
  | `${Stream}_omitted_at`
>;

function streamFields<Stream extends OutputStream>(
  stream: Stream,
  request: RequestOf<"shell">,
  { output }: Pick<ShellValue, "output">,
): StreamFields<Stream> {
  const kept = output[stream];
  if (request.stream) {
    const limit = request.max_output_bytes ?? Number.POSITIVE_INFINITY;
    const truncated = kept.total > limit;
    return {
      [`${stream}_bytes`]: kept.total,
      [`${stream}_truncated`]: truncated,
      ...(truncated && {
        [`${stream}_omitted_bytes`]: kept.total - limit,
        [`${stream}_omitted_at`]: limit,
      }),
    } as StreamFields<Stream>;
  }
  const { data, encoding, omittedBytes, omittedAt } = encodeKept(kept, request.encoding ?? "text");
  return {
    [stream]: data,
    [`${stream}_encoding`]: encoding,
    [`${stream}_bytes`]: kept.total,
    [`${stream}_truncated`]: omittedBytes > 0,
    ...(omittedBytes > 0 && {
      [`${stream}_omitted_bytes`]: omittedBytes,
      [`${stream}_omitted_at`]: omittedAt,
    }),
  } as StreamFields<Stream>;
}

/** Microseconds are as much as a clock of this kind can tell. */
export function roundMilliseconds(milliseconds: number): number {
  return Math.round(milliseconds * 1000) / 1000;
}
