import type { RequestType } from "../protocol/messages/index.js";
import type { Connection } from "./connection.js";
import { toContent } from "./content.js";
import { RequestError } from "./errors.js";
import { EventStream } from "./event-stream.js";
import type { CallOptions, EventfulType, EventOf, Fields, Options, Result } from "./messages.js";
import { Process } from "./process.js";

/** `stdout` and `stderr` are text, or base64 if `stdout_encoding` and `stderr_encoding` say so. */
export type ShellResult = Result<"shell"> &
  Required<Pick<Result<"shell">, "stdout" | "stdout_encoding" | "stderr" | "stderr_encoding">>;

/**
 * A session: a shell and files that last from one call to the next. A method is called like the request that it sends, its
 * options and results like the fields in protocol.md. Every method rejects with a `LimpetError`.
 */
export class Session {
  constructor(
    protected readonly connection: Connection,
    readonly name: string,
  ) {}

  /** Any request of the protocol. */
  async request<Type extends RequestType>(
    type: Type,
    fields: Fields<Type>,
    { signal }: CallOptions = {},
  ): Promise<Result<Type>> {
    const message = { session: this.name, ...fields };
    return withoutEnvelope(await this.connection.request(type, message, { signal }));
  }

  /** Any request that has events, such as `wait` with `stream`. */
  events<Type extends EventfulType>(
    type: Type,
    fields: Fields<Type>,
    { signal }: CallOptions = {},
  ): EventStream<EventOf<Type>, Result<Type>> {
    const message = { session: this.name, ...fields };
    return new EventStream(
      async (onEvent, cancelled) =>
        withoutEnvelope(await this.connection.request(type, message, { onEvent, signal: cancelled })),
      signal,
    );
  }

  /** Runs a command. A non-zero exit code or a time limit is a result, not an error. */
  async shell(
    command: string,
    { signal, ...options }: Options<"shell", "command" | "stream" | "background"> = {},
  ): Promise<ShellResult> {
    const result = await this.request("shell", { command, ...options }, { signal });
    return result as ShellResult;
  }

  /**
   * Runs a command whose output is handed out while it runs:
   *
   *     const build = session.stream("make");
   *     for await (const { stream, data } of build) process[stream].write(data);
   *     const { exit_code } = await build.result;
   *
   * Leaving the loop early cancels the command.
   */
  stream(
    command: string,
    { signal, ...options }: Options<"shell", "command" | "stream" | "background"> = {},
  ): EventStream<EventOf<"shell">, Result<"shell">> {
    return this.events("shell", { command, stream: true, ...options }, { signal });
  }

  /** Starts a process beside the shell; it goes on until it ends, is killed, or the session is closed. */
  async start(command: string, { signal, ...options }: Options<"start", "command"> = {}): Promise<Process> {
    const { process, pid } = await this.request("start", { command, ...options }, { signal });
    return new Process(this, process, pid);
  }

  /** A process by its id, wherever it was started. */
  process(id: string): Process {
    return new Process(this, id);
  }

  /** The session's processes that were started by requests, also those that ended not long ago. */
  async processes(options: CallOptions = {}): Promise<Result<"processes">["processes"]> {
    return (await this.request("processes", {}, options)).processes;
  }

  /** `Buffer.from(content, encoding)` has the bytes. */
  readFile(
    path: string,
    { signal, ...options }: Options<"read_file", "path"> = {},
  ): Promise<Result<"read_file">> {
    return this.request("read_file", { path, ...options }, { signal });
  }

  /** Writes text, or bytes as they are. */
  writeFile(
    path: string,
    content: string | Uint8Array,
    { signal, ...options }: Options<"write_file", "path" | "content"> = {},
  ): Promise<Result<"write_file">> {
    return this.request("write_file", { path, ...toContent(content), ...options }, { signal });
  }

  reset({ signal, ...options }: Options<"reset"> = {}): Promise<Result<"reset">> {
    return this.request("reset", options, { signal });
  }

  /** What has been changed in overlay mounts. */
  diff({ signal, ...options }: Options<"diff"> = {}): Promise<Result<"diff">> {
    return this.request("diff", options, { signal });
  }

  status(options: CallOptions = {}): Promise<Result<"status">> {
    return this.request("status", {}, options);
  }

  /** Ends the session after what it still has to do. */
  async close(): Promise<void> {
    await this.request("close", {});
  }

  /** As `close`, of a session that may be closed already. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.close().catch((error: unknown) => {
      if (!(error instanceof RequestError && error.code === "SESSION_NOT_FOUND")) throw error;
    });
  }
}

function withoutEnvelope<Answer extends { id: unknown; type: unknown; success: unknown }>(
  answer: Answer,
): Omit<Answer, "id" | "type" | "success"> {
  const { id, type, success, ...result } = answer;
  return result;
}
