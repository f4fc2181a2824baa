// Modules of node: CommonJS and ES modules from files, and those of the library.
const sys = require("sys");
const paths = require("paths");
const source = require("module-source");
const path = require("node/path");
const { find, isFile, readPackage } = require("node/resolution");

const BUILTINS = {
  assert: "assert",
  "assert/strict": (load) => load("assert").strict,
  buffer: "buffer",
  child_process: "child_process",
  console: "console",
  crypto: "crypto",
  events: "events",
  fs: "fs",
  "fs/promises": (load) => load("fs").promises,
  module: (_load, self) => self.Module,
  os: "os",
  path: "path",
  "path/posix": "path",
  perf_hooks: () => ({ performance }),
  process: () => process,
  querystring: "querystring",
  readline: "readline",
  "readline/promises": (load) => load("readline").promises,
  stream: "stream",
  "stream/promises": (load) => load("stream").promises,
  string_decoder: "string_decoder",
  timers: "timers",
  "timers/promises": (load) => load("timers").promises,
  url: "url",
  util: "util",
  "util/types": (load) => load("util").types,
};
const ABSENT = [
  "async_hooks",
  "cluster",
  "dgram",
  "diagnostics_channel",
  "dns",
  "http",
  "http2",
  "https",
  "inspector",
  "net",
  "repl",
  "sqlite",
  "test",
  "tls",
  "tty",
  "v8",
  "vm",
  "wasi",
  "worker_threads",
  "zlib",
];
/** JS_EVAL_*. */
const COMPILE_ONLY = 32;
const BARRIER = 64;

const library = require;
const load = (name) => library(`node/${name}`);
const cache = Object.create(null);
const registry = Symbol.for("limpet.builtins");
Object.defineProperty(globalThis, registry, {
  value: (name) => (name in cache ? cache[name].exports : builtin(name)),
});

const bare = (specifier) => specifier.replace(/^node:/, "");
const isBuiltin = (specifier) => Object.hasOwn(BUILTINS, bare(specifier)) && !(specifier === "test");

function builtin(specifier) {
  const found = BUILTINS[bare(specifier)];
  return typeof found === "string" ? load(found) : found(load, exports);
}

function notFound(specifier, from, kind) {
  if (ABSENT.includes(bare(specifier))) {
    return Object.assign(
      new Error(
        `The module ${bare(specifier)} of Node.js is not available in this sandbox, whose JavaScript engine is QuickJS`,
      ),
      {
        code: "MODULE_NOT_FOUND",
      },
    );
  }
  const message =
    kind === "import"
      ? `Cannot find package '${specifier}' imported from ${from}`
      : `Cannot find module '${specifier}'`;
  const error = new Error(kind === "import" ? message : `${message}\nRequire stack:\n- ${from}`);
  return Object.assign(error, {
    code: kind === "import" ? "ERR_MODULE_NOT_FOUND" : "MODULE_NOT_FOUND",
    requireStack: [from],
  });
}

const real = (file) => load("fs").realpathSync(file);
const REQUIRE = ["node", "require"];
const IMPORT = ["node", "import"];

class Module {
  exports = {};
  children = [];
  loaded = false;
  constructor(id) {
    this.id = id;
    this.filename = id;
    this.path = paths.directory(id);
    this.require = makeRequire(id, this);
  }
  static createRequire(from) {
    return makeRequire(
      String(from).startsWith("file:") ? load("url").fileURLToPath(String(from)) : path.resolve(String(from)),
    );
  }
  static isBuiltin = isBuiltin;
  static builtinModules = Object.keys(BUILTINS);
}
Module.Module = Module;
exports.Module = Module;

function makeRequire(from) {
  const directory = paths.directory(from);
  const resolve = (specifier) => {
    if (isBuiltin(specifier)) return specifier;
    const file = find(String(specifier), directory, REQUIRE);
    if (file === undefined) throw notFound(specifier, from, "require");
    return real(file);
  };
  const require = (specifier) => {
    if (typeof specifier !== "string") {
      throw Object.assign(
        new TypeError(`The "id" argument must be of type string. Received ${typeof specifier}`),
        { code: "ERR_INVALID_ARG_TYPE" },
      );
    }
    return isBuiltin(specifier) ? builtin(specifier) : requireFile(resolve(specifier));
  };
  return Object.assign(require, { resolve, cache, main: exports.main });
}
exports.makeRequire = makeRequire;

function readText(file) {
  const bytes = sys.readAll(file);
  if (typeof bytes === "number") throw require("errors").systemError(-bytes, "open", file);
  return host.decode(bytes);
}

/** Whether a file is an ES module: by its name, by its package, or by what is in it. */
function isEsModule(file, text) {
  if (file.endsWith(".mjs")) return true;
  if (file.endsWith(".cjs") || file.endsWith(".json")) return false;
  for (let at = paths.directory(file); ; at = paths.directory(at)) {
    const found = isFile(`${at}/package.json`) ? readPackage(at) : undefined;
    if (found?.type !== undefined) return found.type === "module";
    if (at === "/" || found !== undefined) break;
  }
  return looksLikeModule(text);
}
exports.isEsModule = isEsModule;

/** Whether a text can be a module and nothing else. */
function looksLikeModule(text) {
  if (!/\b(?:import|export|await)\b/.test(text)) return false;
  try {
    host.evaluate(wrapper(text), "", COMPILE_ONLY);
    return false;
  } catch {
    return host.isModule(source.withoutHashbang(text)) !== 0;
  }
}
exports.looksLikeModule = looksLikeModule;

function requireFile(file) {
  const known = cache[file];
  if (known !== undefined) return known.exports;
  const text = readText(file);
  if (!file.endsWith(".json") && isEsModule(file, text)) {
    throw Object.assign(new Error(`require() of ES Module ${file} not supported. Use import() instead.`), {
      code: "ERR_REQUIRE_ESM",
    });
  }
  const module = new Module(file);
  cache[file] = module;
  try {
    run(module, text);
  } catch (error) {
    delete cache[file];
    throw error;
  }
  module.loaded = true;
  return module.exports;
}

/** Runs the text of a CommonJS module. */
function run(module, text) {
  const { filename } = module;
  if (filename.endsWith(".json")) {
    try {
      module.exports = JSON.parse(text.replace(/^\ufeff/, ""));
    } catch (error) {
      error.message = `${filename}: ${error.message}`;
      throw error;
    }
    return;
  }
  const body = compile(text, filename);
  body.call(module.exports, module.exports, module.require, module, filename, module.path);
}
exports.run = run;

/** A CommonJS module's function. Its text begins on the first line of its file. */
function compile(text, filename) {
  return host.evaluate(wrapper(text), filename, BARRIER);
}

function wrapper(text) {
  return `(function (exports, require, module, __filename, __dirname) {${source.withoutHashbang(text)}\n})`;
}

/** For the main script, which other modules see as require.main. */
exports.runMain = function runMain(file) {
  const module = new Module(file);
  module.id = ".";
  exports.main = module;
  process.mainModule = module;
  module.require.main = module;
  cache[file] = module;
  run(module, readText(file));
  module.loaded = true;
};

exports.resolve = function resolve(base, specifier) {
  if (isBuiltin(specifier)) return `node:${bare(specifier)}`;
  if (specifier.startsWith("file:")) return load("url").fileURLToPath(specifier);
  const directory = base.startsWith("/") ? paths.directory(base) : sys.getcwd();
  const file = find(specifier, directory, IMPORT);
  if (file === undefined) throw notFound(specifier, base, "import");
  return real(file);
};

exports.load = function load(name) {
  const reach = `globalThis[Symbol.for("limpet.builtins")](${JSON.stringify(name)})`;
  if (name.startsWith("node:")) return source.ofObject(builtin(name), reach);
  const text = readText(name);
  if (name.endsWith(".json") || isEsModule(name, text)) return source.ofFile(text, name);
  return source.ofObject(requireFile(name), reach);
};

exports.findMain = (specifier) => find(specifier, sys.getcwd(), REQUIRE);
exports.readText = readText;
