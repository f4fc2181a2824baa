// Modules of qjs: std, os, and files.
const sys = require("sys");
const paths = require("paths");
const source = require("module-source");
const { strerror } = require("errors");

const builtins = { std: () => require("qjs/std"), os: () => require("qjs/os") };
/** Through this scripts' modules get at objects of the library. */
const registry = Symbol.for("limpet.builtins");
Object.defineProperty(globalThis, registry, { value: (name) => builtins[name]() });

exports.resolve = function resolve(base, specifier) {
  const name = specifier.replace(/^qjs:/, "");
  if (Object.hasOwn(builtins, name)) return name;
  if (specifier.startsWith("file://")) return decodeURI(specifier.slice(7));
  if (!specifier.startsWith(".")) return specifier;
  return paths.resolve(paths.directory(paths.resolve(sys.getcwd(), base)), specifier);
};

exports.load = function load(name) {
  if (Object.hasOwn(builtins, name)) {
    return source.ofObject(
      builtins[name](),
      `globalThis[Symbol.for("limpet.builtins")](${JSON.stringify(name)})`,
    );
  }
  const bytes = sys.readAll(name);
  if (typeof bytes === "number") {
    throw new ReferenceError(`could not load module filename '${name}': ${strerror(-bytes)}`);
  }
  return source.ofFile(host.decode(bytes), paths.resolve(sys.getcwd(), name));
};

/** The promise of the main module. */
exports.evaluateMain = function evaluateMain(code, fileName) {
  const isFile = !fileName.startsWith("<");
  const text = isFile
    ? source.ofFile(code, paths.resolve(sys.getcwd(), fileName))
    : source.withoutHashbang(code);
  return host.evaluate(text, fileName, 65);
};
