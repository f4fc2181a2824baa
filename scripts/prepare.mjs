/**
 * Builds dist/ unless it is newer than all that it is made of: npm runs this after `npm ci`, but also when `npx limpet` is first used
 * in a clone, and the tests before they begin.
 *
 *   node scripts/prepare.mjs [--no-types]
 */
import { execFileSync } from "node:child_process";
import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));

const SOURCES = [
  "src",
  "scripts",
  "images/wasi/manifest.json",
  "images/v86/manifest.json",
  "package.json",
  "package-lock.json",
];
const BUNDLES = [
  "cli.js",
  "main.js",
  "worker.js",
  "worker-main.js",
  "v86.js",
  "memfs.js",
  "command-line.js",
  "index.mjs",
];

/** When the newest source was changed. */
function newest() {
  const times = SOURCES.flatMap((path) => {
    const status = statSync(join(root, path));
    const inside = status.isDirectory() ? readdirSync(join(root, path), { recursive: true }) : [];
    return [status.mtimeMs, ...inside.map((name) => statSync(join(root, path, name)).mtimeMs)];
  });
  return Math.max(...times);
}

/** When the oldest bundle was written; 0 if one is missing. */
function built() {
  const times = BUNDLES.map(
    (name) => statSync(join(root, "dist", name), { throwIfNoEntry: false })?.mtimeMs ?? 0,
  );
  return Math.min(...times);
}

if (newest() >= built())
  execFileSync(process.execPath, [join(root, "scripts/build.mjs"), ...process.argv.slice(2)], {
    stdio: "inherit",
  });
