import type { CallError } from "../machine/messages.js";

/** The errnos that programs for files report, by the words of strerror(3) at the end of their messages. */
const ERRNOS: Readonly<Record<string, string>> = {
  "Operation not permitted": "EPERM",
  "No such file or directory": "ENOENT",
  "Input/output error": "EIO",
  "Argument list too long": "E2BIG",
  "Resource temporarily unavailable": "EAGAIN",
  "Cannot allocate memory": "ENOMEM",
  "Permission denied": "EACCES",
  "Device or resource busy": "EBUSY",
  "File exists": "EEXIST",
  "Not a directory": "ENOTDIR",
  "Is a directory": "EISDIR",
  "Invalid argument": "EINVAL",
  "Too many open files": "EMFILE",
  "Text file busy": "ETXTBSY",
  "File too large": "EFBIG",
  "No space left on device": "ENOSPC",
  "Read-only file system": "EROFS",
  "Too many links": "EMLINK",
  "File name too long": "ENAMETOOLONG",
  "Directory not empty": "ENOTEMPTY",
  "Too many levels of symbolic links": "ELOOP",
};

/** The errno with which a line of a program's error output ends, if it does. */
export function errnoIn(line: string): string | undefined {
  const reason = line.split(": ").at(-1) ?? "";
  return Object.hasOwn(ERRNOS, reason) ? ERRNOS[reason] : undefined;
}

/** What a program that has failed says: the first line that names an errno, or all of it with EINVAL. */
export function programError(text: string): CallError {
  const lines = text.split("\n").filter((line) => line !== "");
  const telling = lines.find((line) => errnoIn(line) !== undefined);
  return {
    code: (telling && errnoIn(telling)) ?? "EINVAL",
    message: telling ?? (lines.join("; ") || "the program that does it has failed without a word"),
  };
}
