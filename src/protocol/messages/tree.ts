import { z } from "zod";
import { count, envelope, fileMode, namePattern, path, stateLost, success } from "../fields.js";
import { DEFAULT_LISTED_FILES, MAX_LISTED_FILES } from "../limits.js";

/** The file tree: what is in it, and changes of it that are not of a file's content. */

const aFile = path.describe("The file; a relative path starts at the shell's directory.");

const base64 = z.literal("base64").optional();

const status = {
  kind: z
    .enum(["file", "directory", "symlink", "fifo", "socket", "character_device", "block_device"])
    .describe("What it is."),
  size: count.describe("In bytes."),
  mode: fileMode.describe("Permission bits in octal."),
  mtime_ms: z.number().describe("Time of the last change, in milliseconds since 1970."),
  uid: count.describe("Its owner."),
  gid: count.describe("Its group."),
  target: z.string().optional().describe("Only there for a symbolic link: where it points to."),
  target_encoding: base64.describe("Only there when `target` is not valid UTF-8."),
};

const statRequest = z
  .strictObject({
    ...envelope("stat"),
    path: aFile,
    follow: z.boolean().optional().meta({
      default: true,
      description: "Whether a symbolic link stands for what it points to.",
    }),
  })
  .meta({ description: "Says what a file is." });

const statAnswer = z
  .strictObject({ ...success("stat"), ...status, state_lost: stateLost })
  .meta({ description: "Answer to `stat`." });

const listDirRequest = z
  .strictObject({
    ...envelope("list_dir"),
    path: path.optional().meta({ default: ".", description: "The directory." }),
    recursive: z.boolean().optional().meta({
      default: false,
      description: "Also list what is in its directories. Symbolic links are not followed.",
    }),
    depth: z
      .int()
      .min(1)
      .optional()
      .describe("How many levels to list at most. Default: 1, or all with `recursive`."),
    glob: namePattern
      .optional()
      .describe("List only files whose name matches this shell pattern, such as `*.txt`."),
    limit: z
      .int()
      .min(1)
      .max(MAX_LISTED_FILES)
      .optional()
      .meta({ default: DEFAULT_LISTED_FILES, description: "How many entries to list at most." }),
  })
  .meta({ description: "Lists a directory." });

const listDirAnswer = z
  .strictObject({
    ...success("list_dir"),
    entries: z
      .array(z.strictObject({ path: z.string(), path_encoding: base64, ...status }))
      .describe(
        "Directory by directory, the nearest first, and in each by name: `path`, which begins with the `path` of the request, and the fields of a `stat` answer that does not follow. A path that is not valid UTF-8 is base64, and `path_encoding` says so.",
      ),
    truncated: z
      .boolean()
      .describe("Whether there are more than `limit`, or more than could be looked at in 20 seconds."),
    unreadable: z
      .array(z.strictObject({ path: z.string(), path_encoding: base64, code: z.string() }))
      .describe("Directories that could not be looked into, each with the errno's name as `code`."),
    state_lost: stateLost,
  })
  .meta({ description: "Answer to `list_dir`." });

const mkdirRequest = z
  .strictObject({
    ...envelope("mkdir"),
    path: path.describe("The new directory."),
    parents: z.boolean().optional().meta({
      default: false,
      description: "Make those above it, too; and it is no error that it exists already.",
    }),
    mode: fileMode.optional().describe("Permission bits. Default: 0777 without the bits of the umask."),
  })
  .meta({ description: "Makes a directory." });

const removeRequest = z
  .strictObject({
    ...envelope("remove"),
    path: path.describe("The file or directory; of a symbolic link, the link itself."),
    recursive: z
      .boolean()
      .optional()
      .meta({ default: false, description: "Remove a directory with all that is in it." }),
    missing_ok: z
      .boolean()
      .optional()
      .meta({ default: false, description: "It is no error that it does not exist." }),
  })
  .meta({ description: "Removes a file or a directory." });

const removeAnswer = z
  .strictObject({
    ...success("remove"),
    removed: z.boolean().describe("False if there was nothing."),
    state_lost: stateLost,
  })
  .meta({ description: "Answer to `remove`." });

const moveRequest = z
  .strictObject({
    ...envelope("move"),
    from: path.describe("The file or directory."),
    to: path.describe("Its new path: not a directory to put it into."),
    overwrite: z.boolean().optional().meta({
      default: false,
      description: "Replace a file, or an empty directory, that is there; otherwise that is `EEXIST`.",
    }),
  })
  .meta({ description: "Gives a file or directory another path." });

const copyRequest = z
  .strictObject({
    ...envelope("copy"),
    from: path.describe("The file or directory; of a symbolic link, the link itself."),
    to: path.describe("Path of the copy: not a directory to put it into."),
    recursive: z
      .boolean()
      .optional()
      .meta({ default: false, description: "Copy a directory with all that is in it." }),
    overwrite: z.boolean().optional().meta({
      default: false,
      description:
        "Replace a file that is there, and add to a directory; otherwise what is there is `EEXIST`.",
    }),
  })
  .meta({ description: "Copies a file or directory, with modes, owners, times and links." });

function plain<Type extends string>(type: Type) {
  return z
    .strictObject({ ...success(type), state_lost: stateLost })
    .meta({ description: `Answer to \`${type}\`.` });
}

export const treeRequests = {
  stat: statRequest,
  list_dir: listDirRequest,
  mkdir: mkdirRequest,
  remove: removeRequest,
  move: moveRequest,
  copy: copyRequest,
};
export const treeAnswers = {
  stat: statAnswer,
  list_dir: listDirAnswer,
  mkdir: plain("mkdir"),
  remove: removeAnswer,
  move: plain("move"),
  copy: plain("copy"),
};
