import { existsSync, readFileSync } from "node:fs";

/**
 * The bytes of a program. Those that not every session uses may be there as `PATH.br` only: the npm package carries them so.
 * Throws when there is neither.
 */
export function readProgramFile(path: string): Uint8Array<ArrayBuffer> {
  try {
    return readFileSync(path);
  } catch (error) {
    const packed = `${path}.br`;
    if (!existsSync(packed)) throw error;
    return process.getBuiltinModule("node:zlib").brotliDecompressSync(readFileSync(packed));
  }
}
