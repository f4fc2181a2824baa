import type { AnswerTo, RequestOf } from "../protocol/messages/index.js";
import type { ManagedProcess } from "../session/managed-process.js";
import type { Session } from "../session/session.js";
import { type Context, DEFAULT_SESSION } from "./context.js";
import type { InFlight } from "./in-flight.js";
import { quote } from "./responder.js";

type ProcessRequest = RequestOf<"write_stdin" | "read_output" | "wait" | "kill" | "resize">;

/** The process that a request is about; undefined after the request has been answered with a failure. */
export function findProcess(
  context: Context,
  entry: InFlight,
  request: ProcessRequest,
): { readonly session: Session; readonly process: ManagedProcess } | undefined {
  const session = context.existingSession(request);
  if (!session) {
    context.failNoSession(entry, request.session ?? DEFAULT_SESSION);
    return undefined;
  }
  const process = session.processes.get(request.process);
  if (process) return { session, process };
  const error = `${request.type}: session ${quote(session.name)} has no process ${quote(request.process)}`;
  context.respond.fail(entry, "PROCESS_NOT_FOUND", error);
  return undefined;
}

/** How a process is, as the answers say it. */
export function fateFields({
  fate,
}: ManagedProcess): Pick<AnswerTo<"wait">, "state" | "outcome" | "exit_code" | "signal"> {
  return {
    state: fate === undefined ? "running" : "exited",
    outcome: fate?.outcome ?? null,
    exit_code: fate?.exitCode ?? null,
    signal: fate?.signal ?? null,
  };
}
