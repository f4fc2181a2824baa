import { z } from "zod";
import { count, envelope, outputEncoding, path, requestId, stateLost, success } from "../fields.js";
import { DEFAULT_WATCH_MS, MAX_WAIT_MS, MAX_WATCH_CHANGES } from "../limits.js";

const watchRequest = z
  .strictObject({
    ...envelope("watch"),
    path: path.describe("The directory, as an absolute path. It need not be there yet."),
    recursive: z
      .boolean()
      .optional()
      .meta({ default: false, description: "All that is below it, too, not only its own entries." }),
    wait_ms: z.int().min(1).max(MAX_WAIT_MS).optional().meta({
      default: DEFAULT_WATCH_MS,
      description: "How long to watch.",
    }),
    max_changes: z.int().min(1).max(MAX_WATCH_CHANGES).optional().meta({
      default: MAX_WATCH_CHANGES,
      description: "End after this many changes.",
    }),
  })
  .meta({
    description: "Tells of changes of files as they come, until a time has passed or a cancel request comes.",
  });

const watchAnswer = z
  .strictObject({
    ...success("watch"),
    changes: count.describe("How many changes there were."),
    ended: z
      .enum(["wait_ms", "max_changes", "cancelled", "closed"])
      .describe("Why it has ended: `closed` with the session."),
    state_lost: stateLost,
  })
  .meta({ description: "Answer to `watch`, after its `change` events." });

export const changeEvent = z
  .strictObject({
    id: requestId.describe("The request's `id`."),
    type: z.literal("change"),
    change: z.enum(["added", "changed", "removed"]).describe("What has happened since the last look."),
    path: z.string().describe("The absolute path, in base64 if it is not valid UTF-8."),
    path_encoding: outputEncoding.optional().describe("Only there when `path` is in base64."),
    kind: z.string().describe("What it is, or was: as in `list_dir`."),
    size: count.describe("Its size in bytes; of what was removed, the size that it had."),
  })
  .meta({ description: "Event of a watch request." });

export const watchRequests = { watch: watchRequest };
export const watchAnswers = { watch: watchAnswer };
