// The module timers, and the same functions as globals.
const loop = require("loop");

class Timeout {
  #id;
  constructor(callback, delay, args, repeats) {
    if (typeof callback !== "function") {
      throw Object.assign(new TypeError('The "callback" argument must be of type function.'), {
        code: "ERR_INVALID_ARG_TYPE",
      });
    }
    this.start = () => loop.addTimer(callback, Number(delay), { args, repeats });
    this.#id = this.start();
  }
  ref() {
    return this.#setRef(true);
  }
  unref() {
    return this.#setRef(false);
  }
  hasRef() {
    return loop.timer(this.#id)?.ref ?? false;
  }
  refresh() {
    this.close();
    this.#id = this.start();
    return this;
  }
  close() {
    loop.removeTimer(this.#id);
  }
  [Symbol.toPrimitive]() {
    return this.#id;
  }
  #setRef(on) {
    const timer = loop.timer(this.#id);
    if (timer) timer.ref = on;
    return this;
  }
}

function clear(timeout) {
  if (timeout instanceof Timeout) timeout.close();
  else if (timeout !== undefined && timeout !== null) loop.removeTimer(Number(timeout));
}

const promises = {
  setTimeout: (delay, value) => new Promise((resolve) => exports.setTimeout(resolve, delay, value)),
  setImmediate: (value) => new Promise((resolve) => exports.setImmediate(resolve, value)),
  async *setInterval(delay, value) {
    for (;;) {
      await promises.setTimeout(delay);
      yield value;
    }
  },
};

exports.setTimeout = (callback, delay, ...args) => new Timeout(callback, delay, args, false);
exports.setInterval = (callback, delay, ...args) => new Timeout(callback, delay, args, true);
exports.setImmediate = (callback, ...args) => loop.addImmediate(callback, args);
exports.clearTimeout = clear;
exports.clearInterval = clear;
exports.clearImmediate = (immediate) => loop.removeImmediate(immediate);
exports.promises = promises;
