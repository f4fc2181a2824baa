import type { ProcessSettings } from "../../machine/process.js";
import { DEFAULT_TERMINAL } from "../../protocol/limits.js";
import type { AnswerTo, RequestOf } from "../../protocol/messages/index.js";
import type { ManagedProcess } from "../../session/managed-process.js";
import type { Session } from "../../session/session.js";
import { type Context, DEFAULT_SESSION } from "../context.js";
import { decode } from "../encoding.js";
import { fateFields, findProcess } from "../find-process.js";
import type { InFlight } from "../in-flight.js";
import { quote } from "../responder.js";
import { roundMilliseconds } from "../shell-answer.js";

export function start(context: Context, entry: InFlight, request: RequestOf<"start">): void {
  beginProcess(context, entry, request, (process, pid) => ({
    id: request.id,
    type: "start",
    success: true,
    process,
    pid,
  }));
}

type StartFields = Omit<RequestOf<"start">, "id" | "type" | "session">;

/** What `start` and a `shell` request in the background have in common. */
export function beginProcess(
  context: Context,
  entry: InFlight,
  request: StartFields,
  answer: (process: string, pid: number) => AnswerTo<"start"> | AnswerTo<"shell">,
): void {
  const { respond, settings } = context;
  const session = context.session(entry, entry.request);
  if (!session) return;
  const { process: id, cwd, time_limit_ms, max_output_bytes } = request;
  const process = session.processes.create(
    id,
    processSettings(request),
    time_limit_ms,
    max_output_bytes ?? settings.maxOutputBytes,
  );
  if (!process)
    return respond.fail(
      entry,
      "PROCESS_EXISTS",
      `process ${quote(id ?? "")} exists already and has not ended`,
    );
  const attempt = `cannot start process ${quote(process.id)}${cwd === undefined ? "" : ` in ${quote(cwd)}`}`;
  context.enqueue(entry, session, {
    kind: "start",
    process,
    settle: (end) => respond.settle(entry, end, (pid) => answer(process.id, pid), attempt),
  });
}

function processSettings(request: StartFields): ProcessSettings {
  const { command, cwd, env, stdin = "null", tty = false, rows, columns } = request;
  return {
    text: command,
    stdin,
    ...(cwd !== undefined && { cwd }),
    ...(env !== undefined && { env }),
    ...(tty && {
      terminal: { rows: rows ?? DEFAULT_TERMINAL.rows, columns: columns ?? DEFAULT_TERMINAL.columns },
    }),
  };
}

export function writeStdin(context: Context, entry: InFlight, request: RequestOf<"write_stdin">): void {
  const { respond } = context;
  const { id, data = "", encoding, eof = false } = request;
  const bytes = decode(data, encoding);
  if (!bytes) return respond.failBase64(entry, "data");
  const found = findProcess(context, entry, request);
  if (!found) return;
  const { process, session } = found;
  if (!process.takesInput)
    return respond.fail(
      entry,
      "STDIN_CLOSED",
      `cannot write to process ${quote(process.id)}: ${whyNoInput(process)}`,
    );
  const { length } = bytes;
  let answered = false;
  const once = (action: () => void): void => {
    if (answered) return;
    answered = true;
    action();
  };
  entry.work = {
    session,
    cancel: () => {
      once(() =>
        respond.fail(entry, "CANCELLED", `cannot write to process ${quote(process.id)}: it was cancelled`),
      );
      return true;
    },
  };
  process.write(bytes, eof, () =>
    once(() =>
      respond.answer(entry, { id, type: "write_stdin", success: true, process: process.id, bytes: length }),
    ),
  );
}

function whyNoInput({ fate, settings }: ManagedProcess): string {
  if (fate !== undefined) return "it has ended";
  return settings.stdin === "null" ? 'it was started with "stdin": "null"' : "its input has been ended";
}

export function kill(context: Context, entry: InFlight, request: RequestOf<"kill">): void {
  const found = findProcess(context, entry, request);
  if (!found) return;
  const { process } = found;
  const delivered = !process.closed;
  if (delivered) process.signal(request.signal ?? "SIGTERM");
  context.respond.answer(entry, {
    id: request.id,
    type: "kill",
    success: true,
    process: process.id,
    delivered,
  });
}

export function resize(context: Context, entry: InFlight, request: RequestOf<"resize">): void {
  const found = findProcess(context, entry, request);
  if (!found) return;
  const { process } = found;
  if (process.settings.terminal === undefined)
    return context.respond.fail(
      entry,
      "ENOTTY",
      `cannot resize process ${quote(process.id)}: it was not started with "tty": true`,
    );
  const { id, rows, columns } = request;
  process.resize({ rows, columns });
  context.respond.answer(entry, { id, type: "resize", success: true, process: process.id });
}

export function processes(context: Context, entry: InFlight, request: RequestOf<"processes">): void {
  const session = context.existingSession(request);
  if (!session) return context.failNoSession(entry, request.session ?? DEFAULT_SESSION);
  const answer = (usages: Usages): void =>
    context.respond.answer(entry, {
      id: request.id,
      type: "processes",
      success: true,
      processes: session.processes.all().map((process) => summary(process, usages)),
    });
  const timer = setTimeout(() => {
    forget();
    answer(new Map());
  }, USAGE_LIMIT_MS);
  const forget = session.askUsages((usages) => {
    clearTimeout(timer);
    answer(usages);
  });
}

type Usages = Parameters<Parameters<Session["askUsages"]>[0]>[0];

/** How long `processes` waits for the machine. */
const USAGE_LIMIT_MS = 1_000;

function summary(process: ManagedProcess, usages: Usages): AnswerTo<"processes">["processes"][number] {
  const { id, pid, settings, startedAt, fate, output, machineRequest } = process;
  const usage = machineRequest === undefined ? undefined : usages.get(machineRequest);
  const cpuMs = fate === undefined ? usage?.cpuMs : fate.cpuMs;
  const { outcome, exit_code, signal } = fateFields(process);
  return {
    process: id,
    pid: pid ?? null,
    command: settings.text,
    tty: settings.terminal !== undefined,
    started_ms: startedAt,
    cpu_ms: cpuMs === undefined || cpuMs === null ? null : roundMilliseconds(cpuMs),
    state: fate !== undefined ? "exited" : pid === undefined ? "starting" : (usage?.state ?? "running"),
    outcome,
    exit_code,
    signal,
    last_seq: output.lastSeq,
  };
}
