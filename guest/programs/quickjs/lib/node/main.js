// The command node: scripts for Node.js on QuickJS.
const sys = require("sys");
const loop = require("loop");
const paths = require("paths");
const source = require("module-source");
const { process: nodeProcess, drain } = require("node/process");

const BARRIER = 64;
const MODULE = 1 | BARRIER;
const VERSION = `QuickJS-ng ${host.version} (modules of Node.js, not Node.js itself)`;
const USAGE = `Usage: node [options] [ script.js ] [arguments]
       node [options] -e CODE | -p CODE | - [arguments]

  -c, --check           check a script's syntax
  -e, --eval CODE       evaluate CODE
  -p, --print CODE      evaluate CODE and print its value
  -r, --require MODULE  load a module first
  --input-type=module   CODE or standard input is an ES module
  -h, --help            this
  -v, --version         what this is: ${VERSION}
`;

const options = { require: [] };

globalThis.process = nodeProcess;
globalThis.global = globalThis;

function defineGlobals() {
  const define = (name, descriptor) =>
    Object.defineProperty(globalThis, name, { configurable: true, enumerable: false, ...descriptor });
  const lazily = (name, get) =>
    define(name, {
      get() {
        const value = get();
        define(name, { value, writable: true });
        return value;
      },
      set: (value) => define(name, { value, writable: true }),
    });
  lazily("console", () => require("node/console"));
  for (const name of [
    "setTimeout",
    "setInterval",
    "setImmediate",
    "clearTimeout",
    "clearInterval",
    "clearImmediate",
  ]) {
    lazily(name, () => require("node/timers")[name]);
  }
  for (const name of ["Buffer", "TextEncoder", "TextDecoder"])
    lazily(name, () => require("node/buffer")[name]);
  for (const name of ["URL", "URLSearchParams"]) lazily(name, () => require("node/url")[name]);
  lazily("crypto", () => require("node/crypto").webcrypto);
  lazily("structuredClone", () => require("node/structured-clone").structuredClone);
  lazily("fetch", () => async () => {
    throw new TypeError("fetch failed", { cause: new Error("there is no network in this sandbox") });
  });
  lazily("queueMicrotask", () => (callback) => void Promise.resolve().then(() => loop.run(callback)));
}

function parse(args) {
  const rest = [...args];
  const value = (option) => rest.shift() ?? refuse(`${nodeProcess.argv0}: ${option} requires an argument`);
  while (rest.length > 0 && rest[0].startsWith("-") && rest[0] !== "-") {
    const [option, inline] = rest.shift().split(/=(.*)/s);
    if (option === "--") break;
    if (option === "-h" || option === "--help") finish(USAGE);
    else if (option === "-v" || option === "--version") finish(`${VERSION}\n`);
    else if (/^(-e|--eval|-p|--print|-pe)$/.test(option)) {
      options.print ||= option.includes("p");
      options.code = inline ?? value(option);
    } else if (option === "-r" || option === "--require") options.require.push(inline ?? value(option));
    else if (option === "-c" || option === "--check") options.check = true;
    else if (option === "--input-type") options.module = (inline ?? value(option)) === "module";
    else if (
      /^--(no-|experimental-|enable-|trace-|max-|stack-|unhandled-|disable-|preserve-|throw-|pending-)/.test(
        option,
      )
    )
      continue;
    else refuse(`${nodeProcess.argv0}: bad option: ${option}`);
  }
  return rest;
}

function finish(text) {
  nodeProcess.stdout.write(text);
  host.exit(0);
}
function refuse(text) {
  nodeProcess.stderr.write(`${text}\n`);
  host.exit(9);
}

function report(error, prefix = "Uncaught:\n") {
  const { inspect } = require("node/inspect");
  const text = error instanceof Error ? inspect(error) : `${prefix}${inspect(error)}`;
  nodeProcess.stderr.write(`${text}\n\n${VERSION}\n`);
}

function die(error, prefix) {
  report(error, prefix);
  nodeProcess.exitCode = 1;
  nodeProcess.exit(1);
}

/** Code that is no file's: what CommonJS modules see is global, as in Node.js. */
function evaluate(code, name) {
  const modules = require("node/modules");
  const file = paths.resolve(sys.getcwd(), name);
  if (options.module ?? modules.looksLikeModule(code)) {
    host.evaluate(code, file, MODULE).catch?.((error) => die(error));
    return;
  }
  const module = new modules.Module(file);
  for (const [key, value] of Object.entries({
    require: module.require,
    module,
    exports: module.exports,
    __filename: name,
    __dirname: ".",
  })) {
    Object.defineProperty(globalThis, key, { value, writable: true, configurable: true });
  }
  for (const builtin of [
    "fs",
    "path",
    "os",
    "util",
    "child_process",
    "events",
    "assert",
    "url",
    "readline",
  ]) {
    Object.defineProperty(globalThis, builtin, {
      configurable: true,
      get: () => module.require(builtin),
      set: (value) =>
        Object.defineProperty(globalThis, builtin, { value, writable: true, configurable: true }),
    });
  }
  const result = host.evaluate(code, name, BARRIER);
  if (options.print) console.log(result);
}

function runFile(script) {
  const modules = require("node/modules");
  const found = modules.findMain(/^[./]/.test(script) ? script : `./${script}`);
  if (found === undefined) {
    const path = paths.resolve(sys.getcwd(), script);
    return die(
      Object.assign(new Error(`Cannot find module '${path}'`), {
        code: "MODULE_NOT_FOUND",
        requireStack: [],
      }),
    );
  }
  const file = require("node/fs").realpathSync(found);
  nodeProcess.argv[1] = paths.resolve(sys.getcwd(), script);
  const text = modules.readText(file);
  if (!modules.isEsModule(file, text)) return modules.runMain(file);
  host.evaluate(source.ofFile(text, file), file, MODULE).catch?.((error) => die(error));
}

function check(script) {
  const modules = require("node/modules");
  const text = modules.readText(script);
  const esModule = modules.isEsModule(paths.resolve(sys.getcwd(), script), text);
  host.evaluate(
    esModule ? text : `(function () {${source.withoutHashbang(text)}\n})`,
    script,
    esModule ? MODULE | 32 : BARRIER,
  );
}

loop.policy.drain = drain;
loop.policy.uncaught = (error) => {
  if (nodeProcess.listenerCount("uncaughtException") > 0)
    nodeProcess.emit("uncaughtException", error, "uncaughtException");
  else die(error);
};
loop.policy.unhandled = (reason, promise) => {
  if (nodeProcess.listenerCount("unhandledRejection") > 0)
    nodeProcess.emit("unhandledRejection", reason, promise);
  else if (nodeProcess.listenerCount("uncaughtException") > 0)
    nodeProcess.emit("uncaughtException", reason, "unhandledRejection");
  else die(reason, "Uncaught (in promise):\n");
};
let ended = false;
loop.policy.beforeExit = () => {
  if (ended) return false;
  ended = true;
  loop.run(() => nodeProcess.emit("beforeExit", nodeProcess.exitCode ?? 0));
  return true;
};
loop.policy.exitCode = () => nodeProcess.exit();

loop.policy.start = () => {
  const [argv0, ...args] = sys.argv();
  nodeProcess.argv0 = argv0;
  const rest = parse(args);
  defineGlobals();
  nodeProcess.argv = [nodeProcess.execPath, ...rest];
  const modules = require("node/modules");
  const preload = modules.makeRequire(`${sys.getcwd()}/[eval]`);
  for (const name of options.require) preload(name);
  if (options.code !== undefined) return evaluate(options.code, "[eval]");
  const [script] = rest;
  if (options.check) return check(script);
  if (script !== undefined && script !== "-") return runFile(script);
  nodeProcess.argv = [nodeProcess.execPath, "-", ...rest.slice(1)];
  return evaluate(modules.readText("/dev/stdin"), "[stdin]");
};

const modules = () => require("node/modules");
module.exports = {
  ...loop.hooks,
  resolve: (base, specifier) => modules().resolve(base, specifier),
  load: (name) => modules().load(name),
};
