// Writes what build-images has built for one program into images/wasi/manifest.json.
//
//   node manifest.mjs --name NAME --source S --version V --licence L --stack BYTES --inputs "PATH ..."
//     --recipe HASH --object-dir DIR --image NAME... --items LINES
//
// A line of --items is "command IMAGE PATH", "symlink TARGET PATH", "script FILE PATH" or "tree DIRECTORY PATH".

import fs from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { packTree } from "./pack-tree.mjs";
import { packProgram } from "./packed-programs.mjs";
import { root, sha256 } from "./recipe-hash.mjs";

const { values } = parseArgs({
  options: {
    name: { type: "string" },
    source: { type: "string" },
    version: { type: "string" },
    licence: { type: "string" },
    stack: { type: "string" },
    inputs: { type: "string" },
    recipe: { type: "string" },
    "object-dir": { type: "string" },
    image: { type: "string", multiple: true, default: [] },
    items: { type: "string" },
  },
});

const folder = path.join(root, "images/wasi");
const manifestFile = path.join(folder, "manifest.json");

/** The smallest memory that the program accepts, in pages of 64 KiB, found by trying. */
function minimumPages(bytes) {
  const module = new WebAssembly.Module(bytes);
  // A module for a host program makes its own memory.
  if (WebAssembly.Module.exports(module).some(({ kind }) => kind === "memory")) return 0;
  const imports = { env: {}, k: { sys: () => 0, sysb: () => 0, fuel: () => {} } };
  const accepts = (pages) => {
    imports.env.memory = new WebAssembly.Memory({ initial: pages });
    try {
      return Boolean(new WebAssembly.Instance(module, imports));
    } catch (error) {
      if (error instanceof WebAssembly.LinkError) return false;
      throw error;
    }
  };
  let enough = 1;
  while (!accepts(enough)) enough *= 2;
  let low = enough >> 1;
  while (enough - low > 1) {
    const middle = (low + enough) >> 1;
    if (accepts(middle)) enough = middle;
    else low = middle;
  }
  return enough;
}

const items = values.items
  .split("\n")
  .filter(Boolean)
  .map((line) => {
    const [kind, subject, target] = line.split(" ");
    return { kind, subject, target };
  });

function describeImage(name) {
  const file = `${name}.wasm`;
  const bytes = fs.readFileSync(path.join(folder, file));
  packProgram(path.join(folder, file));
  return {
    file,
    sha256: sha256(bytes),
    size: bytes.length,
    minPages: minimumPages(bytes),
    commands: items
      .filter((item) => item.kind === "command" && item.subject === name)
      .map((item) => item.target),
  };
}

function writeImage(file, bytes) {
  fs.mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
  fs.writeFileSync(path.join(folder, file), bytes);
}

/** A file that names its interpreter can be executed; any other is there to be read. */
function installScript({ subject, target }) {
  const file = path.posix.join("files", target);
  const bytes = fs.readFileSync(path.join(values["object-dir"], subject));
  writeImage(file, bytes);
  const executable = bytes.toString("latin1", 0, 2) === "#!";
  return {
    path: target,
    file,
    sha256: sha256(bytes),
    size: bytes.length,
    ...(executable ? {} : { mode: 0o644 }),
  };
}

function installTree({ subject, target }) {
  const file = `${path.posix.join("files", target)}.tree`;
  const { bytes, inodes } = packTree(path.join(values["object-dir"], subject));
  writeImage(file, bytes);
  return { path: target, file, sha256: sha256(bytes), size: bytes.length, inodes };
}

const trees = items.filter((item) => item.kind === "tree").map(installTree);
const program = {
  name: values.name,
  source: values.source,
  version: values.version,
  licence: values.licence,
  recipe: values.recipe,
  inputs: values.inputs.split(/ +/),
  stackBytes: Number(values.stack),
  images: values.image.map(describeImage),
  symlinks: items
    .filter((item) => item.kind === "symlink")
    .map((item) => ({ path: item.target, target: item.subject })),
  scripts: items.filter((item) => item.kind === "script").map(installScript),
  ...(trees.length > 0 && { trees }),
};

const manifest = fs.existsSync(manifestFile)
  ? JSON.parse(fs.readFileSync(manifestFile, "utf8"))
  : { programs: [] };
manifest.programs = [...manifest.programs.filter((other) => other.name !== program.name), program].sort(
  (a, b) => (a.name < b.name ? -1 : 1),
);
fs.writeFileSync(manifestFile, `${JSON.stringify(manifest, null, 2)}\n`);
