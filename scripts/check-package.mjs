// Prints what of images/wasi the npm package carries, and fails when it is more than users should have to download and keep, or
// when a program is not in it.

import { execFileSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { root } from "./images/recipe-hash.mjs";

const MB = 1e6;
const MOST_ON_DISK = 45 * MB;
const MOST_COMPRESSED = 23 * MB;
const FOLDER = "images/wasi/";

const list = execFileSync("npm", ["pack", "--dry-run", "--ignore-scripts", "--json"], {
  cwd: root,
  encoding: "utf8",
  stdio: ["ignore", "pipe", "ignore"],
});
const [{ files }] = JSON.parse(list);
const packed = files.map((file) => file.path).filter((file) => file.startsWith(FOLDER));

const contents = packed.map((file) => fs.readFileSync(path.join(root, file)));
const onDisk = contents.reduce((sum, { length }) => sum + length, 0);
const compressed = contents.reduce((sum, bytes) => sum + gzipSync(bytes, { level: 9 }).length, 0);
const problems = [];
for (const [what, bytes, most] of [
  ["on disk", onDisk, MOST_ON_DISK],
  ["compressed", compressed, MOST_COMPRESSED],
]) {
  const amount = `${(bytes / MB).toFixed(1)} of ${most / MB} MB ${what}`;
  console.log(`check-package: ${FOLDER} takes ${amount}`);
  if (bytes > most) problems.push(`${amount}: too much`);
}

const { programs } = JSON.parse(fs.readFileSync(path.join(root, FOLDER, "manifest.json"), "utf8"));
for (const { file } of programs.flatMap(({ images }) => images))
  if (![file, `${file}.br`].some((form) => packed.includes(FOLDER + form)))
    problems.push(`${file} is not in the package`);

for (const problem of problems) console.error(`check-package: ${problem}`);
process.exitCode = problems.length > 0 ? 1 : 0;
