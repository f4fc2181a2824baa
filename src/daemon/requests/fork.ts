import type { Frozen } from "../../machine/calls/snapshot.js";
import type { MachineOptions } from "../../machine/machine.js";
import type { RequestOf } from "../../protocol/messages/index.js";
import type { Session } from "../../session/session.js";
import type { Context } from "../context.js";
import type { InFlight } from "../in-flight.js";
import { quote } from "../responder.js";
import { existingSession, existingSnapshot } from "./snapshots.js";

/** The new sessions are there at once, so that requests for them can be sent; they wait for the source to be frozen. */
export function fork(context: Context, entry: InFlight, request: RequestOf<"fork">): void {
  const { respond } = context;
  const { session: from, snapshot: name } = request;
  if (from !== undefined && name !== undefined)
    return respond.fail(entry, "INVALID_REQUEST", "fork takes `session` or `snapshot`, not both");
  if (request.sessions !== undefined && request.count !== undefined)
    return respond.fail(entry, "INVALID_REQUEST", "fork takes `sessions` or `count`, not both");
  if (name !== undefined) {
    const found = existingSnapshot(context, entry, name);
    const forks = found && create(context, entry, request, name, found.options);
    if (forks) begin(context, entry, forks, found.frozen, name);
    return;
  }
  const source = existingSession(context, entry, from);
  const forks = source && create(context, entry, request, source.name, source.options);
  if (!forks) return;
  context.call(entry, source, { name: "freeze", argument: {} }, (end) => {
    if (end.kind === "finished")
      return begin(context, entry, forks, end.value, source.snapshot, end.stateLost);
    abandon(context, forks);
    const attempt = `cannot fork session ${quote(source.name)}`;
    respond.settle(
      entry,
      end,
      () => answer(entry, forks, { backend: source.options.backend, processesDropped: 0 }),
      attempt,
    );
  });
}

/** Undefined after the request has been answered with a failure. */
function create(
  context: Context,
  entry: InFlight,
  request: RequestOf<"fork">,
  source: string,
  options: MachineOptions,
): Session[] | undefined {
  const { respond, sessions } = context;
  const names = request.sessions ?? freeNames(context, source, request.count ?? 1);
  const double = names.find((name, index) => names.indexOf(name) !== index);
  if (double !== undefined) {
    respond.fail(entry, "INVALID_REQUEST", `fork: \`sessions\` names ${quote(double)} twice`);
    return undefined;
  }
  const taken = names.find((name) => sessions.get(name));
  if (taken !== undefined) {
    respond.fail(entry, "SESSION_EXISTS", `session ${quote(taken)} exists already`);
    return undefined;
  }
  const room = context.settings.maxSessions - sessions.all().length;
  if (names.length > room) {
    const error = `there is room for ${Math.max(0, room)} more sessions, and ${names.length} are asked for`;
    respond.fail(entry, "TOO_MANY_SESSIONS", error);
    return undefined;
  }
  return names.map((name) => sessions.createWaiting(name, options));
}

function freeNames({ sessions }: Context, source: string, count: number): string[] {
  const names: string[] = [];
  const stem = source.slice(0, LONGEST_STEM);
  for (let number = 1; names.length < count; number++) {
    const name = `${stem}-${number}`;
    if (!sessions.get(name)) names.push(name);
  }
  return names;
}

/** Leaves room for a number in the longest name of a session. */
const LONGEST_STEM = 120;

/** The sessions get their machines when they are first asked for something. */
function begin(
  { respond }: Context,
  entry: InFlight,
  forks: readonly Session[],
  frozen: Frozen,
  snapshot: string | undefined,
  stateLost = false,
): void {
  for (const session of forks) {
    session.snapshot = snapshot;
    session.beginFrom(frozen);
  }
  respond.answer(entry, answer(entry, forks, frozen), stateLost);
}

function abandon({ sessions }: Context, forks: readonly Session[]): void {
  for (const session of forks) {
    session.dropQueued("not_opened");
    sessions.close(session, () => {});
  }
}

function answer(
  { request: { id } }: InFlight,
  forks: readonly Session[],
  { backend, processesDropped }: Pick<Frozen, "backend" | "processesDropped">,
) {
  const sessions = forks.map(({ name }) => name);
  return { id, type: "fork", success: true, sessions, backend, processes_dropped: processesDropped } as const;
}
