// The event loop. Each turn handles what has happened and ends with the system call that the process waits in for more.
const sys = require("sys");

const PPOLL = 414;
const SIGCHLD = 17;
const WNOHANG = 1;
const POLLIN = 1;
const POLLOUT = 4;
/** Nothing catches a signal by a function of its own: any address stands for the event loop. */
const CAUGHT = 64;

let nextTimer = 1;
const timers = new Map();
const immediates = [];
const watched = new Map();
const children = new Map();
const signalHandlers = new Map();
const raised = [];
const rejections = new Map();
let polled = [];
let pollBuffer = new Int32Array(2);
const timeout = new BigInt64Array(2);

/** What a command of the library changes about the loop. */
const policy = {
  /** The first turn: runs the script. */
  start() {},
  /** Runs what is due before anything else can happen, promises' jobs among it. */
  drain: () => host.runJobs(),
  /** An exception that nobody has caught. */
  uncaught(error) {
    throw error;
  },
  /** A promise that was rejected, and nobody looks. */
  unhandled(reason) {
    policy.uncaught(reason);
  },
  /** Nothing is left to wait for. True: look again. */
  beforeExit: () => false,
  /** The exit code in the end. */
  exitCode: () => 0,
};
exports.policy = policy;

/** Calls `callback` as the event loop does: what it throws is uncaught, and promises come next. */
function run(callback, ...args) {
  try {
    callback(...args);
  } catch (error) {
    policy.uncaught(error);
  }
  settle();
}
exports.run = run;

function settle() {
  policy.drain();
  while (rejections.size > 0) {
    const reasons = [...rejections];
    rejections.clear();
    for (const [promise, reason] of reasons) policy.unhandled(reason, promise);
    policy.drain();
  }
}

exports.addTimer = function addTimer(callback, delay, { repeats = false, args = [] } = {}) {
  const ms = delay >= 1 && delay <= 0x7fffffff ? Math.trunc(delay) : 1;
  const id = nextTimer++;
  timers.set(id, {
    callback,
    args,
    time: performance.now() + ms,
    every: repeats ? ms : undefined,
    ref: true,
  });
  return id;
};

exports.removeTimer = (id) => timers.delete(id);
exports.timer = (id) => timers.get(id);

exports.addImmediate = function addImmediate(callback, args) {
  const immediate = { callback, args };
  immediates.push(immediate);
  return immediate;
};

exports.removeImmediate = function removeImmediate(immediate) {
  const index = immediates.indexOf(immediate);
  if (index >= 0) immediates.splice(index, 1);
};

/** Calls `callback` whenever `fd` is ready for "read" or "write"; null ends that. */
exports.watch = function watch(fd, direction, callback) {
  const key = `${fd}:${direction}`;
  if (callback === null) watched.delete(key);
  else watched.set(key, { fd, events: direction === "read" ? POLLIN : POLLOUT, callback, ref: true });
  return watched.get(key);
};

/** Calls `callback` with the wait status of a child. */
exports.onChild = function onChild(pid, callback) {
  if (children.size === 0 && !signalHandlers.has(SIGCHLD)) sys.setSignalAction(SIGCHLD, CAUGHT);
  const child = { callback, ref: true };
  children.set(pid, child);
  raised.push(SIGCHLD);
  return child;
};

/** `handler`: a function, "default" or "ignore". */
exports.onSignal = function onSignal(signal, handler) {
  signalHandlers.delete(signal);
  if (typeof handler === "function") signalHandlers.set(signal, handler);
  const caught = typeof handler === "function" || (signal === SIGCHLD && children.size > 0);
  return sys.setSignalAction(signal, caught ? CAUGHT : handler === "ignore" ? 1 : 0);
};

function handleSignals() {
  for (const signal of raised.splice(0)) {
    if (signal === SIGCHLD) reapChildren();
    const handler = signalHandlers.get(signal);
    if (handler !== undefined) run(handler, signal);
  }
}

function reapChildren() {
  for (const [pid, { callback }] of [...children]) {
    const [found, status] = sys.waitpid(pid, WNOHANG);
    if (found === 0) continue;
    children.delete(pid);
    run(callback, found < 0 ? 0 : status);
  }
}

function handlePoll(count) {
  if (count <= 0) return;
  polled.forEach((watcher, index) => {
    const revents = pollBuffer[2 * index + 1] >>> 16;
    const current = watched.get(`${watcher.fd}:${watcher.events === POLLIN ? "read" : "write"}`);
    if (revents !== 0 && current === watcher) run(watcher.callback);
  });
}

function handleTimers() {
  const now = performance.now();
  const due = [...timers].filter(([, { time }]) => time <= now);
  due.sort(([a, first], [b, second]) => first.time - second.time || a - b);
  for (const [id, timer] of due) {
    if (timers.get(id) !== timer) continue;
    if (timer.every === undefined) timers.delete(id);
    else timer.time = Math.max(performance.now(), timer.time + timer.every);
    run(timer.callback, ...timer.args);
  }
}

function handleImmediates() {
  for (let left = immediates.length; left > 0 && immediates.length > 0; left--) {
    const { callback, args } = immediates.shift();
    run(callback, ...args);
  }
}

function hasWork() {
  const referred = (items) => [...items.values()].some(({ ref }) => ref);
  return immediates.length > 0 || referred(timers) || referred(watched) || referred(children);
}

/** The call to wait in: ppoll, until the next timer is due. */
function nextWait() {
  polled = [...watched.values()];
  if (pollBuffer.length < 2 * polled.length) pollBuffer = new Int32Array(4 * polled.length);
  polled.forEach(({ fd, events }, index) => {
    pollBuffer[2 * index] = fd;
    pollBuffer[2 * index + 1] = events;
  });
  let ms = Number.POSITIVE_INFINITY;
  if (immediates.length > 0 || raised.length > 0) ms = 0;
  else {
    const now = performance.now();
    for (const { time } of timers.values()) ms = Math.min(ms, Math.max(0, time - now));
  }
  const limited = ms !== Number.POSITIVE_INFINITY;
  if (limited) {
    const seconds = Math.floor(ms / 1000);
    timeout[0] = BigInt(seconds);
    timeout[1] = BigInt(Math.round((ms - seconds * 1000) * 1e6));
  }
  return [PPOLL, host.address(pollBuffer), polled.length, limited ? host.address(timeout) : 0, 0, 8];
}

let started = false;

/** What the host calls. */
exports.hooks = {
  turn(result) {
    if (!started) {
      started = true;
      run(policy.start);
    } else handlePoll(result);
    handleSignals();
    handleTimers();
    handleImmediates();
    while (!hasWork()) if (!policy.beforeExit()) return policy.exitCode();
    return nextWait();
  },
  rejected(promise, reason, handled) {
    if (handled) rejections.delete(promise);
    else rejections.set(promise, reason);
  },
  signal(signal) {
    raised.push(signal);
  },
};
