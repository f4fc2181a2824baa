import { z } from "zod";
import {
  backendName,
  count,
  envelope,
  milliseconds,
  requestId,
  sessionName,
  stateLost,
  success,
  userName,
} from "../fields.js";
import { limitUse } from "./session-limits.js";

/** Requests that never wait in a session's queue. */

const statusRequest = z.strictObject(envelope("status")).meta({
  description: "Says how the session and the daemon are. Never waits in the queue, never makes a session.",
});

const sessionSummary = z.strictObject({
  session: sessionName,
  backend: backendName,
  user: userName,
  busy: z.boolean(),
  queued: count,
  hibernates: z.boolean(),
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

const statusAnswer = z
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
    usage: z
      .array(limitUse)
      .describe(
        "The session's limits: `limit` is a name as in `open` or `memory_bytes`; `used` is null where each process or command has its own, `maximum` is null without limit.",
      ),
    unknown_syscalls: z
      .record(z.string(), count)
      .describe("System calls that programs asked for and the kernel does not have, with how often."),
    sessions: z
      .array(sessionSummary)
      .describe(
        "All sessions: `session`, `backend`, `user`, `busy`, `queued` requests, `hibernates` (it has no thread and wakes with its next request), `uptime_ms`.",
      ),
    limits: limits.describe(
      "`time_limit_ms`, `max_time_limit_ms`, `max_output_bytes`, `max_line_bytes`, `max_read_bytes`, `max_sessions`, `max_requests_in_flight`.",
    ),
    capabilities: z.array(z.string()).describe("Request types and backends that this daemon has."),
    state_lost: stateLost,
  })
  .meta({ description: "Answer to `status`." });

const cancelRequest = z
  .strictObject({
    ...envelope("cancel"),
    session: sessionName.optional().describe("If given, the target must be a request of this session."),
    target: requestId.describe("The `id` of the request to stop."),
  })
  .meta({
    description:
      "Stops a request that runs or waits. The target gets its own answer, with `cancelled: true`, before this request gets one.",
  });

const cancelAnswer = z
  .strictObject({
    ...success("cancel"),
    target: requestId.describe("The request that was to be stopped. Its answer has been sent."),
    cancelled: z
      .boolean()
      .describe("False if it ended by itself first, or does not run long enough to be stopped."),
    state_lost: stateLost,
  })
  .meta({ description: "Answer to `cancel`." });

export const controlRequests = { status: statusRequest, cancel: cancelRequest };
export const controlAnswers = { status: statusAnswer, cancel: cancelAnswer };
