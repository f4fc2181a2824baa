import { z } from "zod";
import {
  backendName,
  cString,
  envelope,
  environmentName,
  fileMode,
  inputEncoding,
  path,
  requestId,
  sessionName,
  userName,
} from "./fields.js";
import {
  DEFAULT_MAX_OUTPUT_BYTES,
  DEFAULT_MEMORY_LIMIT_BYTES,
  DEFAULT_TIME_LIMIT_MS,
  MAX_MEMORY_LIMIT_BYTES,
  MAX_OUTPUT_BYTES,
  MAX_TIME_LIMIT_MS,
  MIN_MEMORY_LIMIT_BYTES,
} from "./limits.js";

/**
 * The requests. These schemas are the one source of the TypeScript types, of protocol.schema.json (which the daemon checks
 * requests against) and of the tables in protocol.md. A `default` says what the daemon does without the field; it may
 * depend on the daemon's options.
 */

export const shellRequest = z
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
    isolated: z.boolean().optional().meta({
      default: false,
      description: "Run in a fresh shell that leaves nothing behind in the session but its files.",
    }),
  })
  .meta({ description: "Runs a command in the session's shell." });

export const readFileRequest = z
  .strictObject({
    ...envelope("read_file"),
    path: path.describe("The file; a relative path starts at the shell's directory."),
    encoding: inputEncoding.optional().meta({
      default: "text",
      description:
        "`text`: as text if it is valid UTF-8, otherwise as base64. `utf8`: as text, or fail. `base64`: always base64.",
    }),
    offset: z.int().min(0).optional().meta({ default: 0, description: "First byte to read." }),
    length: z.int().min(0).optional().describe("Bytes to read at most. Default: to the end of the file."),
  })
  .meta({ description: "Reads a file, or a part of it." });

export const writeFileRequest = z
  .strictObject({
    ...envelope("write_file"),
    path: path.describe("The file; a relative path starts at the shell's directory."),
    content: z.string().describe("What to write."),
    encoding: inputEncoding.optional().meta({ default: "text", description: "How `content` is written." }),
    mode: fileMode
      .optional()
      .describe("Permission bits. Default: an existing file keeps its own, a new one gets 0644."),
    append: z
      .boolean()
      .optional()
      .meta({ default: false, description: "Add to the end instead of replacing." }),
    create_dirs: z
      .boolean()
      .optional()
      .meta({ default: true, description: "Make missing parent directories." }),
  })
  .meta({ description: "Writes a file." });

export const resetRequest = z
  .strictObject({
    ...envelope("reset"),
    keep_files: z.boolean().optional().meta({
      default: false,
      description: "End the processes and begin a new shell, but leave the files as they are.",
    }),
  })
  .meta({
    description:
      "Brings the session back to its beginning: no processes, a new shell, the base image's files.",
  });

export const statusRequest = z.strictObject(envelope("status")).meta({
  description: "Says how the session and the daemon are. Never waits in the queue, never makes a session.",
});

export const cancelRequest = z
  .strictObject({
    ...envelope("cancel"),
    session: sessionName.optional().describe("If given, the target must be a request of this session."),
    target: requestId.describe("The `id` of the request to stop."),
  })
  .meta({
    description:
      "Stops a request that runs or waits. The target gets its own answer, with `cancelled: true`, before this request gets one.",
  });

const initialFile = z.union([
  z.string(),
  z.strictObject({ content: z.string(), encoding: inputEncoding.optional(), mode: fileMode.optional() }),
]);

export const openRequest = z
  .strictObject({
    ...envelope("open"),
    session: sessionName.describe("Name of the new session."),
    backend: backendName.optional().meta({ default: "wasi", description: "The machine behind the session." }),
    memory_limit_bytes: z.int().min(MIN_MEMORY_LIMIT_BYTES).max(MAX_MEMORY_LIMIT_BYTES).optional().meta({
      default: DEFAULT_MEMORY_LIMIT_BYTES,
      description:
        "Memory for the session's processes and files together. `--memory-limit` changes the default. A `v86` machine has at least 32 MiB and at most 1 GiB; the answer says what it has.",
    }),
    user: userName.optional().meta({
      default: "root",
      description:
        "Who the shell runs as: root in /root, or user (uid 1000) in /home/user. `--user` changes the default.",
    }),
    cwd: path.optional().describe("Directory that the shell starts in. Default: the user's home."),
    env: z
      .record(environmentName, cString)
      .optional()
      .describe("Variables of the session, added to those of `--env`."),
    files: z
      .record(path, initialFile)
      .optional()
      .describe(
        "Files to write before the first command, by path: the text, or an object with `content`, `encoding` and `mode` as in write_file.",
      ),
  })
  .meta({ description: "Makes a session with settings of its own." });

export const closeRequest = z
  .strictObject({
    ...envelope("close"),
    session: sessionName.describe("The session to end, after the requests it has still to do."),
  })
  .meta({ description: "Ends a session: its processes, its files and its thread." });

export const requests = {
  shell: shellRequest,
  read_file: readFileRequest,
  write_file: writeFileRequest,
  reset: resetRequest,
  status: statusRequest,
  cancel: cancelRequest,
  open: openRequest,
  close: closeRequest,
};

export type ShellRequest = z.infer<typeof shellRequest>;
export type ReadFileRequest = z.infer<typeof readFileRequest>;
export type WriteFileRequest = z.infer<typeof writeFileRequest>;
export type ResetRequest = z.infer<typeof resetRequest>;
export type StatusRequest = z.infer<typeof statusRequest>;
export type CancelRequest = z.infer<typeof cancelRequest>;
export type OpenRequest = z.infer<typeof openRequest>;
export type CloseRequest = z.infer<typeof closeRequest>;

export type Request =
  | ShellRequest
  | ReadFileRequest
  | WriteFileRequest
  | ResetRequest
  | StatusRequest
  | CancelRequest
  | OpenRequest
  | CloseRequest;

export type RequestId = z.infer<typeof requestId>;
export type RequestType = Request["type"];
