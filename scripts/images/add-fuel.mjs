// node add-fuel.mjs IN OUT
//
// Puts fuel into a module that is taken as another tool chain has made it (src/wasi/fuel).

import fs from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";
import { root } from "./recipe-hash.mjs";

const [input, output] = process.argv.slice(2);
const folder = fs.mkdtempSync(path.join(process.env.LIMPET_BUILD_DIR, "fuel-"));
const rewriter = path.join(folder, "fuel.mjs");
try {
  await build({
    entryPoints: [path.join(root, "src/wasi/fuel/rewriter.ts")],
    bundle: true,
    format: "esm",
    outfile: rewriter,
    logLevel: "warning",
  });
  const { addFuel } = await import(pathToFileURL(rewriter).href);
  fs.writeFileSync(output, addFuel(fs.readFileSync(input)));
} finally {
  fs.rmSync(folder, { recursive: true });
}
