import type { Command, MachineOptions, WriteFile } from "../machine/machine.js";
import type { Call, CallResults } from "../machine/messages.js";
import type { Answer, FailureAnswer, ServerMessage, SuccessAnswer } from "../protocol/answers.js";
import { hintFor, type ProtocolCode } from "../protocol/codes.js";
import { MAX_READ_BYTES } from "../protocol/limits.js";
import type {
  CancelRequest,
  CloseRequest,
  OpenRequest,
  ReadFileRequest,
  Request,
  RequestId,
  ResetRequest,
  ShellRequest,
  StatusRequest,
  WriteFileRequest,
} from "../protocol/requests.js";
import type { Session } from "../session/session.js";
import type { DropReason, Task, TaskEnd } from "../session/task.js";
import { decode, EventEncoder, encode } from "./encoding.js";
import { type InFlight, InFlightTable } from "./in-flight.js";
import type { SessionRegistry } from "./registry.js";
import type { Settings } from "./settings.js";
import { cancelledShellAnswer, shellAnswer } from "./shell-answer.js";
import { statusAnswer } from "./status-answer.js";
import type { Writer } from "./writer.js";

export const DEFAULT_SESSION = "default";

/** Carries out valid requests and sees to it that each gets exactly one answer. */
export class Dispatcher {
  private readonly inFlight = new InFlightTable();

  /** `answered` is called after each answer. */
  constructor(
    private readonly settings: Settings,
    private readonly sessions: SessionRegistry,
    private readonly writer: Writer,
    private readonly answered: () => void,
  ) {}

  get unanswered(): number {
    return this.inFlight.size;
  }

  dispatch(request: Request): void {
    if (this.inFlight.get(request.id)) {
      this.refuse(
        request.id,
        request.type,
        "DUPLICATE_ID",
        `the request with id ${JSON.stringify(request.id)} has no answer yet`,
      );
      return;
    }
    const target = request.type === "cancel" ? this.inFlight.get(request.target) : undefined;
    const entry = this.inFlight.add(request);
    switch (request.type) {
      case "shell":
        return this.shell(entry, request);
      case "read_file":
        return this.readFile(entry, request);
      case "write_file":
        return this.writeFile(entry, request);
      case "reset":
        return this.reset(entry, request);
      case "status":
        return this.status(entry, request);
      case "cancel":
        return this.cancel(entry, request, target);
      case "open":
        return this.open(entry, request);
      case "close":
        return this.close(entry, request);
    }
  }

  /** Answers a line that is no valid request. */
  refuse(id: RequestId | null, type: string | null, code: ProtocolCode, error: string): void {
    this.write(failure(id, type, code, error));
    this.answered();
  }

  private shell(entry: InFlight, request: ShellRequest): void {
    const stdin = decode(request.stdin ?? "", request.stdin_encoding);
    if (!stdin) return this.failBase64(entry, "stdin");
    const session = this.session(entry, request);
    if (!session) return;
    const { time_limit_ms, max_output_bytes, stream, cwd } = request;
    const attempt = cwd === undefined ? "cannot run the command" : `cannot run the command in ${quote(cwd)}`;
    const command: Command = {
      text: request.command,
      isolated: request.isolated ?? false,
      stdin,
      ...(cwd !== undefined && { cwd }),
      ...(request.env !== undefined && { env: request.env }),
    };
    const encoders = {
      stdout: new EventEncoder(request.encoding ?? "text"),
      stderr: new EventEncoder(request.encoding ?? "text"),
    };
    const event = (name: "stdout" | "stderr", part: ReturnType<EventEncoder["end"]>): void => {
      if (part) this.write({ id: request.id, type: "output", stream: name, ...part });
    };
    this.enqueue(entry, session, {
      kind: "shell",
      command,
      timeLimitMs: time_limit_ms ?? this.settings.timeLimitMs,
      plan: stream
        ? { mode: "stream", maxBytes: max_output_bytes }
        : { mode: "keep", maxBytes: max_output_bytes ?? this.settings.maxOutputBytes },
      onOutput: (name, bytes, passedOn) => {
        event(name, encoders[name].push(bytes));
        this.writer.whenClear(passedOn);
      },
      settle: (end) => {
        event("stdout", encoders.stdout.end());
        event("stderr", encoders.stderr.end());
        if (end.kind === "dropped" && end.why === "cancelled")
          this.answer(entry, cancelledShellAnswer(request));
        else this.settle(entry, end, (value) => shellAnswer(request, value), attempt);
      },
    });
  }

  private readFile(entry: InFlight, request: ReadFileRequest): void {
    const { id, path, offset = 0, length, encoding = "text" } = request;
    const session = this.session(entry, request);
    if (!session) return;
    // One byte more than is allowed tells a file that is too large from one that fits.
    const file = { path, offset, length: Math.min(length ?? MAX_READ_BYTES + 1, MAX_READ_BYTES + 1) };
    const settle = (end: TaskEnd<CallResults["read_file"]>): void => {
      if (end.kind !== "finished")
        return this.settle(entry, end, neverFinished, `cannot read ${quote(path)}`);
      const { bytes, size, mode, mtimeMs } = end.value;
      if (bytes.length > MAX_READ_BYTES) {
        const error = `cannot read ${quote(path)}: it has ${size} bytes, and one request returns at most ${MAX_READ_BYTES}`;
        return this.fail(entry, "EFBIG", error, end.stateLost);
      }
      const content = encode(bytes, encoding === "base64" ? "base64" : "text");
      if (encoding === "utf8" && content.encoding !== "utf8") {
        return this.fail(
          entry,
          "INVALID_UTF8",
          `what was read of ${quote(path)} is not valid UTF-8`,
          end.stateLost,
        );
      }
      this.answer(
        entry,
        {
          id,
          type: "read_file",
          success: true,
          content: content.data,
          encoding: content.encoding,
          size,
          mode: formatMode(mode),
          mtime_ms: mtimeMs,
        },
        end.stateLost,
      );
    };
    this.call(entry, session, { name: "read_file", file }, settle);
  }

  private writeFile(entry: InFlight, request: WriteFileRequest): void {
    const { id, path, content, encoding, mode, append = false, create_dirs = true } = request;
    const bytes = decode(content, encoding);
    if (!bytes) return this.failBase64(entry, "content");
    const session = this.session(entry, request);
    if (!session) return;
    const file = { path, bytes, mode: parseMode(mode), append, createDirs: create_dirs };
    const settle = (end: TaskEnd<number>): void =>
      this.settle(
        entry,
        end,
        (written) => ({ id, type: "write_file", success: true, bytes: written }),
        `cannot write ${quote(path)}`,
      );
    this.call<"write_files">(entry, session, { name: "write_files", files: [file] }, settle, [bytes.buffer]);
  }

  private reset(entry: InFlight, request: ResetRequest): void {
    const session = this.session(entry, request);
    if (!session) return;
    this.call<"reset">(entry, session, { name: "reset", keepFiles: request.keep_files ?? false }, (end) =>
      this.settle(
        entry,
        end,
        () => ({ id: request.id, type: "reset", success: true }),
        "cannot reset the session",
      ),
    );
  }

  private status(entry: InFlight, request: StatusRequest): void {
    const name = request.session ?? DEFAULT_SESSION;
    const session =
      this.sessions.get(name) ?? (request.session === undefined ? this.session(entry, request) : undefined);
    if (!session) {
      if (this.inFlight.get(request.id) === entry) this.failNoSession(entry, name);
      return;
    }
    void session.status().then((status) => {
      const answer = statusAnswer(request.id, this.settings, this.sessions.all(), session, status);
      this.answer(entry, answer, session.takeStateLost());
    });
  }

  private cancel(entry: InFlight, request: CancelRequest, target: InFlight | undefined): void {
    const session = target?.work?.session;
    if (!target || (request.session !== undefined && session?.name !== request.session)) {
      const where = request.session === undefined ? "" : ` in session ${quote(request.session)}`;
      const error = `no request with id ${JSON.stringify(request.target)} is under way${where}`;
      return this.fail(entry, "NOT_FOUND", error);
    }
    target.whenAnswered.push(() =>
      this.answer(entry, {
        id: request.id,
        type: "cancel",
        success: true,
        target: request.target,
        cancelled: target.cancelled,
      }),
    );
    if (target.work) target.cancelled = target.work.session.cancel(target.work.task) || target.cancelled;
  }

  private open(entry: InFlight, request: OpenRequest): void {
    const { id, session: name, backend = "wasi", env, cwd, user, memory_limit_bytes, files = {} } = request;
    if (backend === "v86") {
      return this.fail(entry, "UNSUPPORTED", "this build has no v86 backend; the backend it has is wasi");
    }
    if (this.sessions.get(name))
      return this.fail(entry, "SESSION_EXISTS", `session ${quote(name)} exists already`);
    if (this.sessions.full) return this.failTooMany(entry);
    const initialFiles: WriteFile[] = [];
    for (const [path, file] of Object.entries(files)) {
      const { content, encoding, mode } = typeof file === "string" ? { content: file } : file;
      const bytes = decode(content, encoding);
      if (!bytes) return this.failBase64(entry, `files.${path}`);
      initialFiles.push({ path, bytes, mode: parseMode(mode), append: false, createDirs: true });
    }
    const defaults = this.settings.machine;
    const ownSettings = env ?? cwd ?? user ?? memory_limit_bytes;
    const options: MachineOptions =
      ownSettings === undefined
        ? defaults
        : {
            ...defaults,
            env: { ...defaults.env, ...env },
            user: user ?? defaults.user,
            memoryLimitBytes: memory_limit_bytes ?? defaults.memoryLimitBytes,
            ...(cwd !== undefined && { cwd }),
          };
    const session = this.sessions.create(name, options);
    this.call<"write_files">(entry, session, { name: "write_files", files: initialFiles }, (end) => {
      this.settle(
        entry,
        end,
        () => ({
          id,
          type: "open",
          success: true,
          session: name,
          backend,
          user: options.user,
          memory_limit_bytes: options.memoryLimitBytes,
        }),
        end.kind === "failed" && end.error.path !== undefined
          ? `cannot open session ${quote(name)}: cannot write ${quote(end.error.path)}`
          : `cannot open session ${quote(name)}`,
      );
      if (end.kind !== "finished") {
        session.dropQueued("not_opened");
        this.sessions.close(session, () => {});
      }
    });
  }

  private close(entry: InFlight, request: CloseRequest): void {
    const session = this.sessions.get(request.session);
    if (!session) return this.failNoSession(entry, request.session);
    this.sessions.close(session, () =>
      this.answer(entry, { id: request.id, type: "close", success: true, session: request.session }),
    );
  }

  /** The session that a request is for, made if need be; undefined after the request has been answered with a failure. */
  private session(entry: InFlight, request: Request): Session | undefined {
    const name = request.session ?? DEFAULT_SESSION;
    const existing = this.sessions.get(name);
    if (existing) return existing;
    if (!this.sessions.full) return this.sessions.create(name);
    this.failTooMany(entry);
    return undefined;
  }

  private enqueue(entry: InFlight, session: Session, task: Task): void {
    entry.work = { session, task };
    session.add(task);
  }

  private call<Name extends keyof CallResults>(
    entry: InFlight,
    session: Session,
    call: Extract<Call, { name: Name }>,
    settle: (end: TaskEnd<CallResults[Name]>) => void,
    transfer: readonly ArrayBuffer[] = [],
  ): void {
    this.enqueue(entry, session, {
      kind: "call",
      call,
      transfer,
      settle: settle as (end: TaskEnd<CallResults[keyof CallResults]>) => void,
    });
  }

  /** Answers with the value, or says in words why there is none: "`attempt`: reason". */
  private settle<Value>(
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

  private fail(entry: InFlight, code: string, error: string, stateLost = false): void {
    const { id, type } = entry.request;
    const answer = failure(id, type, code, error);
    this.answer(entry, code === "CANCELLED" ? { ...answer, cancelled: true } : answer, stateLost);
  }

  private failBase64(entry: InFlight, field: string): void {
    const { type } = entry.request;
    const error = `${type}: \`${field}\` is not base64: it must be of the standard alphabet, padded, without line breaks`;
    this.fail(entry, "INVALID_REQUEST", error);
  }

  private failNoSession(entry: InFlight, name: string): void {
    this.fail(entry, "SESSION_NOT_FOUND", `there is no session ${quote(name)}`);
  }

  private failTooMany(entry: InFlight): void {
    this.fail(
      entry,
      "TOO_MANY_SESSIONS",
      `there are ${this.settings.maxSessions} sessions already, which is the limit`,
    );
  }

  private answer(entry: InFlight, answer: Answer, stateLost = false): void {
    this.write(stateLost ? { ...answer, state_lost: true } : answer);
    this.inFlight.remove(entry);
    this.answered();
  }

  private write(message: ServerMessage): void {
    this.writer.write(message);
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

function neverFinished(): never {
  throw new Error("unreachable");
}

function quote(text: string): string {
  return JSON.stringify(text);
}

function formatMode(mode: number): string {
  return (mode & 0o7777).toString(8).padStart(4, "0");
}

function parseMode(mode: string | undefined): number | undefined {
  return mode === undefined ? undefined : Number.parseInt(mode, 8);
}
