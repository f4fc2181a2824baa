import type { MachineOptions } from "../../machine/machine.js";
import { machineMemory } from "../../machine/machine-memory.js";
import type { RequestOf } from "../../protocol/messages/index.js";
import type { TaskEnd } from "../../session/task.js";
import type { Context } from "../context.js";
import { decodeFiles } from "../file-contents.js";
import type { InFlight } from "../in-flight.js";
import { demandMountable, MountRefused } from "../mount-options.js";
import { quote } from "../responder.js";
import { statusAnswer } from "../status-answer.js";

export function open(context: Context, entry: InFlight, request: RequestOf<"open">): void {
  const { respond, sessions } = context;
  const { session: name } = request;
  if (sessions.get(name))
    return respond.fail(entry, "SESSION_EXISTS", `session ${quote(name)} exists already`);
  if (sessions.full) return context.failTooMany(entry);
  const files = decodeFiles(context, entry, request.files ?? {});
  if (!files) return;

  const options = machineOptions(request, context.settings.machine);
  try {
    demandMountable(options.mounts);
  } catch (error) {
    if (!(error instanceof MountRefused)) throw error;
    return respond.fail(entry, "INVALID_REQUEST", `cannot open session ${quote(name)}: ${error.message}`);
  }
  const session = sessions.create(name, options);
  const settle = (end: TaskEnd<number>): void => {
    const failedFile = end.kind === "failed" ? end.error.path : undefined;
    respond.settle(
      entry,
      end,
      () => ({
        id: request.id,
        type: "open",
        success: true,
        session: name,
        backend: options.backend,
        user: options.user,
        memory_limit_bytes: options.memoryLimitBytes,
      }),
      `cannot open session ${quote(name)}${failedFile === undefined ? "" : `: cannot write ${quote(failedFile)}`}`,
    );
    if (end.kind === "finished") return;
    session.dropQueued("not_opened");
    sessions.close(session, () => {});
  };
  context.call(entry, session, { name: "writeFiles", argument: files }, settle);
}

/** The very defaults when the request asks for nothing else: a spare machine has been made with them. */
function machineOptions(request: RequestOf<"open">, defaults: MachineOptions): MachineOptions {
  const { backend, env, cwd, user, memory_limit_bytes, limits, mounts } = request;
  if ((backend ?? env ?? cwd ?? user ?? memory_limit_bytes ?? limits ?? mounts) === undefined)
    return defaults;
  const chosen = backend ?? defaults.backend;
  return {
    ...defaults,
    backend: chosen,
    env: { ...defaults.env, ...env },
    user: user ?? defaults.user,
    memoryLimitBytes: machineMemory(chosen, memory_limit_bytes ?? defaults.memoryLimitBytes),
    limits: { ...defaults.limits, ...limits },
    ...(cwd !== undefined && { cwd }),
    mounts: [...defaults.mounts, ...(mounts ?? []).map(({ mode = "ro", ...paths }) => ({ ...paths, mode }))],
  };
}

export function close(context: Context, entry: InFlight, { id, session: name }: RequestOf<"close">): void {
  const session = context.sessions.get(name);
  if (!session) return context.failNoSession(entry, name);
  context.sessions.close(session, () =>
    context.respond.answer(entry, { id, type: "close", success: true, session: name }),
  );
}

export function reset(context: Context, entry: InFlight, request: RequestOf<"reset">): void {
  const session = context.session(entry, request);
  if (!session) return;
  const { id, keep_files = false } = request;
  context.call(entry, session, { name: "reset", argument: { keepFiles: keep_files } }, (end) =>
    context.respond.settle(
      entry,
      end,
      () => ({ id, type: "reset", success: true }),
      "cannot reset the session",
    ),
  );
}

export function status(context: Context, entry: InFlight, request: RequestOf<"status">): void {
  // Without a name the request is about the daemon, which may have lost its default session to a `close`.
  const { session: name } = request;
  const session = name === undefined ? context.session(entry, request) : context.sessions.get(name);
  if (!session) {
    if (name !== undefined) context.failNoSession(entry, name);
    return;
  }
  void session.status().then((machine) => {
    const answer = statusAnswer(request.id, context.settings, context.sessions.all(), session, machine);
    context.respond.answer(entry, answer, session.takeStateLost());
  });
}
