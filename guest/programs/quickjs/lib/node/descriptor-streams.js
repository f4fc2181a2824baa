// Streams over file descriptors, driven by the event loop.
const sys = require("sys");
const loop = require("loop");
const { systemError, numbers } = require("errors");
const { Readable, Writable } = require("node/stream");

class DescriptorReadable extends Readable {
  #watcher;
  constructor(fd, { closes = true } = {}) {
    super();
    this.fd = fd;
    this.closes = closes;
  }
  get isTTY() {
    return sys.isatty(this.fd) || undefined;
  }
  _read() {
    this.#watcher = loop.watch(this.fd, "read", () => this.#take());
  }
  #take() {
    const chunk = new Uint8Array(65536);
    const count = sys.read(this.fd, chunk);
    if (count === -numbers.EAGAIN) return;
    if (count > 0) {
      this.push(chunk.subarray(0, count));
      return;
    }
    this.#stop();
    if (count < 0) this.destroy(systemError(-count, "read"));
    else this.push(null);
  }
  #stop() {
    loop.watch(this.fd, "read", null);
    this.#watcher = undefined;
    if (this.closes) sys.close(this.fd);
  }
  pause() {
    if (this.#watcher) loop.watch(this.fd, "read", null);
    return super.pause();
  }
  resume() {
    if (this.#watcher) this._read();
    return super.resume();
  }
  destroy(error) {
    if (this.#watcher) this.#stop();
    return super.destroy(error);
  }
  unref() {
    if (this.#watcher) this.#watcher.ref = false;
    return this;
  }
}

/** Writes at once; what nobody takes yet waits in the host. */
class DescriptorWritable extends Writable {
  constructor(fd, { closes = true } = {}) {
    super();
    this.fd = fd;
    this.closes = closes;
  }
  get isTTY() {
    return sys.isatty(this.fd) || undefined;
  }
  _write(chunk, _encoding, done) {
    const result = host.write(this.fd, chunk);
    done(result < 0 ? systemError(-result, "write") : undefined);
  }
  _final(done) {
    if (this.closes) {
      host.flush();
      sys.close(this.fd);
    }
    done();
  }
}

module.exports = { DescriptorReadable, DescriptorWritable };
