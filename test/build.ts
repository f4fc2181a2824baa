import { execFileSync } from "node:child_process";
import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";

const root = join(import.meta.dirname, "..");

/** Tests that start the daemon use dist/: it is built again when a source is newer. */
export default function build(): void {
  if (newest(["src", "scripts/build.mjs", "package.json"]) < built()) return;
  execFileSync(process.execPath, [join(root, "scripts/build.mjs"), "--no-types"], { stdio: "inherit" });
}

function newest(paths: readonly string[]): number {
  const times = paths.map((path) => {
    const { mtimeMs } = statSync(join(root, path));
    const inside = path.includes(".")
      ? []
      : readdirSync(join(root, path), { recursive: true, encoding: "utf8" });
    return Math.max(mtimeMs, ...inside.map((name) => statSync(join(root, path, name)).mtimeMs));
  });
  return Math.max(...times);
}

/** When the oldest bundle was written; 0 if one is missing. */
function built(): number {
  const bundles = [
    "cli.js",
    "main.js",
    "worker.js",
    "worker-main.js",
    "memfs.js",
    "command-line.js",
    "index.mjs",
  ];
  return Math.min(
    ...bundles.map((name) => statSync(join(root, "dist", name), { throwIfNoEntry: false })?.mtimeMs ?? 0),
  );
}
