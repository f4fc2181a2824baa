/** crypto.getRandomValues gives no more at once. */
const CHUNK = 65536;

/** Fills `bytes` from the host's random number generator. */
export function fillRandom(bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length; at += CHUNK) {
    // The memory of a program is never shared between threads, which is all that the type asks.
    crypto.getRandomValues(bytes.subarray(at, at + CHUNK) as Uint8Array<ArrayBuffer>);
  }
}
