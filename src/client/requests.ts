import type { Event, RequestType } from "../protocol/messages/index.js";
import type { Connection } from "./connection.js";
import { EventStream } from "./event-stream.js";
import type { CallOptions, EventfulType, EventOf, Fields, Result } from "./messages.js";

/** Any request of the protocol, for one session. */
export class Requests {
  constructor(
    protected readonly connection: Connection,
    /** The session's name. Undefined: the default session. */
    readonly name: string | undefined,
  ) {}

  /** Sends a request and resolves with its answer. */
  async request<Type extends RequestType>(
    type: Type,
    fields: Fields<Type>,
    { signal }: CallOptions = {},
  ): Promise<Result<Type>> {
    const message = { ...this.envelope, ...fields };
    return withoutEnvelope(await this.connection.request(type, message, { signal }));
  }

  /** Sends a request that has events before its answer, such as `wait` with `stream`. */
  events<Type extends EventfulType>(
    type: Type,
    fields: Fields<Type>,
    { signal }: CallOptions = {},
  ): EventStream<EventOf<Type>, Result<Type>> {
    const message = { ...this.envelope, ...fields };
    return new EventStream(
      async (onEvent, cancelled) =>
        withoutEnvelope(
          await this.connection.request(type, message, {
            // The events of a request are of the type that goes with it.
            onEvent: onEvent as (event: Event) => void,
            signal: cancelled,
          }),
        ),
      signal,
    );
  }

  private get envelope(): { readonly session?: string } {
    return this.name === undefined ? {} : { session: this.name };
  }
}

function withoutEnvelope<Answer extends { id: unknown; type: unknown; success: unknown }>(
  answer: Answer,
): Omit<Answer, "id" | "type" | "success"> {
  const { id, type, success, ...result } = answer;
  return result;
}
