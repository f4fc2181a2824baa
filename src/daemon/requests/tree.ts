import type { FileStatus, ListedFile, Listing } from "../../machine/calls/files.js";
import { DEFAULT_LISTED_FILES } from "../../protocol/limits.js";
import type { AnswerTo, RequestOf } from "../../protocol/messages/index.js";
import type { Context } from "../context.js";
import { formatMode, parseMode } from "../file-contents.js";
import { encodeName, inDirectory } from "../file-names.js";
import type { InFlight } from "../in-flight.js";
import { type Program, programTask } from "../program.js";
import { quote } from "../responder.js";

export function stat(context: Context, entry: InFlight, request: RequestOf<"stat">): void {
  const { id, path, follow = true } = request;
  const session = context.session(entry, request);
  if (!session) return;
  context.call(entry, session, { name: "stat", argument: { path, follow } }, (end) =>
    context.respond.settle(
      entry,
      end,
      (status) => ({ id, type: "stat", success: true, ...statusFields(status) }),
      `cannot look at ${quote(path)}`,
    ),
  );
}

export function listDir(context: Context, entry: InFlight, request: RequestOf<"list_dir">): void {
  const { path = ".", recursive = false, depth, glob, limit = DEFAULT_LISTED_FILES } = request;
  const session = context.session(entry, request);
  if (!session) return;
  const argument = { path, depth: depth ?? (recursive ? Number.MAX_SAFE_INTEGER : 1), glob, limit };
  context.call(entry, session, { name: "listDirectory", argument }, (end) =>
    context.respond.settle(
      entry,
      end,
      (listing) => listAnswer(request, listing),
      `cannot list ${quote(path)}`,
    ),
  );
}

function listAnswer(
  { id, path = "." }: RequestOf<"list_dir">,
  { entries, truncated, unreadable }: Listing,
): AnswerTo<"list_dir"> {
  const pathFields = (inner: string) => {
    const { text, encoding } = encodeName(inDirectory(path, inner));
    return { path: text, ...(encoding && { path_encoding: encoding }) };
  };
  return {
    id,
    type: "list_dir",
    success: true,
    entries: entries.map((file) => ({ ...pathFields(file.path), ...statusFields(file) })),
    truncated,
    unreadable: unreadable.map(({ path: inner, code }) => ({ ...pathFields(inner), code })),
  };
}

function statusFields({ type, size, mode, mtimeMs, uid, gid, target }: FileStatus | ListedFile) {
  const name = target === undefined ? undefined : encodeName(target);
  return {
    kind: type,
    size,
    mode: formatMode(mode),
    mtime_ms: mtimeMs,
    uid,
    gid,
    ...(name && { target: name.text, ...(name.encoding && { target_encoding: name.encoding }) }),
  };
}

export function mkdir(context: Context, entry: InFlight, request: RequestOf<"mkdir">): void {
  const { id, path, parents = false, mode } = request;
  const session = context.session(entry, request);
  if (!session) return;
  const argument = { path, parents, mode: parseMode(mode) };
  context.call(entry, session, { name: "makeDirectory", argument }, (end) =>
    context.respond.settle(
      entry,
      end,
      () => ({ id, type: "mkdir", success: true }),
      `cannot make the directory ${quote(path)}`,
    ),
  );
}

export function remove(context: Context, entry: InFlight, request: RequestOf<"remove">): void {
  const { id, path, recursive = false, missing_ok = false } = request;
  const { respond } = context;
  const session = context.session(entry, request);
  if (!session) return;
  context.call(entry, session, { name: "remove", argument: { path, recursive } }, (end) => {
    const failed = end.kind === "failed" ? end.error : undefined;
    if (missing_ok && end.kind === "failed" && failed?.code === "ENOENT")
      return respond.answer(entry, { id, type: "remove", success: true, removed: false }, end.stateLost);
    respond.settle(
      entry,
      end,
      () => ({ id, type: "remove", success: true, removed: true }),
      `cannot remove ${quote(failed?.path ?? path)}`,
    );
  });
}

/** What is there is left alone, as rename(2) would without overwriting. */
const UNLESS_THERE = 'if [ -e "$2" ] || [ -L "$2" ]; then echo File exists >&2; exit 1; fi; ';
const UNLESS_DIRECTORY = 'if [ -d "$1" ] && ! [ -L "$1" ]; then echo Is a directory >&2; exit 1; fi; ';

export function move(context: Context, entry: InFlight, request: RequestOf<"move">): void {
  const { id, from, to, overwrite = false } = request;
  const session = context.session(entry, request);
  if (!session) return;
  const program: Program = {
    script: `${overwrite ? "" : UNLESS_THERE}exec mv -fT -- "$1" "$2"`,
    arguments: [from, to],
    attempt: `cannot move ${quote(from)} to ${quote(to)}`,
    answer: () => ({ id, type: "move", success: true }),
  };
  context.call(entry, session, { name: "move", argument: { from, to, overwrite } }, (end) => {
    // Between filesystems a file is copied and removed, which mv does.
    if (end.kind === "failed" && end.error.code === "EXDEV")
      return context.goOn(entry, session, programTask(context, entry, program, end.stateLost));
    context.respond.settle(entry, end, () => ({ id, type: "move", success: true }), program.attempt);
  });
}

export function copy(context: Context, entry: InFlight, request: RequestOf<"copy">): void {
  const { id, from, to, recursive = false, overwrite = false } = request;
  const session = context.session(entry, request);
  if (!session) return;
  const program: Program = {
    script: `${overwrite ? "" : UNLESS_THERE}${recursive ? "" : UNLESS_DIRECTORY}exec cp -aT -- "$1" "$2"`,
    arguments: [from, to],
    attempt: `cannot copy ${quote(from)} to ${quote(to)}`,
    answer: () => ({ id, type: "copy", success: true }),
  };
  context.enqueue(entry, session, programTask(context, entry, program));
}
