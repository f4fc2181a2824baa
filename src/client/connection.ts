import { type ChildProcess, spawn } from "node:child_process";
import { LineFramer } from "../protocol/framing.js";
import type {
  Answer,
  FailureAnswer,
  OutputEvent,
  Request,
  RequestId,
  ServerMessage,
  SuccessAnswer,
} from "../protocol/messages/index.js";

/** A request that failed. `code` is one of protocol.md's codes or an errno name. */
export class LimpetError extends Error {
  override readonly name = "LimpetError";

  constructor(
    message: string,
    readonly code: string,
    /** What to do about it. */
    readonly hint?: string,
    /** The session's files, variables and processes are gone. */
    readonly stateLost: boolean = false,
  ) {
    super(message);
  }
}

/** A request without what the connection adds. */
export type RequestBody = Request extends infer Each
  ? Each extends Request
    ? Omit<Each, "id">
    : never
  : never;

type AnswerTo<Type extends Request["type"]> = Extract<SuccessAnswer, { type: Type }>;

interface Pending {
  readonly resolve: (answer: SuccessAnswer) => void;
  readonly reject: (error: LimpetError) => void;
  readonly onOutput: ((event: OutputEvent) => void) | undefined;
}

/** A daemon as a child process, and the requests that it has not answered yet. */
export class Connection {
  private readonly pending = new Map<RequestId, Pending>();
  private readonly exited: Promise<void>;
  private nextId = 1;
  private failure: LimpetError | undefined;

  constructor(private readonly child: ChildProcess) {
    const framer = new LineFramer(Number.POSITIVE_INFINITY, (frame) => {
      if (frame.kind === "line")
        this.receive(JSON.parse(new TextDecoder().decode(frame.bytes)) as ServerMessage);
    });
    child.stdout?.on("data", (chunk: Buffer) => framer.push(chunk));
    // Writing to a daemon that has ended: `exit` says so.
    child.stdin?.on("error", () => {});
    this.exited = new Promise((resolve) => {
      const end = (reason: string): void => {
        this.failAll(new LimpetError(`the daemon is gone: ${reason}`, "DAEMON_EXITED"));
        resolve();
      };
      child.on("error", (error) => end(error.message));
      child.on("close", (code, signal) => end(`it ended with ${signal ?? `status ${code}`}`));
    });
  }

  static spawn(
    script: string,
    options: readonly string[],
    onLog: ((line: string) => void) | undefined,
  ): Connection {
    const stderr = onLog ? "pipe" : "inherit";
    const child = spawn(process.execPath, [script, ...options], { stdio: ["pipe", "pipe", stderr] });
    const lines = new LineFramer(Number.POSITIVE_INFINITY, (frame) => {
      if (frame.kind === "line") onLog?.(new TextDecoder().decode(frame.bytes).trimEnd());
    });
    child.stderr?.on("data", (chunk: Buffer) => lines.push(chunk));
    return new Connection(child);
  }

  /** Sends a request. `signal` cancels it. */
  request<Body extends RequestBody>(
    body: Body,
    {
      onOutput,
      signal,
    }: { onOutput?: ((event: OutputEvent) => void) | undefined; signal?: AbortSignal | undefined } = {},
  ): Promise<AnswerTo<Body["type"]>> {
    if (this.failure) return Promise.reject(this.failure);
    const id = this.nextId++;
    return new Promise((resolve, reject) => {
      const cancel = (): void => this.send({ id: this.nextId++, type: "cancel", target: id });
      const settled = (): void => signal?.removeEventListener("abort", cancel);
      this.pending.set(id, {
        onOutput,
        resolve: (answer) => {
          settled();
          resolve(answer as AnswerTo<Body["type"]>);
        },
        reject: (error) => {
          settled();
          reject(error);
        },
      });
      this.send({ id, ...body } as Request);
      if (signal?.aborted) cancel();
      else signal?.addEventListener("abort", cancel);
    });
  }

  /** Lets the daemon finish what it has, and waits for its end. */
  async close(): Promise<void> {
    this.child.stdin?.end();
    await this.exited;
  }

  private send(request: Request): void {
    this.child.stdin?.write(`${JSON.stringify(request)}\n`);
  }

  private receive(message: ServerMessage): void {
    const pending = message.id === null ? undefined : this.pending.get(message.id);
    if (!pending) return;
    if (!("success" in message)) return pending.onOutput?.(message);
    this.pending.delete(message.id as RequestId);
    if (isFailure(message)) pending.reject(toError(message));
    else pending.resolve(message);
  }

  private failAll(error: LimpetError): void {
    this.failure ??= error;
    for (const pending of this.pending.values()) pending.reject(error);
    this.pending.clear();
  }
}

function isFailure(answer: Answer): answer is FailureAnswer {
  return !answer.success;
}

function toError(answer: FailureAnswer): LimpetError {
  return new LimpetError(answer.error, answer.code, answer.hint, answer.state_lost ?? false);
}
