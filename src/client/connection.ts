import type { Readable, Writable } from "node:stream";
import { LineFramer } from "../protocol/framing.js";
import type {
  Answer,
  AnswerTo,
  Event,
  FailureAnswer,
  RequestId,
  RequestType,
  ServerMessage,
  SuccessAnswer,
} from "../protocol/messages/index.js";
import { DaemonGoneError, failureToError, type LimpetError } from "./errors.js";
import type { Fields } from "./messages.js";

interface Pending {
  readonly lineBytes: number;
  readonly onEvent: ((event: Event) => void) | undefined;
  readonly resolve: (answer: SuccessAnswer) => void;
  readonly reject: (error: LimpetError) => void;
}

/** The two streams of a daemon, and the requests that it has not answered yet. */
export class Connection {
  private readonly pending = new Map<RequestId, Pending>();
  private nextId = 1;
  private failure: DaemonGoneError | undefined;

  /**
   * `input`: what the daemon reads. `output`: what it writes. `ended`: resolves when no more answers can come, with the reason.
   */
  constructor(
    private readonly input: Writable,
    output: Readable,
    private readonly ended: Promise<string>,
  ) {
    const framer = new LineFramer(Number.POSITIVE_INFINITY, (frame) => {
      if (frame.kind === "line") this.receive(new TextDecoder().decode(frame.bytes));
    });
    output.on("data", (chunk: Uint8Array) => framer.push(chunk));
    // Writing to a daemon that has ended: `ended` says so.
    input.on("error", () => {});
    void ended.then((reason) => this.fail(`the daemon is gone: ${reason}`, "DAEMON_EXITED"));
  }

  /** Sends a request. */
  request<Type extends RequestType>(
    type: Type,
    fields: Fields<Type> & { readonly session?: string },
    { onEvent, signal }: { onEvent?: (event: Event) => void; signal?: AbortSignal | undefined } = {},
  ): Promise<AnswerTo<Type>> {
    if (this.failure) return Promise.reject(this.failure);
    const id = this.nextId++;
    const answer = new Promise<SuccessAnswer>((resolve, reject) => {
      const lineBytes = this.send({ id, type, ...fields });
      this.pending.set(id, { lineBytes, onEvent, resolve, reject });
    });
    const cancel = (): void => {
      this.send({ id: this.nextId++, type: "cancel", target: id });
    };
    if (signal?.aborted) cancel();
    else signal?.addEventListener("abort", cancel);
    const forget = (): void => signal?.removeEventListener("abort", cancel);
    answer.then(forget, forget);
    return answer as Promise<AnswerTo<Type>>;
  }

  /** Lets the daemon finish what it has been asked, and waits for its end. */
  async close(): Promise<void> {
    this.input.end();
    await this.ended;
  }

  /** Returns the length of the line. */
  private send(request: {
    readonly id: RequestId;
    readonly type: RequestType;
    readonly target?: RequestId;
  }): number {
    const line = Buffer.from(`${JSON.stringify(request)}\n`);
    this.input.write(line);
    return line.length;
  }

  private receive(line: string): void {
    const message = parse(line);
    if (!message)
      return this.fail(
        `the daemon wrote what is no message: ${line.trim().slice(0, 200)}`,
        "NOT_THE_PROTOCOL",
      );
    const id = message.id ?? this.longestRequest();
    const pending = id === undefined ? undefined : this.pending.get(id);
    if (id === undefined || !pending) return;
    if (!("success" in message)) return pending.onEvent?.(message);
    this.pending.delete(id);
    if (isFailure(message)) pending.reject(failureToError(message));
    else pending.resolve(message);
  }

  /** What the daemon could not make out an id of was a line that is too long. */
  private longestRequest(): RequestId | undefined {
    let longest: RequestId | undefined;
    let most = 0;
    for (const [id, { lineBytes }] of this.pending) {
      if (lineBytes <= most) continue;
      most = lineBytes;
      longest = id;
    }
    return longest;
  }

  private fail(message: string, code: string): void {
    this.failure ??= new DaemonGoneError(message, code);
    for (const { reject } of this.pending.values()) reject(this.failure);
    this.pending.clear();
  }
}

function parse(line: string): ServerMessage | undefined {
  try {
    const message: unknown = JSON.parse(line);
    if (typeof message === "object" && message !== null && "id" in message) return message as ServerMessage;
  } catch {}
  return undefined;
}

function isFailure(answer: Answer): answer is FailureAnswer {
  return !answer.success;
}
