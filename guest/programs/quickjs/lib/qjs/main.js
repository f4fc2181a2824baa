// The command qjs, as QuickJS-ng has it.
const sys = require("sys");
const loop = require("loop");
const modules = require("qjs/modules");
const std = require("qjs/std");
const os = require("qjs/os");
const { withoutHashbang } = require("module-source");

/** JS_EVAL_*; scripts do not see the library in their stack traces. */
const BARRIER = 64;
const GLOBAL = BARRIER;
const MODULE = 1;

const USAGE = `QuickJS-ng version ${host.version}
usage: qjs [options] [file [args]]
-h  --help         list options
-e  --eval EXPR    evaluate EXPR
-C  --script       load as JS classic script (default: autodetect)
-m  --module       load as ES module (default: autodetect)
-I  --include file include an additional file
    --std          make 'std' and 'os' available to script
-v  --version      print the version
Without a file, or with -, the script is what standard input has. There is no
interactive mode in this sandbox, which has no terminal.
`;

const options = { include: [] };

function parse(args) {
  const rest = [...args];
  while (rest.length > 0 && rest[0].startsWith("-") && rest[0] !== "-") {
    const option = rest.shift();
    const value = () => (rest.length > 0 ? rest.shift() : fail(`qjs: missing argument for ${option}`));
    if (option === "--") break;
    if (option === "-h" || option === "--help" || option === "-?") finish(USAGE);
    else if (option === "-v" || option === "--version") finish(`${host.version}\n`);
    else if (option === "-e" || option === "--eval") options.code = value();
    else if (option === "-I" || option === "--include") options.include.push(value());
    else if (option === "-m" || option === "--module") options.flags = MODULE;
    else if (option === "-C" || option === "--script") options.flags = GLOBAL;
    else if (option === "--std") options.std = true;
    else if (option === "-i" || option === "--interactive")
      fail("qjs: no interactive mode: there is no terminal");
    else fail(`qjs: unknown option '${option}'\n${USAGE}`);
  }
  return rest;
}

function finish(text) {
  std.out.puts(text);
  host.exit(0);
}

function fail(text) {
  std.err.puts(`${text}\n`);
  host.exit(1);
}

/** An exception that nobody has caught, as text. */
function describe(error) {
  if (!(error instanceof Error)) return String(error);
  return error.stack ? `${error}\n${error.stack.trimEnd()}` : String(error);
}

function evaluate(code, fileName, flags) {
  if (flags === MODULE) {
    const result = modules.evaluateMain(code, fileName);
    result?.catch?.((error) => die("", error));
  } else host.evaluate(withoutHashbang(code), fileName, GLOBAL);
}

function die(prefix, error) {
  std.err.puts(`${prefix}${describe(error)}\n`);
  host.exit(1);
}

function readScript(file) {
  const bytes = sys.readAll(file === undefined || file === "-" ? 0 : file);
  if (typeof bytes === "number") fail(`${file}: ${std.strerror(-bytes)}`);
  return host.decode(bytes);
}

function print(...values) {
  std.out.puts(`${values.map(String).join(" ")}\n`);
}

function defineGlobals(args) {
  const hidden = (name, value) =>
    Object.defineProperty(globalThis, name, { value, writable: true, configurable: true, enumerable: false });
  hidden("print", print);
  hidden("console", { log: print, error: (...values) => std.err.puts(`${values.map(String).join(" ")}\n`) });
  console.warn = console.error;
  console.info = print;
  console.debug = print;
  hidden("scriptArgs", args);
  hidden("argv0", sys.argv()[0]);
  for (const name of ["setTimeout", "clearTimeout", "setInterval", "clearInterval"]) hidden(name, os[name]);
  if (options.std) {
    globalThis.std = std;
    globalThis.os = os;
  }
}

loop.policy.uncaught = (error) => die("", error);
loop.policy.unhandled = (reason) => die("Possibly unhandled promise rejection: ", reason);

loop.policy.start = () => {
  const rest = parse(sys.argv().slice(1));
  defineGlobals(rest);
  for (const file of options.include) evaluate(readScript(file), file, GLOBAL);
  if (options.code !== undefined) return evaluate(options.code, "<cmdline>", options.flags ?? GLOBAL);
  const [file] = rest;
  const code = readScript(file);
  const detected = file?.endsWith(".mjs") || host.isModule(code) ? MODULE : GLOBAL;
  evaluate(code, file === undefined || file === "-" ? "<stdin>" : file, options.flags ?? detected);
};

module.exports = { ...loop.hooks, resolve: modules.resolve, load: modules.load };
