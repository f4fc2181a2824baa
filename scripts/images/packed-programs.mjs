// Programs as they are committed: NAME.wasm.br, because history keeps every version of them. The build of dist/ expands them to
// NAME.wasm beside it, which git ignores, so that no session has to.

import fs from "node:fs";
import path from "node:path";
import { brotliCompressSync, brotliDecompressSync, constants } from "node:zlib";
import { sha256 } from "./recipe-hash.mjs";

const PACKED = ".br";

/** @param {string} file a program, NAME.wasm */
export function packProgram(file) {
  const bytes = fs.readFileSync(file);
  const packed = `${file}${PACKED}`;
  if (fs.existsSync(packed) && brotliDecompressSync(fs.readFileSync(packed)).equals(bytes)) return;
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: 11,
    [constants.BROTLI_PARAM_LGWIN]: 24,
    [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
  };
  fs.writeFileSync(packed, brotliCompressSync(bytes, { params }));
}

/** @param {string} file a program, NAME.wasm, of which only the packed form need be there */
export function unpackProgram(file) {
  return brotliDecompressSync(fs.readFileSync(`${file}${PACKED}`));
}

/**
 * Expands the programs of a folder that are not there as its manifest describes them.
 * @param {string} folder images/wasi
 */
export function expandPrograms(folder) {
  const { programs } = JSON.parse(fs.readFileSync(path.join(folder, "manifest.json"), "utf8"));
  for (const { file, sha256: expected } of programs.flatMap(({ images }) => images)) {
    const program = path.join(folder, file);
    if (fs.existsSync(program) && sha256(fs.readFileSync(program)) === expected) continue;
    const temporary = `${program}.${process.pid}`;
    fs.writeFileSync(temporary, unpackProgram(program));
    fs.renameSync(temporary, program);
  }
}
