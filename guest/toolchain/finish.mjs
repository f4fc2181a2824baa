// node finish.mjs IN OUT [--fpcast=yes] [--strip=no] [--imports=LIST]
//
// Turns what the linker made into what the kernel runs:
// 1. Binaryen's Asyncify, so that a program can be suspended in the imports that may block,
// 2. fuel in every loop (src/wasi/fuel), so that it can be interrupted when it computes.
// The fuel comes last: Asyncify must not see k.fuel, or every loop would have to be able to unwind.

import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { build } from "esbuild";

const require = createRequire(import.meta.url);
const root = path.resolve(import.meta.dirname, "../..");

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    fpcast: { type: "string", default: "no" },
    strip: { type: "string", default: "yes" },
    imports: { type: "string", default: "k.sysb" },
  },
});
const [input, output] = positionals;

const features = [
  "bulk-memory",
  "sign-ext",
  "mutable-globals",
  "nontrapping-float-to-int",
  "exception-handling",
  "reference-types",
  "multivalue",
  "simd",
];

function binaryen(from, to) {
  const args = [
    path.join(path.dirname(require.resolve("binaryen/package.json")), "bin/wasm-opt"),
    ...features.map((feature) => `--enable-${feature}`),
    ...(values.fpcast === "yes" ? ["--fpcast-emu"] : []),
    ...(values.strip === "yes" ? ["--strip-debug", "--strip-producers", "--strip-target-features"] : ["-g"]),
    "--asyncify",
    `--pass-arg=asyncify-imports@${values.imports}`,
    "-O2",
    from,
    "-o",
    to,
  ];
  const { status, signal } = spawnSync(process.execPath, args, { stdio: "inherit" });
  if (status !== 0) throw new Error(`wasm-opt failed on ${from} (${signal ?? status})`);
}

/** The rewriter is product code in TypeScript. */
async function loadFuel() {
  const file = path.join(fs.mkdtempSync(path.join(process.env.LIMPET_BUILD_DIR, "fuel-")), "fuel.mjs");
  await build({
    entryPoints: [path.join(root, "src/wasi/fuel/rewriter.ts")],
    bundle: true,
    format: "esm",
    outfile: file,
    logLevel: "warning",
  });
  try {
    return await import(pathToFileURL(file).href);
  } finally {
    fs.rmSync(path.dirname(file), { recursive: true });
  }
}

const suspendable = `${input}.asyncify.wasm`;
binaryen(input, suspendable);
const { addFuel } = await loadFuel();
fs.mkdirSync(path.dirname(output), { recursive: true });
fs.writeFileSync(output, addFuel(fs.readFileSync(suspendable)));
