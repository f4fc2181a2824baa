import type { FailureAnswer } from "../protocol/messages/index.js";

/** What every request can reject with. `code` is one of protocol.md's codes, an errno name, or one of `DaemonGoneError`. */
export class LimpetError extends Error {
  constructor(
    message: string,
    readonly code: string,
    /** What to do about it. */
    readonly hint?: string,
    /** The session's files, variables and processes are gone. */
    readonly stateLost: boolean = false,
  ) {
    super(message);
    this.name = new.target.name;
  }
}

/** The daemon did not carry the request out: a field is wrong, there is no such session or process, and so on. */
export class RequestError extends LimpetError {}

/** The sandbox refused, as Linux would; `code` is the name of the errno, such as "ENOENT". */
export class FileError extends LimpetError {}

/** The session's machine broke during the request (`SESSION_LOST`). A fresh one takes its place. */
export class SessionLostError extends LimpetError {}

/** The request was cancelled and has no result (`CANCELLED`). */
export class CancelledError extends LimpetError {}

/** The daemon is gone (`DAEMON_EXITED`), or what it writes is not the protocol (`NOT_THE_PROTOCOL`). */
export class DaemonGoneError extends LimpetError {}

export function failureToError({ error, code, hint, state_lost }: FailureAnswer): LimpetError {
  return new (familyOf(code))(error, code, hint, state_lost ?? false);
}

function familyOf(code: string): typeof LimpetError {
  if (code === "SESSION_LOST") return SessionLostError;
  if (code === "CANCELLED") return CancelledError;
  return /^E[A-Z0-9]+$/.test(code) ? FileError : RequestError;
}

/** Throws the error again, unless it says that what was to be ended is not there any more. */
export function unlessGone(error: unknown): void {
  if (error instanceof DaemonGoneError) return;
  if (error instanceof RequestError && /^(PROCESS|SESSION)_NOT_FOUND$/.test(error.code)) return;
  throw error;
}
