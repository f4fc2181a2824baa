import type { Listing } from "../../machine/calls/files.js";
import { DEFAULT_WATCH_MS, MAX_WATCH_CHANGES, MAX_WATCHED_FILES } from "../../protocol/limits.js";
import type { AnswerTo, RequestOf } from "../../protocol/messages/index.js";
import type { Session } from "../../session/session.js";
import type { TaskEnd } from "../../session/task.js";
import type { Context } from "../context.js";
import { type Change, compare, type Seen, seen } from "../file-look.js";
import { encodeName, inDirectory } from "../file-names.js";
import type { InFlight } from "../in-flight.js";
import { quote } from "../responder.js";

/** Time between two looks; more where a look takes long, so that watching is never a machine's main occupation. */
const INTERVAL_MS = 200;
const LOOK_SHARE = 20;

/** The first look takes its turn in the queue: changes count from there on. */
export function watch(context: Context, entry: InFlight, request: RequestOf<"watch">): void {
  const { path } = request;
  if (!path.startsWith("/")) {
    const error = `watch: \`path\` must be an absolute path, got ${quote(path)}`;
    return context.respond.fail(entry, "INVALID_REQUEST", error);
  }
  const session = context.session(entry, request);
  if (!session) return;
  const call = { name: "listDirectory", argument: listing(request) } as const;
  context.call(entry, session, call, (end) => {
    const first = toListing(end);
    if (first === undefined)
      return context.respond.settle(
        entry,
        end,
        () => answerOf(request, 0, "closed"),
        `cannot watch ${quote(path)}`,
      );
    if (first.truncated) return failTooMany(context, entry, path, "stateLost" in end && end.stateLost);
    new Watch(context, entry, request, session, seen(first));
  });
}

function listing({ path, recursive = false }: RequestOf<"watch">) {
  const depth = recursive ? Number.MAX_SAFE_INTEGER : 1;
  return { path, depth, glob: undefined, limit: MAX_WATCHED_FILES };
}

/** What is not there has no files; undefined where looking has failed. */
function toListing(end: TaskEnd<Listing>): Pick<Listing, "entries" | "truncated"> | undefined {
  if (end.kind === "finished") return end.value;
  const isMissing = end.kind === "failed" && end.error.code === "ENOENT";
  return isMissing ? { entries: [], truncated: false } : undefined;
}

type Ended = AnswerTo<"watch">["ended"];

function answerOf({ id }: RequestOf<"watch">, changes: number, ended: Ended): AnswerTo<"watch"> {
  return { id, type: "watch", success: true, changes, ended };
}

function failTooMany({ respond }: Context, entry: InFlight, path: string, stateLost = false): void {
  const error = `cannot watch ${quote(path)}: there are more than ${MAX_WATCHED_FILES} files`;
  respond.fail(entry, "TOO_MANY_FILES", error, stateLost);
}

/**
 * Looks at the files again and again: so it sees what others change in mounted directories of the host, too. What comes and goes
 * between two looks is not seen, and a client that does not read gets what has changed when it does.
 */
class Watch {
  private changes = 0;
  private ended = false;
  private timer: NodeJS.Timeout | undefined;
  private readonly limit: NodeJS.Timeout;
  private readonly release: () => void;

  constructor(
    private readonly context: Context,
    private readonly entry: InFlight,
    private readonly request: RequestOf<"watch">,
    private readonly session: Session,
    private before: ReadonlyMap<string, Seen>,
  ) {
    this.release = session.attend(() => this.end("closed"));
    this.limit = setTimeout(() => this.end("wait_ms"), request.wait_ms ?? DEFAULT_WATCH_MS);
    entry.work = {
      session,
      cancel: () => {
        this.end("cancelled");
        return true;
      },
    };
    this.lookIn(INTERVAL_MS);
  }

  private lookIn(ms: number): void {
    this.timer = setTimeout(() => this.context.respond.whenClear(() => this.look()), ms);
  }

  private look(): void {
    if (this.ended) return;
    const start = performance.now();
    const call = { name: "listDirectory", argument: listing(this.request) } as const;
    this.session.callNow(call, (end) => {
      if (this.ended) return;
      const now = toListing(end);
      if (now?.truncated) return this.stop(() => failTooMany(this.context, this.entry, this.request.path));
      if (now !== undefined) this.tell(seen(now));
      if (!this.ended) this.lookIn(Math.max(INTERVAL_MS, LOOK_SHARE * (performance.now() - start)));
    });
  }

  private tell(after: ReadonlyMap<string, Seen>): void {
    const changes = compare(this.before, after);
    this.before = after;
    const { max_changes = MAX_WATCH_CHANGES } = this.request;
    for (const change of changes.slice(0, max_changes - this.changes)) this.send(change);
    if (this.changes >= max_changes) this.end("max_changes");
  }

  private send({ change, path, file: { kind, size } }: Change): void {
    const { text, encoding } = encodeName(inDirectory(this.request.path, path));
    const name = { path: text, ...(encoding && { path_encoding: encoding }) };
    this.context.respond.event({ id: this.request.id, type: "change", change, ...name, kind, size });
    this.changes++;
  }

  private end(why: Ended): void {
    this.stop(() => this.context.respond.answer(this.entry, answerOf(this.request, this.changes, why)));
  }

  private stop(answer: () => void): void {
    if (this.ended) return;
    this.ended = true;
    clearTimeout(this.timer);
    clearTimeout(this.limit);
    this.release();
    answer();
  }
}
