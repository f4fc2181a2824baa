/**
 * The part of `v86` that is tuned by changing its code, in its pinned version, when dist/ is built.
 * test/unit/v86/emulator.test.ts fails when another version has it in another place.
 */

/**
 * `i32.const 200000`: how often code is entered before v86 compiles it. Its default is meant for machines that run for long;
 * most of what a short command runs is not worth compiling.
 */
const THRESHOLD = Uint8Array.of(0x41, 0xc0, 0x9a, 0x0c);
/** `i32.const 1000000`, of the same length. */
const HIGHER_THRESHOLD = Uint8Array.of(0x41, 0xc0, 0x84, 0x3d);

/** The emulator's code with a higher threshold for compiling; undefined when the place for that is not found exactly once. */
export function tune(wasm: Uint8Array): Uint8Array<ArrayBuffer> | undefined {
  const code = Buffer.from(wasm);
  const at = code.indexOf(THRESHOLD);
  if (at < 0 || code.indexOf(THRESHOLD, at + 1) >= 0) return undefined;
  code.set(HIGHER_THRESHOLD, at);
  return new Uint8Array(code);
}
