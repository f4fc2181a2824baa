import { z } from "zod";
import {
  count,
  cString,
  envelope,
  environmentName,
  inputEncoding,
  milliseconds,
  outputEncoding,
  path,
  processId,
  requestId,
  stateLost,
  success,
} from "../fields.js";
import {
  DEFAULT_MAX_OUTPUT_BYTES,
  DEFAULT_TIME_LIMIT_MS,
  MAX_OUTPUT_BYTES,
  MAX_TIME_LIMIT_MS,
} from "../limits.js";
import { limitReached } from "./session-limits.js";

const shellRequest = z
  .strictObject({
    ...envelope("shell"),
    command: cString.describe("Shell text: anything from one word to a script of many lines."),
    time_limit_ms: z.int().min(1).max(MAX_TIME_LIMIT_MS).optional().meta({
      default: DEFAULT_TIME_LIMIT_MS,
      description:
        "The command and all it started are ended after this time. Time in the queue does not count. `--time-limit-ms` changes the default.",
    }),
    cwd: path
      .optional()
      .describe("Directory for this command only; relative to the shell's directory. Default: the shell's."),
    env: z
      .record(environmentName, z.union([cString, z.null()]))
      .optional()
      .describe("Variables for this command only; null unsets one."),
    stdin: z.string().optional().meta({
      default: "",
      description: "What the command reads on its standard input; end of file follows.",
    }),
    stdin_encoding: inputEncoding
      .optional()
      .meta({ default: "text", description: "How `stdin` is written." }),
    encoding: z.enum(["text", "base64"]).optional().meta({
      default: "text",
      description:
        "`text`: output that is valid UTF-8 comes as text, other output as base64. `base64`: always base64.",
    }),
    stream: z.boolean().optional().meta({
      default: false,
      description: "Send the output as `output` events while the command runs; the answer then has none.",
    }),
    max_output_bytes: z.int().min(0).max(MAX_OUTPUT_BYTES).optional().meta({
      default: DEFAULT_MAX_OUTPUT_BYTES,
      description:
        "How much of each output stream to keep; of more, the first and the last half are kept. With `stream`: the events of each output stream end after this many bytes; default without limit.",
    }),
    background: z.boolean().optional().meta({
      default: false,
      description:
        "Start it as a process beside the shell, as `start` does, and answer at once. It has no time limit unless one is given.",
    }),
    isolated: z.boolean().optional().meta({
      default: false,
      description: "Run in a fresh shell that leaves nothing behind in the session but its files.",
    }),
  })
  .meta({ description: "Runs a command in the session's shell." });

const omittedBytes = count.optional().describe("Only there when truncated: bytes left out.");
const omittedAt = count
  .optional()
  .describe("Only there when truncated: offset in the stream of the first byte left out.");

const shellAnswer = z
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
    limit: limitReached,
    process: processId
      .optional()
      .describe(
        "With `background`, or when something that the command started goes on after it: its id, for `read_output`, `wait`, `kill` and so on.",
      ),
    state_lost: stateLost,
  })
  .meta({
    description: "Answer to `shell`. A non-zero exit code or a time limit is not a failure of the request.",
  });

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

export const shellRequests = { shell: shellRequest };
export const shellAnswers = { shell: shellAnswer };
