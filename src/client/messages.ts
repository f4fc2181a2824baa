import type {
  AnswerTo,
  ChangeEvent,
  OutputEvent,
  RequestOf,
  RequestType,
} from "../protocol/messages/index.js";

type Envelope = "id" | "type" | "session";

/** The fields of a request but those that the client fills in. */
export type Fields<Type extends RequestType> = Omit<RequestOf<Type>, Envelope>;

/** The fields of an answer that tell something. */
export type Result<Type extends RequestType> = Omit<AnswerTo<Type>, "id" | "type" | "success">;

/** The types of the requests that have events before their answer. */
export type EventfulType = "shell" | "wait" | "watch";

/** What comes before the answer to a request of this type. */
export type EventOf<Type extends EventfulType> = {
  shell: OutputEvent;
  wait: OutputEvent;
  watch: ChangeEvent;
}[Type];

export interface CallOptions {
  /**
   * Cancels the request. It still gets its answer: a command that ran resolves with `cancelled: true` and its output so far; what
   * has no result rejects with a `CancelledError`; what is done before the daemon hears of it is done.
   */
  readonly signal?: AbortSignal | undefined;
}

/** A method's options: the fields that it does not take as arguments of their own, and `signal`. */
export type Options<Type extends RequestType, Arguments extends string = never> = Omit<
  Fields<Type>,
  Arguments
> &
  CallOptions;
