// The module stream, as far as standard streams, files and child processes need it: no backpressure, no object mode's limits.
const EventEmitter = require("node/events");
const { Buffer } = require("node/buffer");

class Stream extends EventEmitter {
  pipe(target, { end = true } = {}) {
    this.on("data", (chunk) => target.write(chunk));
    if (end && target !== process.stdout && target !== process.stderr) this.on("end", () => target.end());
    return target;
  }
}

class Readable extends Stream {
  readable = true;
  readableEnded = false;
  destroyed = false;
  #encoding;
  #chunks = [];
  #ended = false;
  #flowing = false;
  #paused = false;

  constructor(options = {}) {
    super();
    if (options.read) this._read = options.read;
    if (options.encoding) this.setEncoding(options.encoding);
  }
  static from(items) {
    const stream = new Readable({});
    (async () => {
      for await (const item of items) stream.#chunks.push(item);
      stream.push(null);
    })().catch((error) => stream.destroy(error));
    return stream;
  }

  /** To be overridden: begins to call `push`. */
  _read() {}
  setEncoding(encoding) {
    const { StringDecoder } = require("node/string_decoder");
    this.#encoding = new StringDecoder(encoding);
    return this;
  }
  push(chunk) {
    if (chunk === null) {
      const rest = this.#encoding?.end();
      if (rest) this.#chunks.push(rest);
      this.#ended = true;
    } else {
      const bytes = chunk instanceof Uint8Array && !Buffer.isBuffer(chunk) ? Buffer.from(chunk) : chunk;
      const item = this.#encoding && typeof bytes !== "string" ? this.#encoding.write(bytes) : bytes;
      if (item.length !== 0) this.#chunks.push(item);
    }
    this.#flush();
    return !this.#paused;
  }
  #flush() {
    if (!this.#flowing || this.#paused) return;
    while (this.#chunks.length > 0 && !this.#paused) this.emit("data", this.#chunks.shift());
    if (this.#ended && !this.readableEnded && this.#chunks.length === 0) {
      this.readableEnded = true;
      process.nextTick(() => {
        this.emit("end");
        this.emit("close");
      });
    }
  }
  on(name, listener) {
    super.on(name, listener);
    if (name === "data") this.resume();
    if (name === "readable") {
      this.#start();
      super.on("data", (chunk) => this.#chunks.push(chunk));
    }
    return this;
  }
  #started = false;
  #start() {
    if (this.#started) return;
    this.#started = true;
    process.nextTick(() => this._read(65536));
  }
  resume() {
    this.#flowing = true;
    this.#paused = false;
    this.#start();
    process.nextTick(() => this.#flush());
    return this;
  }
  pause() {
    this.#paused = true;
    return this;
  }
  read() {
    this.#start();
    return this.#chunks.shift() ?? null;
  }
  destroy(error) {
    if (this.destroyed) return this;
    this.destroyed = true;
    process.nextTick(() => {
      if (error) this.emit("error", error);
      this.emit("close");
    });
    return this;
  }
  unref() {
    return this;
  }
  ref() {
    return this;
  }
  async *[Symbol.asyncIterator]() {
    const waiting = [];
    let wake = () => {};
    let failed;
    let done = false;
    this.on("data", (chunk) => {
      waiting.push(chunk);
      wake();
    });
    this.on("end", () => {
      done = true;
      wake();
    });
    this.on("error", (error) => {
      failed = error;
      wake();
    });
    for (;;) {
      if (failed) throw failed;
      if (waiting.length > 0) yield waiting.shift();
      else if (done) return;
      else await new Promise((resolve) => (wake = resolve));
    }
  }
}

class Writable extends Stream {
  writable = true;
  writableEnded = false;
  #finalize;

  constructor(options = {}) {
    super();
    if (options.write) this._write = options.write;
    this.#finalize = options.final;
    this.objectMode = options.objectMode ?? false;
  }
  _write(_chunk, _encoding, done) {
    done();
  }
  write(chunk, encoding, callback) {
    const finished = typeof encoding === "function" ? encoding : callback;
    if (this.writableEnded) {
      const error = Object.assign(new Error("write after end"), { code: "ERR_STREAM_WRITE_AFTER_END" });
      process.nextTick(() => this.emit("error", error));
      return false;
    }
    const item =
      typeof chunk === "string" && !this.objectMode
        ? Buffer.from(chunk, typeof encoding === "string" ? encoding : "utf8")
        : chunk;
    this._write(item, encoding, (error) => {
      if (error) this.emit("error", error);
      if (finished) process.nextTick(finished, error);
    });
    return true;
  }
  end(chunk, encoding, callback) {
    if (typeof chunk === "function") return this.end(undefined, undefined, chunk);
    if (chunk !== undefined && chunk !== null) this.write(chunk, encoding);
    if (this.writableEnded) return this;
    this.writableEnded = true;
    if (callback) this.once("finish", callback);
    const finish = (error) =>
      process.nextTick(() => {
        if (error) this.emit("error", error);
        else this.emit("finish");
        this.emit("close");
      });
    if (this.#finalize) this.#finalize(finish);
    else this._final(finish);
    return this;
  }
  _final(done) {
    done();
  }
  destroy() {
    this.writableEnded = true;
    return this;
  }
  cork() {}
  uncork() {}
}

class Transform extends Readable {
  writable = true;
  #ended = false;
  #flushing;

  constructor(options = {}) {
    super(options);
    if (options.transform) this._transform = options.transform;
    this.#flushing = options.flush ?? this._flush;
  }
  _transform(chunk, _encoding, done) {
    done(null, chunk);
  }
  write(chunk, encoding, callback) {
    const item = typeof chunk === "string" ? Buffer.from(chunk) : chunk;
    this._transform(item, encoding, (error, result) => {
      if (error) this.emit("error", error);
      else if (result !== undefined && result !== null) this.push(result);
      if (typeof callback === "function") callback(error);
    });
    return true;
  }
  end(chunk) {
    if (chunk !== undefined) this.write(chunk);
    if (this.#ended) return this;
    this.#ended = true;
    const finish = (error, rest) => {
      if (error) this.emit("error", error);
      if (rest !== undefined && rest !== null) this.push(rest);
      this.push(null);
      process.nextTick(() => this.emit("finish"));
    };
    if (this.#flushing) this.#flushing.call(this, finish);
    else finish();
    return this;
  }
}

function pipeline(...args) {
  const callback = typeof args.at(-1) === "function" ? args.pop() : undefined;
  const streams = args.flat();
  const done = new Promise((resolve, reject) => {
    for (const stream of streams) stream.on("error", reject);
    const last = streams.at(-1);
    last.on("finish", resolve);
    if (last instanceof Readable) last.on("end", resolve);
    streams.reduce((from, to) => from.pipe(to));
  });
  if (callback) done.then(() => callback(), callback);
  return callback ? streams.at(-1) : done;
}

module.exports = Object.assign(Stream, {
  Stream,
  Readable,
  Writable,
  Duplex: Transform,
  Transform,
  PassThrough: Transform,
  pipeline,
});
module.exports.promises = { pipeline };
