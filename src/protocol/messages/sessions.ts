import { z } from "zod";
import {
  backendName,
  count,
  cString,
  envelope,
  environmentName,
  fileContents,
  path,
  sessionName,
  stateLost,
  success,
  userName,
} from "../fields.js";
import {
  DEFAULT_MEMORY_LIMIT_BYTES,
  MAX_MEMORY_LIMIT_BYTES,
  MAX_MOUNTS,
  MIN_MEMORY_LIMIT_BYTES,
} from "../limits.js";
import { mount } from "./mounts.js";
import { sessionLimits } from "./session-limits.js";

const openRequest = z
  .strictObject({
    ...envelope("open"),
    session: sessionName.describe("Name of the new session."),
    backend: backendName.optional().meta({ default: "wasi", description: "The machine behind the session." }),
    memory_limit_bytes: z.int().min(MIN_MEMORY_LIMIT_BYTES).max(MAX_MEMORY_LIMIT_BYTES).optional().meta({
      default: DEFAULT_MEMORY_LIMIT_BYTES,
      description:
        "Memory for the session's processes and files together. `--memory-limit` changes the default. A `v86` machine has at least 32 MiB and at most 1 GiB; the answer says what it has.",
    }),
    limits: sessionLimits
      .optional()
      .describe(
        "Further limits, each with the error that the guest sees: `file_bytes` and `files` (ENOSPC), `file_size_bytes` (EFBIG, SIGXFSZ), `processes` (EAGAIN), `open_files` (EMFILE), `cpu_ms` (SIGXCPU, a second of processor time later SIGKILL), `output_bytes` (EFBIG, SIGXFSZ). `--limit` changes the defaults: 256 processes, 1024 open files, no others.",
      ),
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
    mounts: z
      .array(mount)
      .max(MAX_MOUNTS)
      .optional()
      .describe(
        'Directories of the host to mount, beside those of `--mount`: `host`, an absolute path there; `guest`, an absolute path in the session, made if need be; `mode`: `"ro"` (default), `"rw"` or `"overlay"`.',
      ),
    files: z
      .record(path, z.union([z.string(), fileContents]))
      .optional()
      .describe(
        "Files to write before the first command, by path: the text, or an object with `content`, `encoding` and `mode` as in write_file.",
      ),
  })
  .meta({ description: "Makes a session with settings of its own." });

const openAnswer = z
  .strictObject({
    ...success("open"),
    session: sessionName,
    backend: backendName,
    user: userName,
    memory_limit_bytes: count,
    state_lost: stateLost,
  })
  .meta({ description: "Answer to `open`: the settings of the new session." });

const closeRequest = z
  .strictObject({
    ...envelope("close"),
    session: sessionName.describe("The session to end, after the requests it has still to do."),
  })
  .meta({ description: "Ends a session: its processes, its files and its thread." });

const closeAnswer = z
  .strictObject({ ...success("close"), session: sessionName, state_lost: stateLost })
  .meta({ description: "Answer to `close`." });

const resetRequest = z
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

const resetAnswer = z
  .strictObject({ ...success("reset"), state_lost: stateLost })
  .meta({ description: "Answer to `reset`." });

export const sessionRequests = { open: openRequest, close: closeRequest, reset: resetRequest };
export const sessionAnswers = { open: openAnswer, close: closeAnswer, reset: resetAnswer };
