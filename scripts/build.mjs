/**
 * Builds dist/: the command line, the worker and the packages they load late as CommonJS bundles (an ES module as the entry
 * of a worker costs 20 ms at every start), the library as an ES module, its type declarations, and the protocol's JSON Schema.
 *
 *   node scripts/build.mjs [--no-types]
 */
import { execFileSync, spawnSync } from "node:child_process";
import {
  chmodSync,
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { expandPrograms } from "./images/packed-programs.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
/** Built beside dist/ and put in its place at the end, so that what runs from there never sees half of it. */
const finished = join(root, "dist");
const dist = join(root, `.dist-${process.pid}`);
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
  // What is not parsed at every start costs nothing; names stay, for the stack traces in logs.
  minifyWhitespace: true,
  minifySyntax: true,
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

/** Of the description of the other backend's images, its commands are what the kernel looks at. */
const v86Commands = {
  name: "v86-commands",
  setup({ onLoad }) {
    onLoad({ filter: /images.v86.manifest\.json$/ }, ({ path }) => {
      const { commands } = JSON.parse(readFileSync(path, "utf8"));
      return { contents: JSON.stringify({ commands }), loader: "json" };
    });
  },
};

const bundles = [
  { entryPoints: { cli: "src/cli/start.ts" }, format: "cjs", banner: { js: "#!/usr/bin/env node" } },
  {
    entryPoints: { main: "src/cli/main.ts" },
    format: "cjs",
    // Node's own streams are loaded already; the package would be parsed again at every start.
    alias: { "readable-stream": "node:stream" },
    plugins: [requestSchemas],
  },
  {
    entryPoints: { worker: "src/machine/worker-start.ts", "worker-main": "src/machine/worker.ts" },
    format: "cjs",
    plugins: [v86Commands],
  },
  {
    entryPoints: {
      "make-session-image": "scripts/make-session-image.ts",
      "make-code-cache": "scripts/make-code-cache.ts",
      "make-v86-code-cache": "scripts/make-v86-code-cache.ts",
      "tune-emulator": "scripts/tune-emulator.ts",
    },
    format: "cjs",
    plugins: [v86Commands],
  },
  { entryPoints: { v86: "src/v86/machine.ts" }, format: "cjs" },
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

const images = join(root, "images/wasi");
expandPrograms(images);

process.on("exit", () => rmSync(dist, { recursive: true, force: true }));
mkdirSync(dist);
await Promise.all(bundles.map((bundle) => build({ ...common, ...bundle })));
chmodSync(join(dist, "cli.js"), 0o755);

writeFileSync(join(dist, "package.json"), '{ "type": "commonjs" }\n');
copyFileSync(join(root, "src/protocol/protocol.schema.json"), join(dist, "protocol.schema.json"));

const sessionImage = join(dist, "session.image");
const codeCache = join(dist, "code-cache");
const emulator = fileURLToPath(import.meta.resolve("v86/build/v86.wasm"));
/** Runs a bundle that makes another part of dist/. */
function make(script, ...args) {
  const bundle = join(dist, `${script}.js`);
  const { status } = spawnSync(process.execPath, [bundle, ...args], { stdio: "inherit" });
  rmSync(bundle);
  return status === 0;
}

/**
 * The code of the bundles themselves, from a daemon that answers one request of each kind. It is given an option, for the code of
 * the bundle that reads options.
 */
function recordCode(backend) {
  const requests = [
    { type: "shell", command: "ls / | wc -l; x=$(cat /etc/hostname); [[ $x ]] && echo $x > /tmp/f" },
    { type: "write_file", path: "/tmp/g", content: "text" },
    { type: "read_file", path: "/tmp/g" },
    { type: "shell", command: "cat /tmp/*; exit 3", stream: true },
    { type: "status" },
    { type: "snapshot", snapshot: "s" },
    { type: "fork", snapshot: "s", sessions: ["f"] },
    { type: "restore", snapshot: "s" },
    { type: "reset" },
  ];
  const args = ["-r", join(root, "scripts/record-code.cjs"), join(dist, "cli.js"), "--backend", backend];
  const input = requests.map((request, id) => `${JSON.stringify({ id, ...request })}\n`).join("");
  mkdirSync(codeCache, { recursive: true });
  const { status } = spawnSync(process.execPath, args, { input, stdio: ["pipe", "ignore", "inherit"] });
  if (status !== 0)
    console.error(`build: without code of the bundles for ${backend}; every start takes longer`);
}

// What a v86 machine expands there is not for the user who builds.
process.env.XDG_CACHE_HOME = join(dist, "cache");
if (!make("make-session-image", images, sessionImage)) process.exit(1);
if (!make("tune-emulator", emulator, join(dist, "v86.wasm"))) process.exit(1);
if (!make("make-code-cache", images, sessionImage, codeCache)) {
  console.error("build: without a code cache; the first use of each program takes longer");
  rmSync(codeCache, { recursive: true, force: true });
}
if (!make("make-v86-code-cache", join(root, "images/v86"), dist, join(codeCache, "v86"))) {
  console.error("build: without code of the emulator; its sessions take longer to begin");
  rmSync(join(codeCache, "v86"), { recursive: true, force: true });
}
for (const backend of ["wasi", "v86"]) recordCode(backend);
rmSync(process.env.XDG_CACHE_HOME, { recursive: true, force: true });

const types = join(dist, "types");
if (!process.argv.includes("--no-types")) {
  const compiler = fileURLToPath(import.meta.resolve("typescript/package.json")).replace(
    "package.json",
    "bin/tsc",
  );
  const project = join(root, "scripts/tsconfig.types.json");
  execFileSync(process.execPath, [compiler, "-p", project, "--outDir", types], { stdio: "inherit" });
  writeFileSync(join(types, "package.json"), '{ "type": "module" }\n');
} else if (existsSync(join(finished, "types"))) {
  cpSync(join(finished, "types"), types, { recursive: true });
}

const old = `${dist}.old`;
if (existsSync(finished)) renameSync(finished, old);
renameSync(dist, finished);
rmSync(old, { recursive: true, force: true });
