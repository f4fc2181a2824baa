import { z } from "zod";
import {
  MAX_ID_LENGTH,
  MAX_PROCESS_ID_LENGTH,
  MAX_SESSION_NAME_LENGTH,
  MAX_SNAPSHOT_NAME_LENGTH,
} from "./limits.js";

/**
 * Fields that several messages share. A `title` completes the sentence "`field` must be …" in an error answer, and
 * stands for the type in the tables of protocol.md.
 */

const WITHOUT_NUL = /^[^\x00]*$/;

/** Text that reaches the guest as a C string. */
export const cString = z.string().regex(WITHOUT_NUL).meta({ title: "a string without NUL characters" });

export const path = z
  .string()
  .min(1)
  .max(4096)
  .regex(WITHOUT_NUL)
  .meta({ title: "a path: a non-empty string without NUL characters" });

export const requestId = z
  .union([z.string().max(MAX_ID_LENGTH), z.int()])
  .meta({ title: `an integer, or a string of at most ${MAX_ID_LENGTH} characters` });

export const sessionName = z
  .string()
  .min(1)
  .max(MAX_SESSION_NAME_LENGTH)
  .meta({ title: `a name of 1 to ${MAX_SESSION_NAME_LENGTH} characters` });

export const snapshotName = z
  .string()
  .min(1)
  .max(MAX_SNAPSHOT_NAME_LENGTH)
  .meta({ title: `a name of 1 to ${MAX_SNAPSHOT_NAME_LENGTH} characters` });

export const processId = z
  .string()
  .min(1)
  .max(MAX_PROCESS_ID_LENGTH)
  .meta({ title: `a process id of 1 to ${MAX_PROCESS_ID_LENGTH} characters` });

/** The names of signal(7) that kill(1) knows. */
export const signalName = z
  .string()
  .regex(
    /^SIG(HUP|INT|QUIT|ILL|TRAP|ABRT|BUS|FPE|KILL|USR1|SEGV|USR2|PIPE|ALRM|TERM|STKFLT|CHLD|CONT|STOP|TSTP|TTIN|TTOU|URG|XCPU|XFSZ|VTALRM|PROF|WINCH|IO|PWR|SYS)$/,
  )
  .meta({ title: 'the name of a signal, such as "SIGTERM"' });

export const fileMode = z
  .string()
  .regex(/^[0-7]{3,4}$/)
  .meta({ title: 'permission bits in octal, such as "0644"' });

export const sha256 = z
  .string()
  .regex(/^[0-9a-f]{64}$/)
  .meta({ title: "a SHA-256 as 64 lower-case hexadecimal digits" });

/** What the name of a file may have to match, without the directories in front of it. */
export const namePattern = z
  .string()
  .min(1)
  .max(1024)
  .regex(/^[^/\x00]*$/)
  .meta({ title: "a shell pattern for the names of files, without / and NUL" });

export const environmentName = z
  .string()
  .regex(/^[^=\x00]+$/)
  .meta({ title: "a name without = and NUL characters" });

/** How bytes given to Limpet are written in a JSON string. */
export const inputEncoding = z.enum(["text", "utf8", "base64"]);

/** How Limpet wrote bytes in a JSON string. */
export const outputEncoding = z.enum(["utf8", "base64"]);

/** A file to write, among others. */
export const fileContents = z.strictObject({
  content: z.string(),
  encoding: inputEncoding.optional(),
  mode: fileMode.optional(),
});

export const backendName = z.enum(["wasi", "v86"]);

export const userName = z.enum(["root", "user"]);

/** The fields that every request begins with. */
export function envelope<Type extends string>(type: Type) {
  return {
    id: requestId.describe(
      "Chosen by the client; every event and the answer carry it. Free again after the answer.",
    ),
    type: z.literal(type),
    session: sessionName.optional().meta({
      default: "default",
      description: "The session that the request is for.",
    }),
  };
}

export const count = z.int().min(0);
export const milliseconds = z.number().min(0);

/** The fields that every answer to a request that succeeded begins with. */
export function success<Type extends string>(type: Type) {
  return {
    id: requestId.describe("The request's `id`."),
    type: z.literal(type),
    success: z.literal(true),
  };
}

export const stateLost = z
  .literal(true)
  .optional()
  .describe(
    "Only there when the session's machine had to be replaced, during this request or since the last answer: files, variables and processes are gone.",
  );
