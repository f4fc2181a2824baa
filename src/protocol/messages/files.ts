import { z } from "zod";
import {
  count,
  envelope,
  fileContents,
  fileMode,
  inputEncoding,
  outputEncoding,
  path,
  sha256,
  stateLost,
  success,
} from "../fields.js";
import { MAX_EDITS, MAX_FILES } from "../limits.js";

/** The content of files. */

const mtime = z.number().describe("Time of the last change, in milliseconds since 1970.");

const readFileRequest = z
  .strictObject({
    ...envelope("read_file"),
    path: path.describe("The file; a relative path starts at the shell's directory."),
    encoding: inputEncoding.optional().meta({
      default: "text",
      description:
        "`text`: as text if it is valid UTF-8, otherwise as base64. `utf8`: as text, or fail. `base64`: always base64.",
    }),
    offset: z.int().min(0).optional().meta({ default: 0, description: "First byte to read." }),
    length: z.int().min(0).optional().describe("Bytes to read at most. Default: to the end of the file."),
    first_line: z
      .int()
      .min(1)
      .optional()
      .describe("First line to read, instead of `offset` and `length`; the first is 1."),
    last_line: z
      .int()
      .min(1)
      .optional()
      .describe("Last line to read. Default, with `first_line`: the last of the file."),
    hash: z
      .boolean()
      .optional()
      .meta({ default: false, description: "Give the SHA-256 of the whole file, as `if_match` wants it." }),
  })
  .meta({ description: "Reads a file, or a part of it." });

const readFileAnswer = z
  .strictObject({
    ...success("read_file"),
    content: z.string().describe("What was read."),
    encoding: outputEncoding.describe("How `content` is written."),
    size: count.describe("Size of the whole file in bytes."),
    mode: fileMode.describe("Permission bits in octal."),
    mtime_ms: mtime,
    total_lines: count.optional().describe("Only there with `first_line` or `last_line`: lines of the file."),
    sha256: sha256.optional().describe("Only there with `hash`."),
    state_lost: stateLost,
  })
  .meta({ description: "Answer to `read_file`." });

const readFilesRequest = z
  .strictObject({
    ...envelope("read_files"),
    paths: z
      .array(path)
      .min(1)
      .max(MAX_FILES)
      .meta({ title: `an array of 1 to ${MAX_FILES} paths`, description: "The files." }),
    encoding: z
      .enum(["text", "base64"])
      .optional()
      .meta({ default: "text", description: "As for `read_file`." }),
  })
  .meta({ description: "Reads many files, each as `read_file` does, or says why it cannot." });

const readFilesAnswer = z
  .strictObject({
    ...success("read_files"),
    files: z
      .array(
        z.union([
          z.strictObject({
            path,
            content: z.string(),
            encoding: outputEncoding,
            size: count,
            mode: fileMode,
            mtime_ms: z.number(),
          }),
          z.strictObject({ path, error: z.string(), code: z.string() }),
        ]),
      )
      .describe(
        "In the order of `paths`: `path`, and `content`, `encoding`, `size`, `mode` and `mtime_ms`, or `error` and `code`.",
      ),
    state_lost: stateLost,
  })
  .meta({ description: "Answer to `read_files`." });

const ifMatch = z
  .union([sha256, z.null()])
  .optional()
  .describe(
    "Write only if the file's content has this SHA-256 or, with null, if there is no file; otherwise `CONFLICT`.",
  );

const createDirs = z
  .boolean()
  .optional()
  .meta({ default: true, description: "Make missing parent directories." });

const writeFileRequest = z
  .strictObject({
    ...envelope("write_file"),
    path: path.describe("The file; a relative path starts at the shell's directory."),
    content: z.string().describe("What to write."),
    encoding: inputEncoding.optional().meta({ default: "text", description: "How `content` is written." }),
    mode: fileMode
      .optional()
      .describe("Permission bits. Default: an existing file keeps its own, a new one gets 0644."),
    append: z
      .boolean()
      .optional()
      .meta({ default: false, description: "Add to the end instead of replacing." }),
    create_dirs: createDirs,
    if_match: ifMatch,
  })
  .meta({ description: "Writes a file." });

const bytesWritten = count.describe("Bytes written.");

const writeFileAnswer = z
  .strictObject({ ...success("write_file"), bytes: bytesWritten, state_lost: stateLost })
  .meta({ description: "Answer to `write_file`." });

const writeFilesRequest = z
  .strictObject({
    ...envelope("write_files"),
    files: z
      .record(path, z.union([z.string(), fileContents.extend({ if_match: ifMatch })]))
      .describe(
        `At most ${MAX_FILES} files by path: the text, or an object with \`content\`, \`encoding\`, \`mode\` and \`if_match\` as in write_file.`,
      ),
    create_dirs: createDirs,
  })
  .meta({ description: "Writes many files, all of them or none." });

const writeFilesAnswer = z
  .strictObject({
    ...success("write_files"),
    files: count.describe("Files written."),
    bytes: bytesWritten,
    state_lost: stateLost,
  })
  .meta({ description: "Answer to `write_files`." });

const edit = z.strictObject({
  old: z.string().min(1).meta({ title: "a string that is not empty" }),
  new: z.string(),
  count: z.int().min(1).optional(),
});

const editFileRequest = z
  .strictObject({
    ...envelope("edit_file"),
    path: path.describe("The file; a relative path starts at the shell's directory."),
    edits: z
      .array(edit)
      .min(1)
      .max(MAX_EDITS)
      .meta({
        title: `an array of 1 to ${MAX_EDITS} edits`,
        description:
          "Done one after the other, all or none: `old`, the exact text to replace; `new`, what to put there; `count`, how often `old` must occur (default 1), otherwise `NO_MATCH`.",
      }),
    if_match: sha256
      .optional()
      .describe("Edit only if the file's content has this SHA-256; otherwise `CONFLICT`."),
  })
  .meta({ description: "Replaces exact text in a file." });

const editFileAnswer = z
  .strictObject({
    ...success("edit_file"),
    replacements: count.describe("How many occurrences were replaced."),
    size: count.describe("Size of the file now, in bytes."),
    sha256: sha256.describe("SHA-256 of its content now, in hex."),
    state_lost: stateLost,
  })
  .meta({ description: "Answer to `edit_file`." });

export const fileRequests = {
  read_file: readFileRequest,
  read_files: readFilesRequest,
  write_file: writeFileRequest,
  write_files: writeFilesRequest,
  edit_file: editFileRequest,
};
export const fileAnswers = {
  read_file: readFileAnswer,
  read_files: readFilesAnswer,
  write_file: writeFileAnswer,
  write_files: writeFilesAnswer,
  edit_file: editFileAnswer,
};
