/**
 * Builds dist/: the command line, the worker and the packages they load late as CommonJS bundles (an ES module as the entry
 * of a worker costs 20 ms at every start), the library as an ES module, its type declarations, and the protocol's JSON Schema.
 *
 *   node scripts/build.mjs [--no-types]
 */
import { execFileSync } from "node:child_process";
import { chmodSync, copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = fileURLToPath(new URL("..", import.meta.url));
const dist = join(root, "dist");
const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));

/** Bundles need none of node_modules at run time. */
const common = {
  absWorkingDir: root,
  bundle: true,
  platform: "node",
  target: "node20",
  outdir: dist,
  logLevel: "warning",
  legalComments: "none",
  define: { LIMPET_VERSION: JSON.stringify(version) },
};

const plainText = join(root, "src/cli/plain-text");

/** The daemon checks requests only, and needs no descriptions for that. */
const requestSchemas = {
  name: "request-schemas",
  setup({ onLoad }) {
    onLoad({ filter: /protocol\.schema\.json$/ }, ({ path }) => {
      const { $defs } = JSON.parse(readFileSync(path, "utf8"));
      const wanted = Object.entries($defs).filter(([name]) => /^RequestId$|.Request$/.test(name));
      const text = JSON.stringify({ $defs: Object.fromEntries(wanted) }, (key, value) =>
        key === "description" && typeof value === "string" ? undefined : value,
      );
      return { contents: `export default JSON.parse(${JSON.stringify(text)});`, loader: "js" };
    });
  },
};

const bundles = [
  {
    entryPoints: { cli: "src/cli/main.ts" },
    format: "cjs",
    banner: { js: "#!/usr/bin/env node" },
    // Node's own streams are loaded already; the package would be parsed again at every start.
    alias: { "readable-stream": "node:stream" },
    plugins: [requestSchemas],
  },
  { entryPoints: { worker: "src/machine/worker.ts" }, format: "cjs" },
  { entryPoints: { "write-session-image": "src/machine/write-session-image.ts" }, format: "cjs" },
  { entryPoints: { memfs: "src/wasi/fs/memfs/core.ts" }, format: "cjs", minify: true },
  {
    entryPoints: { "command-line": "src/cli/command-line.ts" },
    format: "cjs",
    minify: true,
    define: { ...common.define, "import.meta.url": '"file:///limpet"' },
    alias: {
      "string-width": join(plainText, "string-width.ts"),
      "strip-ansi": join(plainText, "strip-ansi.ts"),
      "wrap-ansi": join(plainText, "wrap-ansi.ts"),
    },
  },
  { entryPoints: { index: "src/client/index.ts" }, format: "esm", outExtension: { ".js": ".mjs" } },
];

const withTypes = !process.argv.includes("--no-types");
if (withTypes) rmSync(dist, { recursive: true, force: true });
mkdirSync(join(dist, "types"), { recursive: true });
await Promise.all(bundles.map((bundle) => build({ ...common, ...bundle })));
chmodSync(join(dist, "cli.js"), 0o755);

const maker = join(dist, "make-session-image.cjs");
await build({
  ...common,
  entryPoints: ["scripts/make-session-image.ts"],
  format: "cjs",
  outdir: undefined,
  outfile: maker,
});
execFileSync(process.execPath, [maker, join(root, "images/wasi"), join(dist, "session.image")], {
  stdio: "inherit",
});
rmSync(maker);

writeFileSync(join(dist, "package.json"), '{ "type": "commonjs" }\n');
copyFileSync(join(root, "src/protocol/protocol.schema.json"), join(dist, "protocol.schema.json"));

const imageWriter = join(dist, "write-session-image.js");
execFileSync(process.execPath, [imageWriter], { stdio: "inherit" });
rmSync(imageWriter);

if (withTypes) {
  writeFileSync(join(dist, "types", "package.json"), '{ "type": "module" }\n');
  const compiler = fileURLToPath(import.meta.resolve("typescript/package.json")).replace(
    "package.json",
    "bin/tsc",
  );
  execFileSync(process.execPath, [compiler, "-p", join(root, "scripts/tsconfig.types.json")], {
    stdio: "inherit",
  });
}
