import type { Hash } from "node:crypto";

/** A SHA-256 to be computed piece by piece. Its module takes milliseconds to load, which are no part of a daemon's start. */
export function newSha256(): Hash {
  return process.getBuiltinModule("node:crypto").createHash("sha256");
}

/** In hex. */
export function sha256(bytes: Uint8Array): string {
  return newSha256().update(bytes).digest("hex");
}
