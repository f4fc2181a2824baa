import type { Call, CallName, CallOf, CallResult } from "../machine/calls/index.js";
import type { Request } from "../protocol/messages/index.js";
import type { Session } from "../session/session.js";
import type { Task, TaskEnd } from "../session/task.js";
import type { InFlight } from "./in-flight.js";
import type { SessionRegistry } from "./registry.js";
import { quote, type Responder } from "./responder.js";
import type { Settings } from "./settings.js";

export const DEFAULT_SESSION = "default";

/** What the handlers of requests work with. */
export class Context {
  constructor(
    readonly settings: Settings,
    readonly sessions: SessionRegistry,
    readonly respond: Responder,
  ) {}

  /** The session that a request is for, made if need be; undefined after the request has been answered with a failure. */
  session(entry: InFlight, request: Request | { readonly session?: string }): Session | undefined {
    const name = nameIn(request);
    const existing = this.sessions.get(name);
    if (existing) return existing;
    if (!this.sessions.full) return this.sessions.create(name);
    this.failTooMany(entry);
    return undefined;
  }

  /** The session that a request is for, if it exists. */
  existingSession(request: Request | { readonly session?: string }): Session | undefined {
    return this.sessions.get(nameIn(request));
  }

  failTooMany(entry: InFlight): void {
    const { maxSessions } = this.settings;
    this.respond.fail(
      entry,
      "TOO_MANY_SESSIONS",
      `there are ${maxSessions} sessions already, which is the limit`,
    );
  }

  failNoSession(entry: InFlight, name: string): void {
    this.respond.fail(entry, "SESSION_NOT_FOUND", `there is no session ${quote(name)}`);
  }

  enqueue(entry: InFlight, session: Session, task: Task): void {
    entry.work = { session, cancel: () => session.cancel(task) };
    session.add(task);
  }

  /** A further task of a request, done before all that waits. */
  goOn(entry: InFlight, session: Session, task: Task): void {
    entry.work = { session, cancel: () => session.cancel(task) };
    session.goOn(task);
  }

  /** `transfer`: buffers that are handed over to the session's thread. */
  call<Name extends CallName>(
    entry: InFlight,
    session: Session,
    call: CallOf<Name>,
    settle: (end: TaskEnd<CallResult<Name>>) => void,
    transfer: readonly ArrayBuffer[] = [],
  ): void {
    this.enqueue(entry, session, {
      kind: "call",
      call: call as Call,
      transfer,
      settle: settle as (end: TaskEnd<CallResult<CallName>>) => void,
    });
  }
}

function nameIn(request: Request | { readonly session?: string }): string {
  return ("session" in request ? request.session : undefined) ?? DEFAULT_SESSION;
}
