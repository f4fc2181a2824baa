import { z } from "zod";
import { count, envelope, path, stateLost, success } from "../fields.js";
import { DEFAULT_MAX_CHANGES, MAX_CHANGES } from "../limits.js";

/** Directories of the host in a session. */

/** An item of `mounts` in an open request. */
export const mount = z.strictObject({
  host: path,
  guest: path,
  mode: z.enum(["ro", "rw", "overlay"]).optional().meta({ default: "ro" }),
});

const diffRequest = z
  .strictObject({
    ...envelope("diff"),
    mount: path.optional().describe("The `guest` path of one overlay mount. Default: all of the session's."),
    max_changes: z
      .int()
      .min(1)
      .max(MAX_CHANGES)
      .optional()
      .meta({ default: DEFAULT_MAX_CHANGES, description: "How many changes to list at most." }),
  })
  .meta({ description: "Lists what has been changed in overlay mounts." });

const change = z.strictObject({
  path: z.string(),
  path_encoding: z.literal("base64").optional(),
  change: z.enum(["added", "changed", "removed"]),
  type: z.enum(["file", "directory", "symlink", "other"]),
  size: count,
});

const diffAnswer = z
  .strictObject({
    ...success("diff"),
    changes: z
      .array(change)
      .describe(
        'By mount, directory and name, what was removed before the rest: `path` in the guest (base64 if it is not valid UTF-8, and `path_encoding` says so); `change`: `"added"`, `"changed"` or `"removed"`; `type`: `"file"`, `"directory"`, `"symlink"` or `"other"`; `size` in bytes, of what was removed the size that it had.',
      ),
    truncated: z.boolean().describe("Whether there are more than `max_changes`."),
    state_lost: stateLost,
  })
  .meta({ description: "Answer to `diff`." });

export const mountRequests = { diff: diffRequest };
export const mountAnswers = { diff: diffAnswer };
