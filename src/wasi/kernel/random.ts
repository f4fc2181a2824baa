/** crypto.getRandomValues gives no more at once. */
const CHUNK = 65536;

/** Random bytes in advance, for those who want a few: each call of the generator costs microseconds. */
const pool = new Uint8Array(1024);
let used = pool.length;

/** Fills `bytes` from the host's random number generator. */
export function fillRandom(bytes: Uint8Array): void {
  if (bytes.length <= pool.length / 16) return takeFromPool(bytes);
  for (let at = 0; at < bytes.length; at += CHUNK) {
    // The memory of a program is never shared between threads, which is all that the type asks.
    crypto.getRandomValues(bytes.subarray(at, at + CHUNK) as Uint8Array<ArrayBuffer>);
  }
}

function takeFromPool(bytes: Uint8Array): void {
  if (used + bytes.length > pool.length) {
    crypto.getRandomValues(pool);
    used = 0;
  }
  bytes.set(pool.subarray(used, used + bytes.length));
  // Nobody is given the same bytes again, not even one who reads this memory.
  pool.fill(0, used, used + bytes.length);
  used += bytes.length;
}
