import { type ChildProcessByStdio, spawn } from "node:child_process";
import type { Readable, Writable } from "node:stream";
import { fileURLToPath } from "node:url";
import { LineFramer } from "../protocol/framing.js";
import type { RequestOf } from "../protocol/messages/index.js";
import { Connection } from "./connection.js";

/** Options of the daemon; without one, its default (`limpet --help`). */
export interface StartOptions {
  readonly backend?: "wasi" | "v86";
  /** Memory of a session: bytes, or a size such as "512M". */
  readonly memoryLimit?: number | string;
  readonly timeLimitMs?: number;
  readonly maxSessions?: number;
  /** Sessions that are awake at the same time; the others hibernate. */
  readonly maxWorkers?: number;
  readonly maxOutputBytes?: number;
  readonly maxLineBytes?: number;
  readonly user?: "root" | "user";
  /** Variables for every session. */
  readonly env?: Readonly<Record<string, string>>;
  /** Further limits of a session, as `limits` of open. */
  readonly limits?: NonNullable<RequestOf<"open">["limits"]>;
  /** Directories of the host for every session, as `mounts` of open. */
  readonly mounts?: NonNullable<RequestOf<"open">["mounts"]>;
  readonly logLevel?: "trace" | "debug" | "info" | "warn" | "error";
  /** Receives the daemon's log, line by line; by default it goes to this process's stderr. */
  readonly onLog?: (line: string) => void;
}

/** Starts a daemon as a child process. */
export function spawnDaemon(options: StartOptions): Connection {
  const { onLog } = options;
  const script = fileURLToPath(new URL("./cli.js", import.meta.url));
  const child = spawn(process.execPath, [script, ...toWords(options)], {
    stdio: ["pipe", "pipe", onLog ? "pipe" : "inherit"],
  }) as ChildProcessByStdio<Writable, Readable, Readable | null>;
  const lines = new LineFramer(Number.POSITIVE_INFINITY, (frame) => {
    if (frame.kind === "line") onLog?.(new TextDecoder().decode(frame.bytes).trimEnd());
  });
  child.stderr?.on("data", (chunk: Buffer) => lines.push(chunk));
  const ended = new Promise<string>((resolve) => {
    child.on("error", (error) => resolve(error.message));
    child.on("close", (code, signal) => resolve(`it ended with ${signal ?? `status ${code}`}`));
  });
  return new Connection(child.stdin, child.stdout, ended);
}

function toWords(options: StartOptions): string[] {
  const flags = {
    "--backend": options.backend,
    "--memory-limit": options.memoryLimit,
    "--time-limit-ms": options.timeLimitMs,
    "--max-sessions": options.maxSessions,
    "--max-workers": options.maxWorkers,
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
    ...Object.entries(options.limits ?? {}).flatMap(([name, value]) => ["--limit", `${name}=${value}`]),
    ...Object.entries(options.env ?? {}).flatMap(([name, value]) => ["--env", `${name}=${value}`]),
  ];
}
