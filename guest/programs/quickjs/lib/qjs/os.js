// The module os of qjs. Functions return a negative errno, or [result, errno].
const sys = require("sys");
const loop = require("loop");
const spawn = require("spawn");
const { numbers } = require("errors");
const std = require("qjs/std");

// Those that QuickJS has names for.
const { SIGTRAP, SIGBUS, SIGWINCH, SIGSYS, ...SIGNALS } = require("signals");

/** A pair of a result and an errno. */
const pair = (result, make = (value) => value) =>
  typeof result === "number" && result < 0 ? [null, -result] : [make(result), 0];
const textPair = (result) => (typeof result === "string" ? [result, 0] : ["", -result]);

function status(path, follow) {
  return pair(sys.stat(path, follow), ({ birthtime, blksize, ...fields }) => fields);
}

function realpath(path) {
  const seen = sys.stat(path);
  if (typeof seen === "number") return textPair(seen);
  const fd = sys.open(path, 0o10000000);
  const result = sys.readlink(`/proc/self/fd/${fd}`);
  sys.close(fd);
  return textPair(result);
}

function view(buffer, offset, length) {
  return new Uint8Array(buffer, offset, length);
}

function exec(args, options = {}) {
  const { block = true, usePath = true, file = args[0], cwd, env = std.getenviron() } = options;
  const descriptors = ["stdin", "stdout", "stderr"].flatMap((name, fd) =>
    options[name] === undefined ? [] : [[fd, options[name]]],
  );
  const pid = spawn.spawn({ file, argv: args, env, cwd, descriptors, search: usePath });
  // As after fork(2) a program that cannot be executed is a child that exits with 127.
  if (pid < 0) return block ? 127 : pid;
  if (!block) return pid;
  const { code, signal } = spawn.decodeStatus(sys.waitpid(pid, 0)[1]);
  return code ?? -signal;
}

module.exports = {
  ...SIGNALS,
  O_RDONLY: sys.O.RDONLY,
  O_WRONLY: sys.O.WRONLY,
  O_RDWR: sys.O.RDWR,
  O_APPEND: sys.O.APPEND,
  O_CREAT: sys.O.CREAT,
  O_EXCL: sys.O.EXCL,
  O_TRUNC: sys.O.TRUNC,
  S_IFMT: 0o170000,
  S_IFIFO: 0o10000,
  S_IFCHR: 0o20000,
  S_IFDIR: 0o40000,
  S_IFBLK: 0o60000,
  S_IFREG: 0o100000,
  S_IFSOCK: 0o140000,
  S_IFLNK: 0o120000,
  S_ISGID: 0o2000,
  S_ISUID: 0o4000,
  WNOHANG: 1,
  platform: "linux",

  open: (path, flags, mode = 0o666) => sys.open(path, flags, mode),
  close: sys.close,
  seek(fd, offset, whence) {
    const result = sys.seek(fd, Number(offset), whence);
    return typeof offset === "bigint" ? BigInt(result) : result;
  },
  read: (fd, buffer, offset = 0, length = buffer.byteLength - offset) =>
    sys.read(fd, view(buffer, offset, length)),
  write: (fd, buffer, offset = 0, length = buffer.byteLength - offset) =>
    sys.write(fd, view(buffer, offset, length)),
  isatty: sys.isatty,
  ttyGetWinSize: () => null,
  ttySetRaw() {},

  remove(path) {
    const error = sys.unlink(path);
    return error === -numbers.EISDIR ? sys.rmdir(path) : error;
  },
  rename: sys.rename,
  mkdir: (path, mode = 0o777) => sys.mkdir(path, mode),
  realpath,
  getcwd: () => textPair(sys.getcwd()),
  chdir: sys.chdir,
  readdir: (path) => {
    const entries = sys.readdir(path);
    return typeof entries === "number" ? [[], -entries] : [entries.map(({ name }) => name), 0];
  },
  stat: (path) => status(path, true),
  lstat: (path) => status(path, false),
  utimes: (path, atime, mtime) => sys.utimes(path, atime, mtime),
  symlink: sys.symlink,
  readlink: (path) => textPair(sys.readlink(path)),
  access: sys.access,
  R_OK: 4,
  W_OK: 2,
  X_OK: 1,
  F_OK: 0,
  mkdtemp: (pattern = "tmpXXXXXX") =>
    temporary(
      pattern,
      (path) => sys.mkdir(path, 0o700),
      (path) => path,
    ),

  setReadHandler: (fd, handler) => void loop.watch(fd, "read", handler),
  setWriteHandler: (fd, handler) => void loop.watch(fd, "write", handler),
  signal: (signal, handler) =>
    void loop.onSignal(
      signal,
      handler === null ? "default" : handler === undefined ? "ignore" : () => handler(),
    ),
  kill: sys.kill,
  setTimeout: (callback, delay) => loop.addTimer(callback, delay),
  clearTimeout: (id) => void loop.removeTimer(id),
  setInterval: (callback, delay) => loop.addTimer(callback, delay, { repeats: true }),
  clearInterval: (id) => void loop.removeTimer(id),
  sleep: sys.sleep,
  sleepAsync: (ms) => new Promise((resolve) => loop.addTimer(resolve, ms)),
  now: () => performance.now(),
  cputime: () => performance.now(),

  exec,
  waitpid: sys.waitpid,
  pipe: () => {
    const fds = sys.pipe();
    return typeof fds === "number" ? null : fds;
  },
  dup: sys.dup,
  dup2: sys.dup2,
  getpid: sys.getpid,
};

/** mkdtemp(3): a path in which the last six X are something that is not there yet. */
function temporary(pattern, make, done) {
  const letters = "abcdefghijklmnopqrstuvwxyz0123456789";
  for (;;) {
    const random = Array.from(sys.randomBytes(6), (byte) => letters[byte % letters.length]).join("");
    const path = pattern.replace(/X{6}$/, random);
    const error = make(path);
    if (error >= 0) return [done(path), 0];
    if (error !== -numbers.EEXIST || path === pattern) return [null, -error];
  }
}
