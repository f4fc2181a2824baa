import { once } from "node:events";
import type { Readable, Writable } from "node:stream";
import { Connection } from "./connection.js";
import { type StartOptions, spawnDaemon } from "./daemon-process.js";
import type { Options } from "./messages.js";
import { Session } from "./session.js";

const DEFAULT_SESSION = "default";

/** A daemon, and its default session. */
export class Limpet extends Session {
  private constructor(connection: Connection) {
    super(connection, DEFAULT_SESSION);
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

  /** Lets the daemon finish what it has to do and waits for its end. Background processes end with it. */
  override async close(): Promise<void> {
    await this.connection.close();
  }
}
