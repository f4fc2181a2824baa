// Describes images/v86 in images/v86/manifest.json: every file, what it is made from, and every package in it.
//
//   node manifest.mjs FILE...    the files that are new; others keep their description

import { execFileSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { brotliDecompressSync } from "node:zlib";
import { recipeHash, root, sha256 } from "../recipe-hash.mjs";
import { licencesOf } from "./licences.mjs";

const built = process.argv.slice(2);
const tree = path.join(process.env.LIMPET_V86_DIR, "root");
const folder = path.join(root, "images/v86");
const manifestFile = path.join(folder, "manifest.json");
const scripts = "scripts/images/v86";

/** The root filesystem is apart from the rest, because it hardly ever changes. */
const ROOT_INPUTS = [
  "guest/v86/packages",
  "guest/v86/versions",
  "src/wasi/fs/base/debian.ts",
  ...["base-files.mjs", "build-root", "pack-root.mjs"].map((name) => `${scripts}/${name}`),
];
const STATE_INPUTS = [
  "guest/v86/agent",
  "guest/v86/kernel.config",
  "guest/v86/shell",
  "guest/programs/bash/recipe",
  "guest/programs/bash/session.c",
  "src/v86/hardware.ts",
  "src/v86/machine-state.ts",
  ...["build-kernel", "fetch-bios", "make-state.mjs"].map((name) => `${scripts}/${name}`),
];

const versionIn = (file) => /^version=(\S+)/m.exec(fs.readFileSync(path.join(root, file), "utf8"))[1];

function describePackages() {
  return fs
    .readFileSync(path.join(root, "guest/v86/versions"), "utf8")
    .trim()
    .split("\n")
    .map((line) => {
      const [name, version, source, sourceVersion] = line.split(" ");
      return { name, version, source, sourceVersion, licences: licencesOf(tree, name) };
    });
}

/** What can be run by its name. */
function describeCommands() {
  const folders = ["usr/bin", "usr/sbin"].map((name) => path.join(tree, name));
  return [...new Set(folders.flatMap((folder) => fs.readdirSync(folder)))].sort();
}

function describeFile(file) {
  const bytes = fs.readFileSync(path.join(folder, file));
  const inputs = file === "root.img" ? ROOT_INPUTS : STATE_INPUTS;
  const about = { file, sha256: sha256(bytes), size: bytes.length, recipe: recipeHash(inputs), inputs };
  if (!file.endsWith(".br")) return about;
  const expanded = brotliDecompressSync(bytes);
  return { ...about, expanded: { sha256: sha256(expanded), size: expanded.length } };
}

/** What the saved machine has in its memory beside Debian's packages. */
function describeState() {
  const libc = ["-W", "-f", "${Version}", "libc6-dev-i386-cross"];
  return [
    {
      name: "linux",
      version: versionIn(`${scripts}/build-kernel`),
      licences: ["GPL-2.0-only WITH Linux-syscall-note"],
    },
    { name: "bash", version: versionIn("guest/v86/shell/build"), licences: ["GPL-3.0-or-later"] },
    {
      name: "glibc",
      version: execFileSync("dpkg-query", libc, { encoding: "utf8" }),
      licences: ["LGPL-2.1-or-later"],
    },
    { name: "seabios", version: versionIn(`${scripts}/fetch-bios`), licences: ["LGPL-3.0-only"] },
  ];
}

const old = fs.existsSync(manifestFile)
  ? JSON.parse(fs.readFileSync(manifestFile, "utf8"))
  : { files: [], inState: [], packages: [], commands: [] };
const kept = old.files.filter(({ file }) => !built.includes(file) && fs.existsSync(path.join(folder, file)));
const manifest = {
  emulator: JSON.parse(fs.readFileSync(path.join(root, "package.json"), "utf8")).dependencies.v86,
  files: [...kept, ...built.map(describeFile)].sort((a, b) => (a.file < b.file ? -1 : 1)),
  inState: built.includes("state.bin.br") ? describeState() : old.inState,
  packages: built.includes("root.img") ? describePackages() : old.packages,
  commands: built.includes("root.img") ? describeCommands() : old.commands,
};
fs.writeFileSync(manifestFile, `${JSON.stringify(manifest, null, 2)}\n`);
