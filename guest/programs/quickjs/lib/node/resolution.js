// Which file a specifier means: as Node.js looks for it.
const sys = require("sys");
const paths = require("paths");

const EXTENSIONS = ["", ".js", ".json", ".cjs", ".mjs"];

const typeOf = (file) => {
  const found = sys.stat(file);
  return typeof found === "number" ? undefined : found.mode & 0o170000;
};
const isFile = (file) => typeOf(file) === 0o100000;
const isDirectory = (file) => typeOf(file) === 0o40000;

function readPackage(directory) {
  const bytes = sys.readAll(`${directory}/package.json`);
  return typeof bytes === "number" ? undefined : JSON.parse(host.decode(bytes));
}

/** What "exports" of a package says for a path in it. */
function exported(entry, conditions) {
  if (typeof entry === "string") return entry;
  if (Array.isArray(entry)) return entry.map((each) => exported(each, conditions)).find(Boolean);
  if (typeof entry !== "object" || entry === null) return undefined;
  for (const [name, value] of Object.entries(entry)) {
    if (name !== "default" && !conditions.includes(name)) continue;
    const found = exported(value, conditions);
    if (found !== undefined) return found;
  }
  return undefined;
}

function fromPackage(directory, inside, conditions) {
  const { exports: map, main } = readPackage(directory) ?? {};
  if (map !== undefined) {
    const isMap =
      typeof map === "object" && map !== null && Object.keys(map).some((key) => key.startsWith("."));
    const entry = isMap ? map[inside === "" ? "." : `./${inside}`] : inside === "" ? map : undefined;
    const found = exported(entry, conditions);
    return found === undefined ? undefined : paths.resolve(directory, found);
  }
  if (inside !== "")
    return asFile(paths.resolve(directory, inside)) ?? asDirectory(paths.resolve(directory, inside));
  return asDirectory(directory, main);
}

function asFile(file) {
  return EXTENSIONS.map((extension) => file + extension).find(isFile);
}

function asDirectory(directory, main = readPackage(directory)?.main) {
  if (!isDirectory(directory)) return undefined;
  const named = main === undefined ? undefined : paths.resolve(directory, main);
  return (named && (asFile(named) ?? asFile(`${named}/index`))) ?? asFile(`${directory}/index`);
}

/** The file that a specifier means for a file of `directory`; undefined when there is none. */
function find(specifier, directory, conditions) {
  if (/^(?:\.{1,2}(?:\/|$)|\/)/.test(specifier)) {
    const file = paths.resolve(directory, specifier);
    return (specifier.endsWith("/") ? undefined : asFile(file)) ?? asDirectory(file);
  }
  const [, name, inside = ""] = /^((?:@[^/]+\/)?[^/]+)(?:\/(.*))?$/.exec(specifier) ?? [];
  if (name === undefined) return undefined;
  const places = [];
  for (let at = directory; ; at = paths.directory(at)) {
    places.push(`${at === "/" ? "" : at}/node_modules`);
    if (at === "/") break;
  }
  places.push(...(process.env.NODE_PATH ?? "").split(":").filter(Boolean));
  for (const place of places) {
    if (!isDirectory(`${place}/${name}`)) {
      const file = inside === "" ? asFile(`${place}/${name}`) : undefined;
      if (file !== undefined) return file;
      continue;
    }
    const found = fromPackage(`${place}/${name}`, inside, conditions);
    if (found !== undefined) return found;
  }
  return undefined;
}

module.exports = { find, isFile, readPackage };
