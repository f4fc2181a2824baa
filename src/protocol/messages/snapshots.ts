import { z } from "zod";
import {
  backendName,
  count,
  envelope,
  milliseconds,
  path,
  sessionName,
  snapshotName,
  stateLost,
  success,
  userName,
} from "../fields.js";
import { MAX_FORKS } from "../limits.js";

/** Snapshots belong to the daemon, not to a session. Those that freeze or replace a machine wait in its session's queue. */

const existing = snapshotName.describe("Name of the snapshot.");
const source = snapshotName.nullable().describe("The snapshot that the session was last equal to, if any.");
const size = count.describe(
  "Bytes that it takes, those that it shares with other snapshots and with sessions included.",
);
const dropped = count.describe(
  "Processes of the session, without its shell, that are not in the snapshot: all on `wasi`, none on `v86`. In the session they go on.",
);

const withoutSession = <Type extends string>(type: Type) => {
  const { id, type: name } = envelope(type);
  return { id, type: name };
};

const snapshotRequest = z
  .strictObject({ ...envelope("snapshot"), snapshot: snapshotName.describe("Name of the new snapshot.") })
  .meta({ description: "Keeps the session as it is, under a name." });

const snapshotAnswer = z
  .strictObject({
    ...success("snapshot"),
    snapshot: snapshotName,
    backend: backendName,
    size_bytes: size,
    parent: source,
    processes_dropped: dropped,
    state_lost: stateLost,
  })
  .meta({ description: "Answer to `snapshot`." });

const restoreRequest = z
  .strictObject({ ...envelope("restore"), snapshot: existing })
  .meta({ description: "Ends every process of the session and goes on where the snapshot was taken." });

const restoreAnswer = z
  .strictObject({ ...success("restore"), snapshot: snapshotName, state_lost: stateLost })
  .meta({ description: "Answer to `restore`." });

const forkRequest = z
  .strictObject({
    ...withoutSession("fork"),
    session: sessionName
      .optional()
      .meta({ default: "default", description: "The session to go on from. Not with `snapshot`." }),
    snapshot: snapshotName.optional().describe("The snapshot to go on from, instead of a session."),
    sessions: z
      .array(sessionName)
      .min(1)
      .max(MAX_FORKS)
      .optional()
      .describe("Names of the new sessions. Not with `count`."),
    count: z
      .int()
      .min(1)
      .max(MAX_FORKS)
      .optional()
      .meta({ default: 1, description: "How many new sessions, with names that are free." }),
  })
  .meta({
    description: "Makes new sessions that go on where a session stands, or where a snapshot was taken.",
  });

const forkAnswer = z
  .strictObject({
    ...success("fork"),
    sessions: z.array(sessionName).describe("The new sessions."),
    backend: backendName,
    processes_dropped: count.describe(
      "Processes of the source that the new sessions do not have, as in `snapshot`.",
    ),
    state_lost: stateLost,
  })
  .meta({
    description:
      "Answer to `fork`: the new sessions, which get their machines when they are first asked for something.",
  });

const snapshotsRequest = z
  .strictObject(withoutSession("snapshots"))
  .meta({ description: "Lists the snapshots. Never waits in a queue." });

const snapshotSummary = z.strictObject({
  snapshot: snapshotName,
  backend: backendName,
  user: userName,
  memory_limit_bytes: count,
  size_bytes: count,
  created_ms: milliseconds,
  parent: snapshotName.nullable(),
});

const snapshotsAnswer = z
  .strictObject({
    ...success("snapshots"),
    snapshots: z
      .array(snapshotSummary)
      .describe(
        "The oldest first: `snapshot`, `backend`, `user`, `memory_limit_bytes`, `size_bytes`, `created_ms` (since 1970) and `parent`, the snapshot that the session had last been equal to, or null.",
      ),
    state_lost: stateLost,
  })
  .meta({ description: "Answer to `snapshots`." });

const deleteRequest = z.strictObject({ ...withoutSession("delete_snapshot"), snapshot: existing }).meta({
  description: "Forgets a snapshot. Sessions that were made from it go on. Never waits in a queue.",
});

const deleteAnswer = z
  .strictObject({ ...success("delete_snapshot"), snapshot: snapshotName, state_lost: stateLost })
  .meta({ description: "Answer to `delete_snapshot`." });

const exportRequest = z
  .strictObject({
    ...withoutSession("export"),
    snapshot: existing,
    path: path.describe(
      "File on the host, absolute or relative to the daemon's directory; one that is there is replaced. It appears when it is complete.",
    ),
  })
  .meta({ description: "Writes a snapshot into one file on the host. Never waits in a queue." });

const exportAnswer = z
  .strictObject({
    ...success("export"),
    snapshot: snapshotName,
    path,
    size_bytes: count.describe("Size of the file."),
    state_lost: stateLost,
  })
  .meta({ description: "Answer to `export`." });

const importRequest = z
  .strictObject({
    ...withoutSession("import"),
    path: path.describe("File on the host, written by `export` of a daemon of the same version."),
    snapshot: snapshotName.optional().describe("Name of the new snapshot. Default: the one that it had."),
  })
  .meta({ description: "Takes in a snapshot from a file on the host. Never waits in a queue." });

const importAnswer = z
  .strictObject({
    ...success("import"),
    snapshot: snapshotName,
    backend: backendName,
    size_bytes: size,
    state_lost: stateLost,
  })
  .meta({ description: "Answer to `import`." });

export const snapshotRequests = {
  snapshot: snapshotRequest,
  restore: restoreRequest,
  fork: forkRequest,
  snapshots: snapshotsRequest,
  delete_snapshot: deleteRequest,
  export: exportRequest,
  import: importRequest,
};
export const snapshotAnswers = {
  snapshot: snapshotAnswer,
  restore: restoreAnswer,
  fork: forkAnswer,
  snapshots: snapshotsAnswer,
  delete_snapshot: deleteAnswer,
  export: exportAnswer,
  import: importAnswer,
};
