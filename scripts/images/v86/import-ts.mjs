// Takes in a module of src/, which is TypeScript, so that scripts and the daemon share one source.

import path from "node:path";
import { build } from "esbuild";
import { root } from "../recipe-hash.mjs";

/** @param {string} file path relative to the project */
export async function importTypeScript(file) {
  const { outputFiles } = await build({
    entryPoints: [path.join(root, file)],
    bundle: true,
    platform: "node",
    format: "esm",
    write: false,
  });
  return import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString("base64")}`);
}
