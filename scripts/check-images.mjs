// Fails if a file in images/ is not what its manifest says, or not what guest/ would build now.

import fs from "node:fs";
import path from "node:path";
import { unpackProgram } from "./images/packed-programs.mjs";
import { recipeHash, root, sha256 } from "./images/recipe-hash.mjs";

const folder = path.join(root, "images/wasi");
const { programs } = JSON.parse(fs.readFileSync(path.join(folder, "manifest.json"), "utf8"));
const problems = [];

function checkFile(file, expected) {
  const absolute = path.join(root, "images", file);
  if (!fs.existsSync(absolute)) problems.push(`images/${file} is missing`);
  else if (sha256(fs.readFileSync(absolute)) !== expected)
    problems.push(`images/${file} is not the file that the manifest describes`);
}

function checkProgram({ file, sha256: expected }) {
  const absolute = path.join(folder, file);
  if (!fs.existsSync(`${absolute}.br`)) problems.push(`images/wasi/${file}.br is missing`);
  else if (sha256(unpackProgram(absolute)) !== expected)
    problems.push(`images/wasi/${file}.br is not the program that the manifest describes`);
}

for (const program of programs) {
  if (recipeHash(program.inputs) !== program.recipe)
    problems.push(`${program.name} is older than its sources: run scripts/build-images ${program.name}`);
  const { images, scripts, trees = [] } = program;
  for (const image of images) checkProgram(image);
  for (const { file, sha256: expected } of [...scripts, ...trees]) checkFile(`wasi/${file}`, expected);
}

const recipes = fs.readdirSync(path.join(root, "guest/programs"));
for (const name of recipes)
  if (!programs.some((program) => program.name === name))
    problems.push(`guest/programs/${name} has not been built: run scripts/build-images ${name}`);
for (const { name } of programs)
  if (!recipes.includes(name)) problems.push(`the manifest has ${name}, which guest/programs does not`);

const listed = new Set(
  programs.flatMap(({ images, scripts, trees = [] }) => [
    ...images.flatMap(({ file }) => [file, `${file}.br`]),
    ...[...scripts, ...trees].map(({ file }) => file),
  ]),
);
for (const item of fs.readdirSync(folder, { recursive: true, withFileTypes: true })) {
  const file = path.relative(folder, path.join(item.parentPath, item.name)).split(path.sep).join("/");
  if (item.isFile() && file !== "manifest.json" && !listed.has(file))
    problems.push(`images/wasi/${file} is in no recipe`);
}

const v86 = path.join(root, "images/v86");
const { files, emulator } = JSON.parse(fs.readFileSync(path.join(v86, "manifest.json"), "utf8"));
for (const { file, inputs, recipe, sha256: expected } of files) {
  const name = file === "root.img" ? "v86-root" : "v86-state";
  if (recipeHash(inputs) !== recipe)
    problems.push(`images/v86/${file} is older than its sources: run scripts/build-images ${name}`);
  checkFile(`v86/${file}`, expected);
}
for (const file of fs.readdirSync(v86))
  if (file !== "manifest.json" && !files.some((each) => each.file === file))
    problems.push(`images/v86/${file} is in no recipe`);
const { dependencies } = JSON.parse(fs.readFileSync(path.join(root, "package.json"), "utf8"));
if (dependencies.v86 !== emulator)
  problems.push(
    `the states are of v86 ${emulator}, the dependency is ${dependencies.v86}: run scripts/build-images v86-state`,
  );

for (const problem of problems) console.error(`check-images: ${problem}`);
process.exitCode = problems.length > 0 ? 1 : 0;
