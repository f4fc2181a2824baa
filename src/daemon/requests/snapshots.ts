import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Frozen } from "../../machine/calls/snapshot.js";
import { sha256 } from "../../machine/sha256.js";
import type { RequestOf } from "../../protocol/messages/index.js";
import type { Session } from "../../session/session.js";
import { BadSnapshotFile, readSnapshot, type Versions, writeSnapshot } from "../../session/snapshot-file.js";
import { type Snapshot, sizeOf } from "../../session/snapshot-store.js";
import { type Context, DEFAULT_SESSION } from "../context.js";
import type { InFlight } from "../in-flight.js";
import { quote } from "../responder.js";
import type { Settings } from "../settings.js";

export function snapshot(context: Context, entry: InFlight, request: RequestOf<"snapshot">): void {
  const { respond, sessions } = context;
  const { id, session: from, snapshot: name } = request;
  const session = existingSession(context, entry, from);
  if (!session || !isFree(context, entry, name)) return;
  context.call(entry, session, { name: "freeze", argument: {} }, (end) => {
    // The name may have been taken since.
    if (end.kind === "finished" && !isFree(context, entry, name)) return;
    respond.settle(
      entry,
      end,
      (frozen) => {
        const { options, snapshot: parent } = session;
        sessions.snapshots.add({ name, options, frozen, createdMs: Date.now(), parent });
        session.snapshot = name;
        return {
          id,
          type: "snapshot",
          success: true,
          snapshot: name,
          backend: options.backend,
          size_bytes: sizeOf(frozen),
          parent: parent ?? null,
          processes_dropped: frozen.processesDropped,
        };
      },
      `cannot take a snapshot of session ${quote(session.name)}`,
    );
  });
}

export function restore(context: Context, entry: InFlight, request: RequestOf<"restore">): void {
  const { respond } = context;
  const found = existingSnapshot(context, entry, request.snapshot);
  const session = found && context.session(entry, request);
  if (!session) return;
  const { name, frozen } = found;
  const { backend } = session.options;
  if (frozen.backend !== backend) {
    const error = `snapshot ${quote(name)} is of a ${frozen.backend} machine, and session ${quote(session.name)} is a ${backend} machine`;
    return respond.fail(entry, "SNAPSHOT_MISMATCH", error);
  }
  context.call(entry, session, { name: "thaw", argument: frozen }, (end) => {
    if (end.kind === "finished") session.snapshot = name;
    respond.settle(
      entry,
      end,
      () => ({ id: request.id, type: "restore", success: true, snapshot: name }),
      `cannot restore snapshot ${quote(name)}`,
    );
  });
}

export function snapshots(
  { respond, sessions }: Context,
  entry: InFlight,
  { id }: RequestOf<"snapshots">,
): void {
  const list = sessions.snapshots.all().map(({ name, options, frozen, createdMs, parent }) => ({
    snapshot: name,
    backend: options.backend,
    user: options.user,
    memory_limit_bytes: options.memoryLimitBytes,
    size_bytes: sizeOf(frozen),
    created_ms: createdMs,
    parent: parent ?? null,
  }));
  respond.answer(entry, { id, type: "snapshots", success: true, snapshots: list });
}

export function deleteSnapshot(
  context: Context,
  entry: InFlight,
  request: RequestOf<"delete_snapshot">,
): void {
  const { id, snapshot: name } = request;
  if (!existingSnapshot(context, entry, name)) return;
  context.sessions.snapshots.delete(name);
  context.respond.answer(entry, { id, type: "delete_snapshot", success: true, snapshot: name });
}

export function exportSnapshot(context: Context, entry: InFlight, request: RequestOf<"export">): void {
  const { respond, settings } = context;
  const { id, snapshot: name, path } = request;
  const found = existingSnapshot(context, entry, name);
  if (!found) return;
  const target = resolve(path);
  writeSnapshot(target, found, versions(settings)).then(
    (size_bytes) =>
      respond.answer(entry, { id, type: "export", success: true, snapshot: name, path: target, size_bytes }),
    (error: unknown) => failFile(context, entry, `cannot export snapshot ${quote(name)}`, target, error),
  );
}

export function importSnapshot(context: Context, entry: InFlight, request: RequestOf<"import">): void {
  const { respond, sessions, settings } = context;
  const { id, path, snapshot: wanted } = request;
  if (wanted !== undefined && !isFree(context, entry, wanted)) return;
  const source = resolve(path);
  readSnapshot(source, versions(settings)).then(
    (read) => {
      const name = wanted ?? read.name;
      if (!isFree(context, entry, name)) return;
      sessions.snapshots.add({ ...read, name });
      const { backend } = read.options;
      const size_bytes = sizeOf(read.frozen);
      respond.answer(entry, { id, type: "import", success: true, snapshot: name, backend, size_bytes });
    },
    (error: unknown) => failFile(context, entry, "cannot import", source, error),
  );
}

export function existingSnapshot(context: Context, entry: InFlight, name: string): Snapshot | undefined {
  const found = context.sessions.snapshots.get(name);
  if (!found) context.respond.fail(entry, "SNAPSHOT_NOT_FOUND", `there is no snapshot ${quote(name)}`);
  return found;
}

/** One that exists, or the default session, which does not have to. */
export function existingSession(
  context: Context,
  entry: InFlight,
  name = DEFAULT_SESSION,
): Session | undefined {
  const found = context.sessions.get(name);
  if (found) return found;
  if (name === DEFAULT_SESSION) return context.session(entry, {});
  context.failNoSession(entry, name);
  return undefined;
}

function isFree(context: Context, entry: InFlight, name: string): boolean {
  if (!context.sessions.snapshots.get(name)) return true;
  context.respond.fail(entry, "SNAPSHOT_EXISTS", `snapshot ${quote(name)} exists already`);
  return false;
}

function failFile(context: Context, entry: InFlight, attempt: string, path: string, error: unknown): void {
  const where = `${attempt}: ${quote(path)}`;
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof BadSnapshotFile)
    return context.respond.fail(entry, "SNAPSHOT_INVALID", `${where} cannot be used: ${message}`);
  if (!(error instanceof Error && "code" in error && typeof error.code === "string"))
    return context.respond.fail(entry, "INTERNAL", `${where}: ${message}`);
  const { id, type } = entry.request;
  // Node.js says "ENOENT: no such file or directory, open '/path'".
  const reason = /^\w+: ([^,]+)/.exec(message)?.[1] ?? message;
  const hint = "The path is one of the host, as the daemon sees it.";
  context.respond.answer(entry, {
    id,
    type,
    success: false,
    error: `${where}: ${reason}`,
    code: error.code,
    hint,
  });
}

/** A snapshot means something only together with the images that its machine had. */
function versions({ version, imagesPath, v86 }: Settings): Versions {
  const folders: Record<Frozen["backend"], string> = { wasi: imagesPath, v86: v86.imagesPath };
  const images = (backend: Frozen["backend"]): string =>
    sha256(readFileSync(join(folders[backend], "manifest.json")));
  return { limpet: version, images };
}
