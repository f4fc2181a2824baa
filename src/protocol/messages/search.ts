import { z } from "zod";
import { count, envelope, namePattern, path, stateLost, success } from "../fields.js";
import { DEFAULT_MATCHES, MAX_CONTEXT_LINES, MAX_LINE_SHOWN, MAX_MATCHES } from "../limits.js";

const searchRequest = z
  .strictObject({
    ...envelope("search"),
    pattern: z
      .string()
      .min(1)
      .regex(/^[^\n\x00]*$/)
      .meta({
        title: "a regular expression: a non-empty string without NUL and newline characters",
        description: "A regular expression of Perl's kind (PCRE), for which each line is looked at.",
      }),
    path: path.optional().meta({
      default: ".",
      description:
        "A file, or a directory in which all files are searched, without following symbolic links.",
    }),
    glob: namePattern
      .optional()
      .describe("Search only files whose name matches this shell pattern, such as `*.txt`."),
    context: z
      .int()
      .min(0)
      .max(MAX_CONTEXT_LINES)
      .optional()
      .meta({ default: 0, description: "Lines to give before and after each match." }),
    limit: z
      .int()
      .min(1)
      .max(MAX_MATCHES)
      .optional()
      .meta({ default: DEFAULT_MATCHES, description: "How many matching lines to give at most." }),
  })
  .meta({ description: "Searches files for lines that match a regular expression." });

const lines = z.array(z.string()).optional();

const searchAnswer = z
  .strictObject({
    ...success("search"),
    matches: z
      .array(
        z.strictObject({
          path: z.string(),
          path_encoding: z.literal("base64").optional(),
          line: count,
          column: count,
          text: z.string(),
          text_truncated: z.literal(true).optional(),
          before: lines,
          after: lines,
        }),
      )
      .describe(
        `By path and line, one for each matching line: \`path\`, which begins with the \`path\` of the request (base64 if it is not valid UTF-8, and \`path_encoding\` says so); \`line\` and \`column\` of the first match, in characters, both from 1 on; \`text\`, the line, or its first ${MAX_LINE_SHOWN} characters with \`"text_truncated": true\`; with \`context\`, the lines \`before\` and \`after\` it that match nothing themselves.`,
      ),
    truncated: z
      .boolean()
      .describe("Whether the search ended at `limit`, or at the time limit of the daemon."),
    problems: z.array(z.string()).describe("What could not be searched, and why, in the words of grep(1)."),
    state_lost: stateLost,
  })
  .meta({ description: "Answer to `search`." });

export const searchRequests = { search: searchRequest };
export const searchAnswers = { search: searchAnswer };
