import { RefusedCall } from "../calls/refused-call.js";

/**
 * Throws a RefusedCall unless the file is as WriteFile.ifMatch wants it. `actual`: SHA-256 of its content in hex, undefined when there
 * is none.
 */
export function demandMatch(wanted: string | null, actual: string | undefined): void {
  if (actual === (wanted ?? undefined)) return;
  if (actual === undefined)
    throw new RefusedCall("CONFLICT", "there is no such file, and `if_match` wants one with that content");
  if (wanted === null) throw fileExists();
  throw new RefusedCall(
    "CONFLICT",
    `its content is not what \`if_match\` wants: it has the SHA-256 ${actual}`,
  );
}

export function fileExists(): RefusedCall {
  return new RefusedCall("CONFLICT", "the file exists, and `if_match` wants none");
}

/** Another process was quicker. */
export function changedMeanwhile(): RefusedCall {
  return new RefusedCall("CONFLICT", "the file was changed by another process at the same moment");
}
