import type { MachineStatus } from "../machine/calls/session.js";
import {
  MAX_READ_BYTES,
  MAX_REQUESTS_IN_FLIGHT,
  MAX_TIME_LIMIT_MS,
  PROTOCOL_VERSION,
} from "../protocol/limits.js";
import type { AnswerTo, RequestId } from "../protocol/messages/index.js";
import { requestTypes } from "../protocol/validate.js";
import type { Session } from "../session/session.js";
import type { Settings } from "./settings.js";
import { roundMilliseconds } from "./shell-answer.js";

const NOTHING_KNOWN: MachineStatus = {
  memoryUsedBytes: 0,
  memoryLimitBytes: 0,
  processes: 0,
  limits: [],
  unknownSyscalls: {},
};

/** `status` is what the session's machine said, if it responded in time. */
export function statusAnswer(
  id: RequestId,
  settings: Settings,
  sessions: readonly Session[],
  session: Session,
  status: MachineStatus | undefined,
): AnswerTo<"status"> {
  const machine = status ?? session.lastKnownStatus ?? NOTHING_KNOWN;
  return {
    id,
    type: "status",
    success: true,
    ready: status !== undefined,
    uptime_ms: roundMilliseconds(performance.now()),
    memory_used_bytes: machine.memoryUsedBytes,
    memory_limit_bytes: machine.memoryLimitBytes || session.options.memoryLimitBytes,
    backend: session.options.backend,
    version: settings.version,
    protocol: PROTOCOL_VERSION,
    processes: machine.processes,
    usage: machine.limits.map((use) => ({ ...use })),
    unknown_syscalls: { ...machine.unknownSyscalls },
    sessions: sessions.map((each) => ({
      session: each.name,
      backend: each.options.backend,
      user: each.options.user,
      busy: each.busy,
      queued: each.queued,
      hibernates: each.hibernates,
      uptime_ms: roundMilliseconds(performance.now() - each.createdAt),
    })),
    limits: {
      time_limit_ms: settings.timeLimitMs,
      max_time_limit_ms: MAX_TIME_LIMIT_MS,
      max_output_bytes: settings.maxOutputBytes,
      max_line_bytes: settings.maxLineBytes,
      max_read_bytes: MAX_READ_BYTES,
      max_sessions: settings.maxSessions,
      max_requests_in_flight: MAX_REQUESTS_IN_FLIGHT,
    },
    capabilities: [...requestTypes, "wasi", "v86"],
  };
}
