import { unlessGone } from "./errors.js";
import type { EventStream } from "./event-stream.js";
import { FileRequests } from "./file-requests.js";
import type { CallOptions, EventOf, Options, Result } from "./messages.js";
import { Process } from "./process.js";

/** `stdout` and `stderr` are text, or base64 if `stdout_encoding` and `stderr_encoding` say so. */
export type ShellResult = Result<"shell"> &
  Required<Pick<Result<"shell">, "stdout" | "stdout_encoding" | "stderr" | "stderr_encoding">>;

/**
 * A session: a shell and files that last from one call to the next. A method is called like the request that it sends, its
 * options and results like the fields in protocol.md. Every method rejects with a `LimpetError`.
 */
export class Session extends FileRequests {
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
  processes(options: CallOptions = {}): Promise<Result<"processes">> {
    return this.request("processes", {}, options);
  }

  reset({ signal, ...options }: Options<"reset"> = {}): Promise<Result<"reset">> {
    return this.request("reset", options, { signal });
  }

  /** Keeps the session as it is, under a name. */
  snapshot(name: string, options: CallOptions = {}): Promise<Result<"snapshot">> {
    return this.request("snapshot", { snapshot: name }, options);
  }

  /** Ends every process of the session and goes on where the snapshot was taken. */
  restore(name: string, options: CallOptions = {}): Promise<Result<"restore">> {
    return this.request("restore", { snapshot: name }, options);
  }

  /** New sessions that go on where this one stands. */
  async fork({ signal, ...options }: Options<"fork", "snapshot"> = {}): Promise<Session[]> {
    const { sessions } = await this.request("fork", options, { signal });
    return sessions.map((name) => new Session(this.connection, name));
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
    await this.close().catch(unlessGone);
  }
}
