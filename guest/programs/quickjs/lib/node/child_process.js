// The module child_process.
const sys = require("sys");
const loop = require("loop");
const { spawn: start, decodeStatus } = require("spawn");
const { systemError } = require("errors");
const EventEmitter = require("node/events");
const { Buffer, wrap } = require("node/buffer");
const { DescriptorReadable, DescriptorWritable } = require("node/descriptor-streams");
const SIGNALS = require("signals");

const NAMES = Object.fromEntries(Object.entries(SIGNALS).map(([name, number]) => [number, name]));
const STANDARD = [0, 1, 2];
const DEFAULT_MAX_BUFFER = 1024 * 1024;

/** What is run for a command and its arguments: itself, or a shell for it. */
function program(command, args, options) {
  if (!options.shell) return { file: command, argv: [options.argv0 ?? command, ...args] };
  const shell = typeof options.shell === "string" ? options.shell : "/bin/sh";
  return { file: shell, argv: [shell, "-c", [command, ...args].join(" ")] };
}

function request(command, args, options, descriptors) {
  return {
    ...program(command, args, options),
    env: Object.fromEntries(
      Object.entries(options.env ?? process.env).filter(([, value]) => value !== undefined),
    ),
    cwd: options.cwd === undefined ? undefined : String(options.cwd),
    newSession: options.detached,
    descriptors,
  };
}

/** The child's standard descriptors: pairs for `start`, our ends of pipes, and what is to be closed when the child has begun. */
function connect(stdio) {
  const kinds =
    typeof stdio === "string" ? STANDARD.map(() => stdio) : STANDARD.map((fd) => stdio?.[fd] ?? "pipe");
  const plan = { descriptors: [], ours: [], close: [] };
  kinds.forEach((kind, fd) => {
    if (kind === "inherit") plan.descriptors.push([fd, fd]);
    else if (typeof kind === "number") plan.descriptors.push([fd, kind]);
    else if (typeof kind?.fd === "number") plan.descriptors.push([fd, kind.fd]);
    else {
      const ends = kind === "ignore" ? [sys.open("/dev/null", sys.O.RDWR)] : sys.pipe();
      const theirs = kind === "ignore" ? ends[0] : ends[fd === 0 ? 0 : 1];
      if (kind !== "ignore") plan.ours[fd] = ends[fd === 0 ? 1 : 0];
      plan.descriptors.push([fd, theirs]);
      plan.close.push(theirs);
    }
  });
  return plan;
}

function begin(command, args, options) {
  const plan = connect(options.stdio);
  const pid = start(request(command, args, options, plan.descriptors));
  for (const fd of plan.close) sys.close(fd);
  if (pid < 0) for (const fd of plan.ours) if (fd !== undefined) sys.close(fd);
  const error = pid < 0 ? systemError(-pid, `spawn ${options.shell ? "/bin/sh" : command}`) : undefined;
  if (error)
    Object.assign(error, { path: command, spawnargs: args, message: `${error.syscall} ${error.code}` });
  return { pid, error, ours: plan.ours };
}

function normalize(args, options) {
  return Array.isArray(args) ? [args.map(String), options ?? {}] : [[], args ?? {}];
}

const signalNumber = (signal) => (typeof signal === "number" ? signal : SIGNALS[signal ?? "SIGTERM"]);

class ChildProcess extends EventEmitter {
  exitCode = null;
  signalCode = null;
  killed = false;
  stdin = null;
  stdout = null;
  stderr = null;
  #watcher;

  constructor(command, args, options) {
    super();
    const { pid, error, ours } = begin(command, args, options);
    this.spawnfile = command;
    this.spawnargs = [command, ...args];
    if (error) {
      for (const name of ["stdin", "stdout", "stderr"]) this[name] = new DescriptorReadable(-1);
      this.stdin = new DescriptorWritable(-1, { closes: false });
      process.nextTick(() => {
        this.emit("error", error);
        this.emit("close", -error.errno, null);
      });
      return;
    }
    this.pid = pid;
    if (ours[0] !== undefined) this.stdin = new DescriptorWritable(ours[0]);
    const open = [];
    for (const [fd, name] of [
      [1, "stdout"],
      [2, "stderr"],
    ]) {
      if (ours[fd] === undefined) continue;
      this[name] = new DescriptorReadable(ours[fd]);
      open.push(new Promise((resolve) => this[name].on("end", resolve)));
      // What nobody listens to is read all the same, so that the child can end.
      process.nextTick(() => this[name].resume());
    }
    this.stdio = [this.stdin, this.stdout, this.stderr];
    this.#watcher = loop.onChild(pid, (status) => {
      const { code = null, signal } = decodeStatus(status);
      this.exitCode = code;
      this.signalCode = signal === undefined ? null : NAMES[signal];
      this.emit("exit", this.exitCode, this.signalCode);
      Promise.all(open).then(() => this.emit("close", this.exitCode, this.signalCode));
    });
    process.nextTick(() => this.emit("spawn"));
    const { timeout, killSignal } = options;
    if (timeout > 0) {
      const timer = setTimeout(() => this.kill(killSignal), timeout);
      this.on("exit", () => clearTimeout(timer));
    }
    options.signal?.addEventListener?.("abort", () => this.kill(killSignal));
  }
  kill(signal) {
    if (this.exitCode !== null || this.signalCode !== null || this.pid === undefined) return false;
    this.killed = sys.kill(this.pid, signalNumber(signal)) >= 0;
    return this.killed;
  }
  ref() {
    this.#watcher.ref = true;
  }
  unref() {
    this.#watcher.ref = false;
  }
}

function spawn(command, args, options) {
  const [list, settings] = normalize(args, options);
  return new ChildProcess(String(command), list, settings);
}

const text = (bytes, encoding) => (encoding && encoding !== "buffer" ? bytes.toString(encoding) : bytes);

function failure(command, result, encoding) {
  const stderr = String(text(result.stderr ?? "", encoding));
  return Object.assign(new Error(`Command failed: ${command}${stderr && `\n${stderr}`}`), {
    code: result.status,
    killed: result.killed ?? false,
    signal: result.signal,
    cmd: command,
  });
}

function execFile(file, args, options, callback) {
  if (typeof args === "function") return execFile(file, [], {}, args);
  if (!Array.isArray(args)) return execFile(file, [], args, options);
  if (typeof options === "function") return execFile(file, args, {}, options);
  const settings = { encoding: "utf8", maxBuffer: DEFAULT_MAX_BUFFER, ...options };
  const child = spawn(file, args, { ...settings, stdio: "pipe" });
  const chunks = { stdout: [], stderr: [] };
  for (const name of ["stdout", "stderr"]) child[name].on("data", (chunk) => chunks[name].push(chunk));
  const collect = (name) => text(Buffer.concat(chunks[name]), settings.encoding);
  let failed;
  child.on("error", (error) => (failed = error));
  child.on("close", (status, signal) => {
    if (callback === undefined || callback === null) return;
    const [stdout, stderr] = [collect("stdout"), collect("stderr")];
    const command = settings.shell ? file : [file, ...args].join(" ");
    const error =
      failed ?? (status === 0 ? null : failure(command, { status, signal, stderr, killed: child.killed }));
    callback(error, stdout, stderr);
  });
  return child;
}

function exec(command, options, callback) {
  if (typeof options === "function") return exec(command, {}, options);
  return execFile(command, [], { shell: true, ...options }, callback);
}

for (const each of [execFile, exec]) {
  each[Symbol.for("nodejs.util.promisify.custom")] = (...args) =>
    new Promise((resolve, reject) => {
      each(...args, (error, stdout, stderr) =>
        error ? reject(Object.assign(error, { stdout, stderr })) : resolve({ stdout, stderr }),
      );
    });
}

/** Moves data between a child and us until it has ended: what is not the event loop's. */
function communicate(ours, input, deadline) {
  const bytes =
    input === undefined ? new Uint8Array(0) : typeof input === "string" ? Buffer.from(input) : input;
  const chunks = { 1: [], 2: [] };
  let sent = 0;
  const open = new Map(ours.flatMap((fd, place) => (fd === undefined ? [] : [[place, fd]])));
  if (open.has(0)) sys.setNonBlocking(open.get(0));
  const close = (place) => {
    sys.close(open.get(place));
    open.delete(place);
  };
  while (open.size > 0) {
    if (open.has(0) && sent === bytes.length) close(0);
    const places = [...open.keys()];
    if (places.length === 0) break;
    const ready = sys.poll(
      places.map((place) => [open.get(place), place === 0 ? 4 : 1]),
      deadline - performance.now(),
    );
    if (ready === undefined) break;
    places.forEach((place, index) => {
      if (!ready[index]) return;
      if (place === 0) {
        const count = sys.write(open.get(0), bytes.subarray(sent, sent + 65536));
        if (count < 0) close(0);
        else sent += count;
        return;
      }
      const chunk = new Uint8Array(65536);
      const count = sys.read(open.get(place), chunk);
      if (count > 0) chunks[place].push(chunk.subarray(0, count));
      else close(place);
    });
  }
  for (const place of [...open.keys()]) close(place);
  return [1, 2].map((place) => (ours[place] === undefined ? null : Buffer.concat(chunks[place].map(wrap))));
}

/** Waits for a child; kills it at the deadline. */
function waitFor(pid, deadline, killSignal) {
  let killed = false;
  for (;;) {
    const timed = deadline !== Number.POSITIVE_INFINITY && !killed;
    const [found, status] = sys.waitpid(pid, timed ? 1 : 0);
    if (found !== 0) return { status: found < 0 ? 0 : status, killed };
    if (performance.now() >= deadline) {
      sys.kill(pid, signalNumber(killSignal));
      killed = true;
    } else sys.sleep(1);
  }
}

function spawnSync(command, args, options) {
  const [list, settings] = normalize(args, options);
  const { pid, error, ours } = begin(String(command), list, settings);
  if (error) {
    error.syscall = `spawnSync ${command}`;
    error.message = `${error.syscall} ${error.code}`;
    return { error, status: null, signal: null, output: null, pid: 0, stdout: null, stderr: null };
  }
  const deadline = settings.timeout > 0 ? performance.now() + settings.timeout : Number.POSITIVE_INFINITY;
  const [out, err] = communicate(ours, settings.input, deadline);
  const ended = waitFor(pid, deadline, settings.killSignal);
  const { code = null, signal } = decodeStatus(ended.status);
  const [stdout, stderr] = [out, err].map((bytes) => bytes && text(bytes, settings.encoding));
  const result = {
    pid,
    output: [null, stdout, stderr],
    stdout,
    stderr,
    status: code,
    signal: signal === undefined ? null : NAMES[signal],
  };
  if (ended.killed)
    result.error = Object.assign(systemError(110, `spawnSync ${command}`), {
      message: `spawnSync ${command} ETIMEDOUT`,
    });
  return result;
}

/** As execSync and execFileSync: the output, or an exception. */
function outputOf(command, result, stdio) {
  const inherited = stdio === undefined && result.stderr?.length > 0;
  if (inherited) process.stderr.write(result.stderr);
  if (result.error === undefined && result.status === 0) return result.stdout;
  const error = result.error ?? failure(command, result);
  delete error.code;
  if (result.error) error.code = result.error.code;
  throw Object.assign(error, result);
}

function execFileSync(file, args, options) {
  const [list, settings] = normalize(args, options);
  return outputOf([file, ...list].join(" "), spawnSync(file, list, settings), settings.stdio);
}

function execSync(command, options = {}) {
  return outputOf(command, spawnSync(command, [], { shell: true, ...options }), options.stdio);
}

function fork(path, args, options) {
  const [list, settings] = normalize(args, options);
  return spawn(process.execPath, [path, ...list], { stdio: "inherit", ...settings });
}

module.exports = { ChildProcess, spawn, exec, execFile, fork, spawnSync, execSync, execFileSync };
