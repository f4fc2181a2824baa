// The module std of qjs.
const sys = require("sys");
const errors = require("errors");
const { FILE, modeFlags, popen } = require("qjs/file");
const { sprintf } = require("qjs/format");
const { withoutHashbang } = require("module-source");

const environ = sys.environ();
/** What children get, too. */
exports.environ = environ;

function found(result, errorObject, make) {
  const failed = typeof result === "number" && result < 0;
  if (errorObject !== undefined) errorObject.errno = failed ? -result : 0;
  return failed ? null : make(result);
}

function checkMode(mode) {
  const flags = modeFlags(mode);
  if (flags === undefined) throw new TypeError("invalid file mode");
  return flags;
}

module.exports = {
  in: new FILE(0),
  out: new FILE(1),
  err: new FILE(2),
  SEEK_SET: 0,
  SEEK_CUR: 1,
  SEEK_END: 2,
  Error: errors.numbers,
  strerror: errors.strerror,
  sprintf,
  printf: (format, ...args) => module.exports.out.printf(format, ...args),
  puts: (...texts) => module.exports.out.puts(...texts),
  exit: (code = 0) => host.exit(code),
  gc() {},
  getenv: (name) => environ[name],
  setenv(name, value) {
    environ[name] = String(value);
  },
  unsetenv(name) {
    delete environ[name];
  },
  getenviron: () => environ,

  open: (path, mode, errorObject) =>
    found(sys.open(path, checkMode(mode)), errorObject, (fd) => new FILE(fd)),
  fdopen(fd, mode, errorObject) {
    checkMode(mode);
    return found(fd, errorObject, () => new FILE(fd));
  },
  popen: (command, mode, errorObject) => found(popen(command, mode, environ), errorObject, (file) => file),
  tmpfile(errorObject) {
    const path = `/tmp/qjs-${sys.randomBytes(8).join("")}`;
    const fd = sys.open(path, sys.O.RDWR | sys.O.CREAT | sys.O.EXCL, 0o600);
    if (fd >= 0) sys.unlink(path);
    return found(fd, errorObject, () => new FILE(fd));
  },

  /** The file's text; null when it cannot be read. */
  loadFile(path, options) {
    const bytes = sys.readAll(path);
    if (typeof bytes === "number") return null;
    return options?.binary ? bytes : host.decode(bytes);
  },
  writeFile(path, data) {
    const fd = sys.open(path, sys.O.WRONLY | sys.O.CREAT | sys.O.TRUNC);
    if (fd < 0) throw new TypeError(`cannot write ${path}: ${errors.strerror(-fd)}`);
    sys.write(fd, typeof data === "string" ? host.encode(data) : new Uint8Array(data.buffer ?? data));
    sys.close(fd);
  },
  evalScript: (code, options) => host.evaluate(code, "<evalScript>", options?.async ? 128 : 0),
  loadScript(path) {
    const text = module.exports.loadFile(path);
    if (text === null) throw new ReferenceError(`could not load '${path}'`);
    return host.evaluate(withoutHashbang(text), path, 0);
  },
};
