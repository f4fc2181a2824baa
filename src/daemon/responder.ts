import { hintFor, type ProtocolCode } from "../protocol/codes.js";
import type {
  Answer,
  FailureAnswer,
  RequestId,
  ServerMessage,
  SuccessAnswer,
} from "../protocol/messages/index.js";
import type { DropReason, TaskEnd } from "../session/task.js";
import type { InFlight, InFlightTable } from "./in-flight.js";
import type { Writer } from "./writer.js";

/** Writes answers, exactly one for each request. */
export class Responder {
  /** `answered` is called after each answer. */
  constructor(
    private readonly writer: Writer,
    private readonly inFlight: InFlightTable,
    private readonly answered: () => void,
  ) {}

  answer(entry: InFlight, answer: Answer, stateLost = false): void {
    this.writer.write(stateLost ? { ...answer, state_lost: true } : answer);
    this.inFlight.remove(entry);
    this.answered();
  }

  fail(entry: InFlight, code: string, error: string, stateLost = false): void {
    const { id, type } = entry.request;
    const answer = failure(id, type, code, error);
    this.answer(entry, code === "CANCELLED" ? { ...answer, cancelled: true } : answer, stateLost);
  }

  /** Answers with the value, or says in words why there is none: "`attempt`: reason". */
  settle<Value>(
    entry: InFlight,
    end: TaskEnd<Value>,
    answer: (value: Value) => SuccessAnswer,
    attempt: string,
  ): void {
    switch (end.kind) {
      case "finished":
        return this.answer(entry, answer(end.value), end.stateLost);
      case "failed":
        return this.fail(entry, end.error.code, `${attempt}: ${end.error.message}`, end.stateLost);
      case "lost": {
        const error = `${attempt}: the session's machine broke (${end.reason}); its files, variables and processes are gone`;
        return this.fail(entry, "SESSION_LOST", error, true);
      }
      case "dropped": {
        const { code, why } = DROPPED[end.why];
        return this.fail(entry, code, `${attempt}: ${why}`);
      }
    }
  }

  failBase64(entry: InFlight, field: string): void {
    const { type } = entry.request;
    const error = `${type}: \`${field}\` is not base64: it must be of the standard alphabet, padded, without line breaks`;
    this.fail(entry, "INVALID_REQUEST", error);
  }

  /** Answers a line that did not become a request in flight. */
  refuse(id: RequestId | null, type: string | null, code: ProtocolCode, error: string): void {
    this.writer.write(failure(id, type, code, error));
    this.answered();
  }

  /** Writes an event of a request that is not answered yet. */
  event(message: Exclude<ServerMessage, Answer>): void {
    this.writer.write(message);
  }

  /** Whether the client is behind with reading. */
  get congested(): boolean {
    return this.writer.congested;
  }

  /** Runs `callback` as soon as the client has caught up with reading. */
  whenClear(callback: () => void): void {
    this.writer.whenClear(callback);
  }
}

const DROPPED: Readonly<Record<DropReason, { code: ProtocolCode; why: string }>> = {
  cancelled: { code: "CANCELLED", why: "it was cancelled before it began" },
  shutting_down: { code: "SHUTTING_DOWN", why: "the daemon is stopping" },
  not_opened: { code: "SESSION_NOT_FOUND", why: "the session could not be opened" },
};

function failure(id: RequestId | null, type: string | null, code: string, error: string): FailureAnswer {
  const hint = hintFor(code);
  return { id, type, success: false, error, code, ...(hint !== undefined && { hint }) };
}

/** Text of a request in an error's sentence. */
export function quote(text: string): string {
  return JSON.stringify(text);
}
