import { z } from "zod";
import { backendName, fileMode, outputEncoding, requestId, sessionName, userName } from "./fields.js";

/** What the daemon writes: one answer per request, with `output` events before it if the request asked for them. */

const count = z.int().min(0);
const milliseconds = z.number().min(0);

const stateLost = z
  .literal(true)
  .optional()
  .describe(
    "Only there when the session's machine had to be replaced, during this request or since the last answer: files, variables and processes are gone.",
  );

function success<Type extends string>(type: Type) {
  return {
    id: requestId.describe("The request's `id`."),
    type: z.literal(type),
    success: z.literal(true),
  };
}

const omittedBytes = count.optional().describe("Only there when truncated: bytes left out.");
const omittedAt = count
  .optional()
  .describe("Only there when truncated: offset in the stream of the first byte left out.");

export const shellAnswer = z
  .strictObject({
    ...success("shell"),
    stdout: z.string().optional().describe("Output. Not there with `stream`."),
    stdout_encoding: outputEncoding.optional().describe("How `stdout` is written. Not there with `stream`."),
    stdout_bytes: count.describe("Bytes the command wrote, kept or not."),
    stdout_truncated: z.boolean().describe("Whether bytes are missing."),
    stdout_omitted_bytes: omittedBytes,
    stdout_omitted_at: omittedAt,
    stderr: z.string().optional().describe("Error output, as for stdout."),
    stderr_encoding: outputEncoding.optional().describe("As for stdout."),
    stderr_bytes: count.describe("As for stdout."),
    stderr_truncated: z.boolean().describe("As for stdout."),
    stderr_omitted_bytes: omittedBytes,
    stderr_omitted_at: omittedAt,
    exit_code: z.int().min(0).max(255).nullable().describe("Null if the command did not exit."),
    signal: z
      .string()
      .nullable()
      .describe('The signal that ended the command, such as "SIGKILL"; null if it exited.'),
    timed_out: z.boolean().describe("Whether the time limit ended it."),
    cancelled: z.boolean().describe("Whether a `cancel` request ended it."),
    duration_ms: milliseconds.describe("From the start of the command to its end."),
    state_lost: stateLost,
  })
  .meta({
    description: "Answer to `shell`. A non-zero exit code or a time limit is not a failure of the request.",
  });

export const readFileAnswer = z
  .strictObject({
    ...success("read_file"),
    content: z.string().describe("What was read."),
    encoding: outputEncoding.describe("How `content` is written."),
    size: count.describe("Size of the whole file in bytes."),
    mode: fileMode.describe("Permission bits in octal."),
    mtime_ms: z.number().describe("Time of the last change, in milliseconds since 1970."),
    state_lost: stateLost,
  })
  .meta({ description: "Answer to `read_file`." });

export const writeFileAnswer = z
  .strictObject({ ...success("write_file"), bytes: count.describe("Bytes written."), state_lost: stateLost })
  .meta({ description: "Answer to `write_file`." });

export const resetAnswer = z
  .strictObject({ ...success("reset"), state_lost: stateLost })
  .meta({ description: "Answer to `reset`." });

const sessionSummary = z.strictObject({
  session: sessionName,
  backend: backendName,
  user: userName,
  busy: z.boolean(),
  queued: count,
  uptime_ms: milliseconds,
});

const limits = z.strictObject({
  time_limit_ms: count,
  max_time_limit_ms: count,
  max_output_bytes: count,
  max_line_bytes: count,
  max_read_bytes: count,
  max_sessions: count,
  max_requests_in_flight: count,
});

export const statusAnswer = z
  .strictObject({
    ...success("status"),
    ready: z.boolean().describe("Whether the session's machine responds."),
    uptime_ms: milliseconds.describe("Age of the daemon."),
    memory_used_bytes: count.describe("Memory of the session's processes and files."),
    memory_limit_bytes: count.describe("What it may use."),
    backend: backendName,
    version: z.string().describe("Version of Limpet."),
    protocol: z.int().describe("Version of this protocol."),
    processes: count.describe("Processes alive in the session, without its own shell."),
    unknown_syscalls: z
      .record(z.string(), count)
      .describe("System calls that programs asked for and the kernel does not have, with how often."),
    sessions: z
      .array(sessionSummary)
      .describe("All sessions: `session`, `backend`, `user`, `busy`, `queued` requests, `uptime_ms`."),
    limits: limits.describe(
      "`time_limit_ms`, `max_time_limit_ms`, `max_output_bytes`, `max_line_bytes`, `max_read_bytes`, `max_sessions`, `max_requests_in_flight`.",
    ),
    capabilities: z.array(z.string()).describe("Request types and backends that this daemon has."),
    state_lost: stateLost,
  })
  .meta({ description: "Answer to `status`." });

export const cancelAnswer = z
  .strictObject({
    ...success("cancel"),
    target: requestId.describe("The request that was to be stopped. Its answer has been sent."),
    cancelled: z
      .boolean()
      .describe("False if it ended by itself first, or does not run long enough to be stopped."),
    state_lost: stateLost,
  })
  .meta({ description: "Answer to `cancel`." });

export const openAnswer = z
  .strictObject({
    ...success("open"),
    session: sessionName,
    backend: backendName,
    user: userName,
    memory_limit_bytes: count,
    state_lost: stateLost,
  })
  .meta({ description: "Answer to `open`: the settings of the new session." });

export const closeAnswer = z
  .strictObject({ ...success("close"), session: sessionName, state_lost: stateLost })
  .meta({ description: "Answer to `close`." });

export const failureAnswer = z
  .strictObject({
    id: z.union([requestId, z.null()]).describe("Null if the line had no valid `id`."),
    type: z.string().nullable().describe("The request's `type`; null if the line had none."),
    success: z.literal(false),
    error: z.string().describe("A sentence that says what was wrong and what was wanted."),
    code: z
      .string()
      .regex(/^[A-Z][A-Z0-9_]*$/)
      .describe("One of the codes below, or an errno name such as `ENOENT`."),
    hint: z.string().optional().describe("What to do about it."),
    cancelled: z.literal(true).optional().describe("Only there with code CANCELLED."),
    state_lost: stateLost,
  })
  .meta({ description: "Answer to a request that failed." });

export const outputEvent = z
  .strictObject({
    id: requestId.describe("The request's `id`."),
    type: z.literal("output"),
    stream: z.enum(["stdout", "stderr"]),
    data: z
      .string()
      .describe("The next piece of that stream. A character is never split between two events."),
    encoding: outputEncoding.describe("How `data` is written."),
  })
  .meta({ description: 'Event of a shell request with `"stream": true`.' });

export const answers = {
  shell: shellAnswer,
  read_file: readFileAnswer,
  write_file: writeFileAnswer,
  reset: resetAnswer,
  status: statusAnswer,
  cancel: cancelAnswer,
  open: openAnswer,
  close: closeAnswer,
};

export type ShellAnswer = z.infer<typeof shellAnswer>;
export type ReadFileAnswer = z.infer<typeof readFileAnswer>;
export type WriteFileAnswer = z.infer<typeof writeFileAnswer>;
export type ResetAnswer = z.infer<typeof resetAnswer>;
export type StatusAnswer = z.infer<typeof statusAnswer>;
export type CancelAnswer = z.infer<typeof cancelAnswer>;
export type OpenAnswer = z.infer<typeof openAnswer>;
export type CloseAnswer = z.infer<typeof closeAnswer>;
export type FailureAnswer = z.infer<typeof failureAnswer>;
export type OutputEvent = z.infer<typeof outputEvent>;

export type SuccessAnswer =
  | ShellAnswer
  | ReadFileAnswer
  | WriteFileAnswer
  | ResetAnswer
  | StatusAnswer
  | CancelAnswer
  | OpenAnswer
  | CloseAnswer;

export type Answer = SuccessAnswer | FailureAnswer;
export type ServerMessage = Answer | OutputEvent;
