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
  signalName,
  stateLost,
  success,
} from "../fields.js";
import {
  DEFAULT_MAX_OUTPUT_BYTES,
  DEFAULT_TERMINAL,
  MAX_OUTPUT_BYTES,
  MAX_TERMINAL_SIDE,
  MAX_TIME_LIMIT_MS,
  MAX_WAIT_MS,
} from "../limits.js";
import { limitReached } from "./session-limits.js";

/** Processes that run beside the session's shell. All requests but `start` are control requests: they never wait in the queue. */

const process = processId.describe("The process, by the id that `start` was given or has answered.");

const rows = z.int().min(1).max(MAX_TERMINAL_SIDE);
const columns = z.int().min(1).max(MAX_TERMINAL_SIDE);

const afterSeq = z.int().min(0).optional().meta({
  default: 0,
  description: "The last byte that is known already, by its number: the `last_seq` of an earlier answer.",
});

const outputFormat = z.enum(["text", "base64"]).optional().meta({
  default: "text",
  description: "`text`: what is valid UTF-8 comes as text, other output as base64. `base64`: always base64.",
});

const startRequest = z
  .strictObject({
    ...envelope("start"),
    command: cString.describe("Shell text, as for `shell`."),
    process: processId.optional().describe("Its id. Default: one that is free, such as `p1`."),
    cwd: path
      .optional()
      .describe("Directory to start in; relative to the shell's directory. Default: the shell's."),
    env: z
      .record(environmentName, z.union([cString, z.null()]))
      .optional()
      .describe("Variables for this process; null unsets one."),
    stdin: z.enum(["null", "pipe"]).optional().meta({
      default: "null",
      description: "`null`: end of file at once. `pipe`: what `write_stdin` brings.",
    }),
    tty: z.boolean().optional().meta({
      default: false,
      description:
        "Give it a terminal of its own; all output is then `stdout`, and `write_stdin` is the keyboard.",
    }),
    rows: rows.optional().meta({ default: DEFAULT_TERMINAL.rows, description: "Size of the terminal." }),
    columns: columns
      .optional()
      .meta({ default: DEFAULT_TERMINAL.columns, description: "Size of the terminal." }),
    time_limit_ms: z
      .int()
      .min(1)
      .max(MAX_TIME_LIMIT_MS)
      .optional()
      .describe("It and all it started are ended after this time. Default: never."),
    max_output_bytes: z.int().min(0).max(MAX_OUTPUT_BYTES).optional().meta({
      default: DEFAULT_MAX_OUTPUT_BYTES,
      description:
        "How much of its latest output is kept, both streams together. `--max-output-bytes` changes the default.",
    }),
  })
  .meta({ description: "Starts a process beside the session's shell and answers at once." });

const startAnswer = z
  .strictObject({
    ...success("start"),
    process: processId.describe("Its id."),
    pid: z.int().min(1).describe("Its number in the sandbox."),
    state_lost: stateLost,
  })
  .meta({ description: "Answer to `start`: it runs." });

const writeStdinRequest = z
  .strictObject({
    ...envelope("write_stdin"),
    process,
    data: z.string().optional().meta({ default: "", description: "What to write." }),
    encoding: inputEncoding.optional().meta({ default: "text", description: "How `data` is written." }),
    eof: z.boolean().optional().meta({
      default: false,
      description: "End of file after `data`. To a terminal: the key ^D.",
    }),
  })
  .meta({ description: "Writes to a process's standard input." });

const writeStdinAnswer = z
  .strictObject({
    ...success("write_stdin"),
    process: processId,
    bytes: count.describe("Bytes of `data`."),
    state_lost: stateLost,
  })
  .meta({
    description:
      "Answer to `write_stdin`. It comes when the input has been taken over, at once if less than 1 MiB is unread.",
  });

const fate = {
  state: z
    .enum(["running", "exited"])
    .describe("`exited` when the process itself has ended; what it started may go on."),
  outcome: z
    .enum(["exit", "signal", "time_limit", "limit", "cancelled", "lost"])
    .nullable()
    .describe(
      "How it ended: by itself, by a signal, at its time limit, by the signal of a limit of the session, with a `reset`, `close` or the end of the daemon, or with a machine that broke. Null while it runs.",
    ),
  exit_code: z.int().min(0).max(255).nullable().describe("Null if it has not exited."),
  signal: z.string().nullable().describe('The signal that ended it, such as "SIGKILL"; null if none did.'),
};

const chunk = z.strictObject({
  seq: count,
  stream: z.enum(["stdout", "stderr"]),
  data: z.string(),
  encoding: outputEncoding,
});

const readOutputRequest = z
  .strictObject({
    ...envelope("read_output"),
    process,
    after_seq: afterSeq,
    max_bytes: z.int().min(1).max(MAX_OUTPUT_BYTES).optional().meta({
      default: DEFAULT_MAX_OUTPUT_BYTES,
      description: "How much to return at most.",
    }),
    wait_ms: z.int().min(0).max(MAX_WAIT_MS).optional().meta({
      default: 0,
      description:
        "How long to wait if there is no output yet. The answer comes with the first of it, or when there will be none.",
    }),
    encoding: outputFormat,
  })
  .meta({ description: "Returns output of a process, after a given place." });

const readOutputAnswer = z
  .strictObject({
    ...success("read_output"),
    process: processId,
    chunks: z
      .array(chunk)
      .describe(
        "The output in the order in which it came: `stream`, `data`, `encoding`, and `seq`, the number of the chunk's last byte, counted over both streams. A character is never split.",
      ),
    last_seq: count.describe("To be given as `after_seq` for what comes next."),
    dropped_bytes: count.describe(
      "Bytes after `after_seq` that came before the first chunk and are no longer kept.",
    ),
    more: z.boolean().describe("Whether more is there already, beyond `max_bytes`."),
    closed: z
      .boolean()
      .describe("Whether all has been written: it has ended, and nothing it started has its output open."),
    ...fate,
    state_lost: stateLost,
  })
  .meta({ description: "Answer to `read_output`." });

const waitRequest = z
  .strictObject({
    ...envelope("wait"),
    process,
    wait_ms: z
      .int()
      .min(0)
      .max(MAX_TIME_LIMIT_MS)
      .optional()
      .describe("How long to wait at most; the answer then says that it still runs. Default: until it ends."),
    stream: z.boolean().optional().meta({
      default: false,
      description: "Send its output meanwhile as `output` events, from `after_seq` on.",
    }),
    after_seq: afterSeq,
    encoding: outputFormat,
  })
  .meta({ description: "Waits for a process to end." });

const waitAnswer = z
  .strictObject({
    ...success("wait"),
    process: processId,
    ...fate,
    cpu_ms: milliseconds
      .nullable()
      .describe(
        "Processor time of it and of the children that it waited for. Null while it runs, or if unknown.",
      ),
    limit: limitReached,
    last_seq: count.describe(
      "Number of the last byte of output so far, or with `stream` of the last one sent.",
    ),
    dropped_bytes: count.describe("With `stream`: bytes that were no longer kept when they were to be sent."),
    state_lost: stateLost,
  })
  .meta({ description: "Answer to `wait`." });

const killRequest = z
  .strictObject({
    ...envelope("kill"),
    process,
    signal: signalName.optional().meta({ default: "SIGTERM", description: "The signal to send." }),
  })
  .meta({
    description:
      "Sends a signal to a process and to everything that it started, in whatever process group or session that is.",
  });

const killAnswer = z
  .strictObject({
    ...success("kill"),
    process: processId,
    delivered: z.boolean().describe("False if it and all it started had ended."),
    state_lost: stateLost,
  })
  .meta({ description: "Answer to `kill`. `wait` tells when it has ended." });

const resizeRequest = z
  .strictObject({
    ...envelope("resize"),
    process,
    rows: rows.describe("Lines of the terminal."),
    columns: columns.describe("Characters of a line."),
  })
  .meta({ description: "Gives a process's terminal another size; it gets SIGWINCH." });

const resizeAnswer = z
  .strictObject({ ...success("resize"), process: processId, state_lost: stateLost })
  .meta({ description: "Answer to `resize`." });

const processesRequest = z
  .strictObject(envelope("processes"))
  .meta({ description: "Lists the session's processes that were started by requests." });

const processSummary = z.strictObject({
  process: processId,
  pid: z.int().min(1).nullable(),
  command: z.string(),
  tty: z.boolean(),
  started_ms: z.number(),
  cpu_ms: milliseconds.nullable(),
  state: z.enum(["starting", "running", "stopped", "exited"]),
  outcome: fate.outcome,
  exit_code: fate.exit_code,
  signal: fate.signal,
  last_seq: count,
});

const processesAnswer = z
  .strictObject({
    ...success("processes"),
    processes: z
      .array(processSummary)
      .describe(
        "In the order in which they were started: `process`, `pid`, `command`, `tty`, `started_ms` (since 1970), `cpu_ms` (null if unknown), `state` (`starting`, `running`, `stopped`, `exited`), `outcome`, `exit_code`, `signal`, `last_seq`. The last 128 that have ended are remembered.",
      ),
    state_lost: stateLost,
  })
  .meta({ description: "Answer to `processes`." });

export const processRequests = {
  start: startRequest,
  write_stdin: writeStdinRequest,
  read_output: readOutputRequest,
  wait: waitRequest,
  kill: killRequest,
  resize: resizeRequest,
  processes: processesRequest,
};
export const processAnswers = {
  start: startAnswer,
  write_stdin: writeStdinAnswer,
  read_output: readOutputAnswer,
  wait: waitAnswer,
  kill: killAnswer,
  resize: resizeAnswer,
  processes: processesAnswer,
};
