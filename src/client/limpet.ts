import { once } from "node:events";
import type { Readable, Writable } from "node:stream";
import { Connection } from "./connection.js";
import { type StartOptions, spawnDaemon } from "./daemon-process.js";
import type { CallOptions, Options, Result } from "./messages.js";
import { Session } from "./session.js";

/** A daemon, and its default session. */
export class Limpet extends Session {
  private constructor(connection: Connection) {
    super(connection, undefined);
  }

  /** Starts a daemon as a child process and waits until its default session is ready. */
  static async start(options: StartOptions = {}): Promise<Limpet> {
    const limpet = new Limpet(spawnDaemon(options));
    await limpet.status();
    return limpet;
  }

  /** Speaks to a daemon that runs already, over the stream that it reads and the stream that it writes. */
  static attach({ input, output }: { readonly input: Writable; readonly output: Readable }): Limpet {
    const ended = once(output, "close").then(
      () => "its output has ended",
      (error: unknown) => String(error),
    );
    return new Limpet(new Connection(input, output, ended));
  }

  /** Makes a session with settings of its own. */
  async open(name: string, { signal, ...options }: Options<"open"> = {}): Promise<Session> {
    const session = this.session(name);
    await session.request("open", options, { signal });
    return session;
  }

  /** A session by name; it comes into being with its first request. */
  session(name: string): Session {
    return new Session(this.connection, name);
  }

  /** New sessions that go on where the default session stands, or where a snapshot was taken. */
  override fork(options: Options<"fork"> = {}): Promise<Session[]> {
    return super.fork(options);
  }

  snapshots(options: CallOptions = {}): Promise<Result<"snapshots">> {
    return this.request("snapshots", {}, options);
  }

  deleteSnapshot(name: string, options: CallOptions = {}): Promise<Result<"delete_snapshot">> {
    return this.request("delete_snapshot", { snapshot: name }, options);
  }

  /** Writes a snapshot into a file on the host. */
  export(snapshot: string, path: string, options: CallOptions = {}): Promise<Result<"export">> {
    return this.request("export", { snapshot, path }, options);
  }

  /** Takes in a snapshot from a file on the host. */
  import(path: string, { signal, ...options }: Options<"import", "path"> = {}): Promise<Result<"import">> {
    return this.request("import", { path, ...options }, { signal });
  }

  /** Lets the daemon finish what it has to do and waits for its end. Background processes end with it. */
  override async close(): Promise<void> {
    await this.connection.close();
  }
}
