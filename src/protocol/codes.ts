/**
 * The error codes of failed requests, each with its meaning and, where there is something the client can do, a hint.
 * A failed file operation has the errno name that Linux would give instead (`ENOENT`, `EISDIR`, …).
 */

interface CodeEntry {
  readonly meaning: string;
  readonly hint?: string;
}

const entries = {
  INVALID_JSON: {
    meaning: "The line is not a JSON text. The answer's `id` is null.",
    hint: "Send one JSON object per line, and escape newlines inside strings as \\n.",
  },
  INVALID_UTF8: {
    meaning: "The line is not valid UTF-8 (the answer's `id` is null), or a file asked for as `utf8` is not.",
    hint: 'Binary data travels as base64: use "encoding": "base64".',
  },
  LINE_TOO_LONG: {
    meaning:
      "The line is longer than `limits.max_line_bytes`; the rest of it is skipped. The answer's `id` is null.",
    hint: 'Write large files in parts with "append": true, or start the daemon with a larger --max-line-bytes.',
  },
  INVALID_REQUEST: {
    meaning:
      "The line is JSON but not a request of this protocol; `error` names the field and what was wanted.",
  },
  DUPLICATE_ID: {
    meaning: "A request with this id is still unanswered. The new request was not carried out.",
    hint: "Use each id once, for example a counter.",
  },
  NOT_FOUND: {
    meaning: "`cancel` names a request that is not under way: it was answered already, or never sent.",
  },
  PROCESS_NOT_FOUND: {
    meaning: "The session has no process with this id: it was never started, or it ended long ago.",
    hint: "List the session's processes with a processes request.",
  },
  PROCESS_EXISTS: {
    meaning: "`start` names a process that has not ended yet.",
    hint: "Choose another id, or leave `process` out.",
  },
  STDIN_CLOSED: {
    meaning: "The process has no standard input that could be written to.",
    hint: 'Start the process with "stdin": "pipe" (or "tty": true), and write before it ends and before "eof".',
  },
  TOO_MANY_FILES: {
    meaning: "There are more files below a directory than `watch` looks at.",
    hint: "Watch a smaller directory, or without `recursive`.",
  },
  SESSION_NOT_FOUND: {
    meaning: "`status`, `close`, `snapshot` or `fork` names a session that does not exist.",
    hint: "Sessions come into being with their first shell, read_file, write_file or reset request, or with open.",
  },
  SESSION_EXISTS: {
    meaning: "`open` or `fork` names a session that exists already.",
    hint: "Use the session as it is, or close it first.",
  },
  SNAPSHOT_NOT_FOUND: {
    meaning: "There is no snapshot with this name.",
    hint: "List the snapshots with a snapshots request.",
  },
  SNAPSHOT_EXISTS: {
    meaning: "`snapshot` or `import` names a snapshot that exists already.",
    hint: "Choose another name, or delete that snapshot first.",
  },
  SNAPSHOT_MISMATCH: {
    meaning: "The snapshot is of another backend than the session.",
    hint: "Make a new session from the snapshot with fork.",
  },
  SNAPSHOT_INVALID: {
    meaning:
      "The file to import is no snapshot, is damaged, or was written by another version of Limpet or with other images.",
  },
  TOO_MANY_SESSIONS: {
    meaning: "There are `limits.max_sessions` sessions already.",
    hint: "Close a session that is no longer needed, or start the daemon with a larger --max-sessions.",
  },
  CONFLICT: {
    meaning: "The file is not what `if_match` says. Nothing was changed.",
    hint: "Read the file again, and decide anew.",
  },
  NO_MATCH: {
    meaning: "The text of an edit does not occur as often as it must. Nothing was changed.",
    hint: "Read the file, and give more of the text around the place, or the right `count`.",
  },
  TIMED_OUT: {
    meaning:
      "A `move` between filesystems, a `copy`, `upload` or `download` was ended at the daemon's time limit, half done.",
    hint: "Start the daemon with a larger --time-limit-ms.",
  },
  SESSION_LOST: {
    meaning:
      "The session's machine broke while it worked on the request. A fresh one takes its place: files, variables and processes are gone.",
    hint: "Set the session up again and repeat the request. A smaller memory limit or input may help.",
  },
  CANCELLED: {
    meaning: "A `cancel` request took this request out of the queue before it began.",
  },
  SHUTTING_DOWN: {
    meaning: "The daemon was told to stop before this request began.",
  },
  INTERNAL: {
    meaning: "A defect of Limpet; stderr has the details.",
  },
} as const satisfies Record<string, CodeEntry>;

/** A code of this registry. */
export type ProtocolCode = keyof typeof entries;

export const protocolCodes: Readonly<Record<ProtocolCode, CodeEntry>> = entries;

/** Hints for the errno names that a file operation fails with. */
const errnoHints: Readonly<Record<string, string>> = {
  EACCES: "The session's user may not do this; a session opened with user root may.",
  EFBIG: "Read the file in parts with `offset` and `length`.",
  EISDIR: "List a directory with list_dir.",
  ENOENT: "See what exists with list_dir.",
  ENOSPC:
    "The session's memory limit is reached: remove files, or open a session with a larger memory_limit_bytes.",
  ENOMEM:
    "The session's memory limit is reached: end processes, or open a session with a larger memory_limit_bytes.",
};

export function hintFor(code: string): string | undefined {
  return Object.hasOwn(protocolCodes, code) ? protocolCodes[code as ProtocolCode].hint : errnoHints[code];
}
