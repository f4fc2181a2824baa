/**
 * Limpet for TypeScript and JavaScript: starts the daemon as a child process and speaks its protocol. Options and results have
 * the names of the protocol's fields (protocol.md).
 */
import { fileURLToPath } from "node:url";
import type { AnswerTo, OutputEvent, RequestOf } from "../protocol/messages/index.js";
import { Connection, LimpetError } from "./connection.js";

export type { OutputEvent };
export { LimpetError };

/** Options of the daemon; without one, its default (`limpet --help`). */
export interface StartOptions {
  readonly backend?: "wasi" | "v86";
  /** Memory of a session: bytes, or a size such as "512M". */
  readonly memoryLimit?: number | string;
  readonly timeLimitMs?: number;
  readonly maxSessions?: number;
  readonly maxOutputBytes?: number;
  readonly maxLineBytes?: number;
  readonly user?: "root" | "user";
  /** Variables for every session. */
  readonly env?: Readonly<Record<string, string>>;
  /** Directories of the host for every session. */
  readonly mounts?: readonly Mount[];
  readonly logLevel?: "trace" | "debug" | "info" | "warn" | "error";
  /** Receives the daemon's log, line by line; by default it goes to this process's stderr. */
  readonly onLog?: (line: string) => void;
}

/** A directory of the host, by absolute path, at an absolute path in the guest. `mode`: default `ro`. */
export type Mount = NonNullable<RequestOf<"open">["mounts"]>[number];

type Envelope = "id" | "type" | "session";
type Result<Answer> = Omit<Answer, "id" | "type" | "success">;

export interface ShellOptions extends Omit<RequestOf<"shell">, Envelope | "command" | "stream"> {
  /** Receives the output while the command runs; the result then has none. */
  readonly onOutput?: (event: OutputEvent) => void;
  /** Cancels the command. */
  readonly signal?: AbortSignal;
}
/** `stdout` and `stderr` are empty when the output went to `onOutput`. */
export type ShellResult = Result<AnswerTo<"shell">> & { readonly stdout: string; readonly stderr: string };

export type ReadFileOptions = Omit<RequestOf<"read_file">, Envelope | "path">;
export type ReadFileResult = Result<AnswerTo<"read_file">>;
export type WriteFileOptions = Omit<RequestOf<"write_file">, Envelope | "path" | "content">;
export type WriteFileResult = Result<AnswerTo<"write_file">>;
export type ResetOptions = Omit<RequestOf<"reset">, Envelope>;
export type ResetResult = Result<AnswerTo<"reset">>;
export type OpenOptions = Omit<RequestOf<"open">, Envelope>;
export type DiffOptions = Omit<RequestOf<"diff">, Envelope>;
export type DiffResult = Result<AnswerTo<"diff">>;
export type StatusResult = Result<AnswerTo<"status">>;

/** A session: a shell and files that last from one call to the next. Every method rejects with a `LimpetError`. */
export class Session {
  constructor(
    protected readonly connection: Connection,
    /** Undefined: the default session. */
    readonly name: string | undefined,
  ) {}

  /** Runs a command. A non-zero exit code or a time limit is a result, not an error. */
  async shell(command: string, { onOutput, signal, ...options }: ShellOptions = {}): Promise<ShellResult> {
    const body = {
      type: "shell",
      ...this.envelope,
      command,
      stream: onOutput !== undefined,
      ...options,
    } as const;
    const answer = await this.connection.request(body, { onOutput, signal });
    return { ...answer, stdout: answer.stdout ?? "", stderr: answer.stderr ?? "" };
  }

  readFile(path: string, options: ReadFileOptions = {}): Promise<ReadFileResult> {
    return this.connection.request({ type: "read_file", ...this.envelope, path, ...options });
  }

  /** Writes text, or bytes as they are. */
  writeFile(
    path: string,
    content: string | Uint8Array,
    options: WriteFileOptions = {},
  ): Promise<WriteFileResult> {
    const written =
      typeof content === "string"
        ? { content }
        : { content: Buffer.from(content).toString("base64"), encoding: "base64" as const };
    return this.connection.request({ type: "write_file", ...this.envelope, path, ...written, ...options });
  }

  reset(options: ResetOptions = {}): Promise<ResetResult> {
    return this.connection.request({ type: "reset", ...this.envelope, ...options });
  }

  /** What has been changed in overlay mounts. */
  diff(options: DiffOptions = {}): Promise<DiffResult> {
    return this.connection.request({ type: "diff", ...this.envelope, ...options });
  }

  status(): Promise<StatusResult> {
    return this.connection.request({ type: "status", ...this.envelope });
  }

  /** Ends the session after what it still has to do. */
  async close(): Promise<void> {
    await this.connection.request({ type: "close", session: this.name ?? "default" });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  private get envelope(): { session?: string } {
    return this.name === undefined ? {} : { session: this.name };
  }
}

/** A daemon, and its default session. */
export class Limpet extends Session {
  /** Starts a daemon and waits until its default session is ready. */
  static async start(options: StartOptions = {}): Promise<Limpet> {
    const script = fileURLToPath(new URL("./cli.js", import.meta.url));
    const limpet = new Limpet(Connection.spawn(script, toWords(options), options.onLog), undefined);
    await limpet.status();
    return limpet;
  }

  /** Makes a session with settings of its own. */
  async open(name: string, options: OpenOptions = {}): Promise<Session> {
    await this.connection.request({ type: "open", session: name, ...options });
    return this.session(name);
  }

  /** A session by name; it comes into being with its first request. */
  session(name: string): Session {
    return new Session(this.connection, name);
  }

  /** Lets the daemon finish what it has to do and waits for its end. */
  override async close(): Promise<void> {
    await this.connection.close();
  }
}

function toWords(options: StartOptions): string[] {
  const flags = {
    "--backend": options.backend,
    "--memory-limit": options.memoryLimit,
    "--time-limit-ms": options.timeLimitMs,
    "--max-sessions": options.maxSessions,
    "--max-output-bytes": options.maxOutputBytes,
    "--max-line-bytes": options.maxLineBytes,
    "--user": options.user,
    "--log-level": options.logLevel,
  };
  const words = Object.entries(flags).flatMap(([flag, value]) =>
    value === undefined ? [] : [flag, String(value)],
  );
  return [
    ...words,
    ...(options.mounts ?? []).flatMap(({ host, guest, mode = "ro" }) => [
      "--mount",
      `${host}:${guest}:${mode}`,
    ]),
    ...Object.entries(options.env ?? {}).flatMap(([name, value]) => ["--env", `${name}=${value}`]),
  ];
}
