// The object process.
const sys = require("sys");
const loop = require("loop");
const { systemError } = require("errors");
const EventEmitter = require("node/events");

const SIGNALS = require("signals");
const ticks = [];
const startedAt = performance.now();

const process = new EventEmitter();
/** Not a version of Node.js: the engine is another one, and its modules are those that scripts use most. */
const VERSION = "0.0.0-quickjs";

const streams = {};
function stream(name, make) {
  Object.defineProperty(process, name, {
    configurable: true,
    enumerable: true,
    get() {
      streams[name] ??= make(require("node/descriptor-streams"));
      return streams[name];
    },
  });
}
stream("stdin", ({ DescriptorReadable }) => new DescriptorReadable(0, { closes: false }));
stream("stdout", ({ DescriptorWritable }) => new DescriptorWritable(1, { closes: false }));
stream("stderr", ({ DescriptorWritable }) => new DescriptorWritable(2, { closes: false }));

function check(result, name, path) {
  if (result < 0) throw systemError(-result, name, path);
  return result;
}

let exiting = false;

Object.assign(process, {
  title: "node",
  version: `v${VERSION}`,
  versions: { node: VERSION, quickjs: host.version },
  release: { name: "quickjs" },
  arch: "wasm32",
  platform: "linux",
  execPath: "/usr/bin/node",
  execArgv: [],
  argv: [],
  argv0: sys.argv()[0],
  env: new Proxy(sys.environ(), {
    set(variables, name, value) {
      variables[name] = String(value);
      return true;
    },
  }),
  pid: sys.getpid(),
  ppid: sys.getppid(),
  exitCode: undefined,
  features: {},
  config: { variables: {} },

  cwd: () => sys.getcwd(),
  chdir: (path) => void check(sys.chdir(path), "chdir", path),
  umask: (mask) => (mask === undefined ? restoreUmask() : sys.umask(mask)),
  getuid: sys.getuid,
  geteuid: sys.geteuid,
  getgid: sys.getgid,
  getegid: sys.getegid,
  uptime: () => (performance.now() - startedAt) / 1000,
  memoryUsage() {
    const rss = residentBytes();
    return { rss, heapTotal: rss, heapUsed: rss, external: 0, arrayBuffers: 0 };
  },
  cpuUsage: () => ({ user: Math.round((performance.now() - startedAt) * 1000), system: 0 }),
  emitWarning(warning) {
    const text = warning instanceof Error ? `${warning.name}: ${warning.message}` : `Warning: ${warning}`;
    process.stderr.write(`(node:${process.pid}) ${text}\n`);
  },
  nextTick(callback, ...args) {
    ticks.push({ callback, args });
  },
  kill(pid, signal = "SIGTERM") {
    const number = typeof signal === "number" ? signal : SIGNALS[signal];
    if (number === undefined)
      throw Object.assign(new TypeError(`Unknown signal: ${signal}`), { code: "ERR_UNKNOWN_SIGNAL" });
    check(sys.kill(pid, number), "kill");
    return true;
  },
  abort() {
    sys.kill(process.pid, SIGNALS.SIGABRT);
  },
  exit(code = process.exitCode ?? 0) {
    process.exitCode = code;
    if (!exiting) {
      exiting = true;
      process.emit("exit", Number(code));
    }
    host.exit(Number(process.exitCode) & 0xff);
  },
});
process.hrtime = (since) => {
  const now = performance.now();
  const time = [Math.floor(now / 1000), Math.floor((now % 1000) * 1e6)];
  if (since === undefined) return time;
  const nanoseconds = (time[0] - since[0]) * 1e9 + time[1] - since[1];
  return [Math.floor(nanoseconds / 1e9), nanoseconds % 1e9];
};
process.hrtime.bigint = () => BigInt(Math.floor(performance.now() * 1e6));
process.memoryUsage.rss = residentBytes;

/** The engine's memory is one block, which does not say how much of it is in use. */
function residentBytes() {
  const bytes = sys.readAll("/proc/self/statm");
  return typeof bytes === "number" ? 0 : Number(host.decode(bytes).split(" ")[1]) * 4096;
}

function restoreUmask() {
  const mask = sys.umask(0);
  sys.umask(mask);
  return mask;
}

// A listener for a signal is what catches it.
const { on, removeListener } = EventEmitter.prototype;
process.on = process.addListener = function (name, listener) {
  if (Object.hasOwn(SIGNALS, name))
    loop.onSignal(SIGNALS[name], () => process.emit(name, name, SIGNALS[name]));
  return on.call(this, name, listener);
};
process.removeListener = process.off = function (name, listener) {
  removeListener.call(this, name, listener);
  if (Object.hasOwn(SIGNALS, name) && this.listenerCount(name) === 0) loop.onSignal(SIGNALS[name], "default");
  return this;
};

/** Runs what nextTick and promises have queued, ticks first. */
exports.drain = function drain() {
  do {
    while (ticks.length > 0) {
      const { callback, args } = ticks.shift();
      callback(...args);
    }
    host.runJobs();
  } while (ticks.length > 0);
};
exports.process = process;
