import type { ProtocolCode } from "../protocol/codes.js";
import { MAX_BYTES_IN_FLIGHT, MAX_REQUESTS_IN_FLIGHT } from "../protocol/limits.js";
import type { Request, RequestId, RequestType } from "../protocol/messages/index.js";
import { Context } from "./context.js";
import { InFlightTable } from "./in-flight.js";
import type { Log } from "./log.js";
import type { SessionRegistry } from "./registry.js";
import { type Handler, handlers } from "./requests/index.js";
import { Responder } from "./responder.js";
import type { Settings } from "./settings.js";
import type { Writer } from "./writer.js";

/** Has valid requests carried out. */
export class Dispatcher {
  private readonly inFlight = new InFlightTable();
  private readonly respond: Responder;
  private readonly context: Context;

  /** `answered` is called after each answer. */
  constructor(
    settings: Settings,
    sessions: SessionRegistry,
    writer: Writer,
    private readonly log: Log,
    answered: () => void,
  ) {
    this.respond = new Responder(writer, this.inFlight, answered);
    this.context = new Context(settings, sessions, this.respond);
  }

  get unanswered(): number {
    return this.inFlight.size;
  }

  /** Whether as many requests have been taken in as may wait at once. */
  get full(): boolean {
    return this.inFlight.size >= MAX_REQUESTS_IN_FLIGHT || this.inFlight.bytes >= MAX_BYTES_IN_FLIGHT;
  }

  /** `bytes`: size of the request's line. */
  dispatch(request: Request, bytes: number): void {
    if (this.inFlight.get(request.id)) {
      const error = `the request with id ${JSON.stringify(request.id)} has no answer yet`;
      return this.respond.refuse(request.id, request.type, "DUPLICATE_ID", error);
    }
    // Looked up first: a request cannot cancel itself.
    const target = request.type === "cancel" ? this.inFlight.get(request.target) : undefined;
    const entry = this.inFlight.add(request, bytes);
    try {
      const handle = handlers[request.type] as Handler<RequestType>;
      handle(this.context, entry, request, target);
    } catch (error) {
      const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
      this.log.write({
        level: "error",
        message: "internal error",
        fields: { request: request.type, detail },
      });
      this.respond.fail(entry, "INTERNAL", `${request.type}: an internal error of limpet`);
    }
  }

  /** Answers a line that is no valid request. */
  refuse(id: RequestId | null, type: string | null, code: ProtocolCode, error: string): void {
    this.respond.refuse(id, type, code, error);
  }
}
