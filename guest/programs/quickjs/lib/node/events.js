// The module events.
class EventEmitter {
  #listeners = new Map();

  #add(name, listener, first) {
    if (typeof listener !== "function")
      throw new TypeError('The "listener" argument must be of type function');
    const list = this.#listeners.get(name) ?? [];
    this.#listeners.set(name, first ? [listener, ...list] : [...list, listener]);
    if (name !== "newListener" && this.#listeners.has("newListener"))
      this.emit("newListener", name, listener.listener ?? listener);
    return this;
  }
  #once(name, listener) {
    const wrapper = (...args) => {
      this.removeListener(name, wrapper);
      return listener.apply(this, args);
    };
    wrapper.listener = listener;
    return wrapper;
  }

  on(name, listener) {
    return this.#add(name, listener, false);
  }
  addListener(name, listener) {
    return this.on(name, listener);
  }
  prependListener(name, listener) {
    return this.#add(name, listener, true);
  }
  once(name, listener) {
    return this.on(name, this.#once(name, listener));
  }
  prependOnceListener(name, listener) {
    return this.#add(name, this.#once(name, listener), true);
  }
  removeListener(name, listener) {
    const list = this.#listeners.get(name) ?? [];
    const index = list.findLastIndex((each) => each === listener || each.listener === listener);
    if (index >= 0) this.#listeners.set(name, list.toSpliced(index, 1));
    if (this.#listeners.get(name)?.length === 0) this.#listeners.delete(name);
    return this;
  }
  off(name, listener) {
    return this.removeListener(name, listener);
  }
  removeAllListeners(name) {
    if (name === undefined) this.#listeners.clear();
    else this.#listeners.delete(name);
    return this;
  }
  emit(name, ...args) {
    const list = this.#listeners.get(name);
    if (list === undefined) {
      if (name !== "error") return false;
      if (args[0] instanceof Error) throw args[0];
      throw Object.assign(new Error(`Unhandled error. (${require("node/inspect").inspect(args[0])})`), {
        code: "ERR_UNHANDLED_ERROR",
      });
    }
    for (const listener of list) listener.apply(this, args);
    return true;
  }
  listenerCount(name) {
    return this.#listeners.get(name)?.length ?? 0;
  }
  listeners(name) {
    return (this.#listeners.get(name) ?? []).map((each) => each.listener ?? each);
  }
  rawListeners(name) {
    return [...(this.#listeners.get(name) ?? [])];
  }
  eventNames() {
    return [...this.#listeners.keys()];
  }
  setMaxListeners() {
    return this;
  }
  getMaxListeners() {
    return 10;
  }
}

EventEmitter.EventEmitter = EventEmitter;
EventEmitter.defaultMaxListeners = 10;
EventEmitter.once = (emitter, name) =>
  new Promise((resolve, reject) => {
    const failed = (error) => {
      emitter.off(name, arrived);
      reject(error);
    };
    const arrived = (...args) => {
      emitter.off("error", failed);
      resolve(args);
    };
    emitter.once(name, arrived);
    if (name !== "error") emitter.once("error", failed);
  });
module.exports = EventEmitter;
