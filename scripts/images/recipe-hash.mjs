// What the images are made from, as one hash: they are stale when it is not the one in the manifest.
//
//   node recipe-hash.mjs PATH...    prints it for files and folders of the project

import crypto from "node:crypto";
import fs from "node:fs";
import path from "node:path";

export const root = path.resolve(import.meta.dirname, "../..");

/** All files at or below `entry`, as paths relative to the project, sorted. */
function filesBelow(entry) {
  const absolute = path.join(root, entry);
  if (fs.statSync(absolute).isFile()) return [entry];
  return fs
    .readdirSync(absolute, { recursive: true, withFileTypes: true })
    .filter((item) => item.isFile())
    .map((item) => path.relative(root, path.join(item.parentPath, item.name)).split(path.sep).join("/"))
    .sort();
}

export function sha256(data) {
  return crypto.createHash("sha256").update(data).digest("hex");
}

/** sha256 over the names and contents of all files in `inputs`. */
export function recipeHash(inputs) {
  const lines = inputs
    .flatMap(filesBelow)
    .map((file) => `${sha256(fs.readFileSync(path.join(root, file)))}  ${file}\n`);
  return sha256(lines.join(""));
}

if (process.argv[1] === import.meta.filename) console.log(recipeHash(process.argv.slice(2)));
