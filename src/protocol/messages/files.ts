import { z } from "zod";
import {
  count,
  envelope,
  fileMode,
  inputEncoding,
  outputEncoding,
  path,
  stateLost,
  success,
} from "../fields.js";

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
  })
  .meta({ description: "Reads a file, or a part of it." });

const readFileAnswer = z
  .strictObject({
    ...success("read_file"),
    content: z.string().describe("What was read."),
    encoding: outputEncoding.describe("How `content` is written."),
    size: count.describe("Size of the whole file in bytes."),
    mode: fileMode.describe("Permission bits in octal."),
    mtime_ms: z.number().describe("Time of the last change, in milliseconds since 1970."),
    state_lost: stateLost,
  })
  .meta({ description: "Answer to `read_file`." });

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
    create_dirs: z
      .boolean()
      .optional()
      .meta({ default: true, description: "Make missing parent directories." }),
  })
  .meta({ description: "Writes a file." });

const writeFileAnswer = z
  .strictObject({ ...success("write_file"), bytes: count.describe("Bytes written."), state_lost: stateLost })
  .meta({ description: "Answer to `write_file`." });

export const fileRequests = { read_file: readFileRequest, write_file: writeFileRequest };
export const fileAnswers = { read_file: readFileAnswer, write_file: writeFileAnswer };
