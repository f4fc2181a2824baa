// The FILE objects of std: standard output is written at once, what is read is read ahead.
const sys = require("sys");
const spawn = require("spawn");
const { sprintf } = require("qjs/format");

const CHUNK = 65536;
const NEWLINE = 10;

class FILE {
  #fd;
  #pid;
  #buffer = new Uint8Array(0);
  #at = 0;
  #eof = false;
  #error = false;

  /** `pid`: the child that is at the other end of a pipe. */
  constructor(fd, pid) {
    this.#fd = fd;
    this.#pid = pid;
  }

  close() {
    const error = sys.close(this.#fd);
    this.#fd = -1;
    if (this.#pid === undefined) return error;
    return sys.waitpid(this.#pid, 0)[1];
  }
  fileno() {
    return this.#fd;
  }
  eof() {
    return this.#eof;
  }
  error() {
    return this.#error;
  }
  clearerr() {
    this.#eof = false;
    this.#error = false;
  }
  flush() {
    host.flush();
  }
  setvbuf() {}

  puts(...texts) {
    for (const text of texts) this.#put(host.encode(String(text)));
  }
  printf(format, ...args) {
    this.puts(sprintf(format, ...args));
  }
  putByte(byte) {
    this.#put(Uint8Array.of(byte));
  }
  write(buffer, position = 0, length = buffer.byteLength - position) {
    this.#put(new Uint8Array(buffer, position, length));
    return length;
  }

  read(buffer, position = 0, length = buffer.byteLength - position) {
    const into = new Uint8Array(buffer, position, length);
    let done = 0;
    while (done < length && this.#fill()) {
      const part = this.#buffer.subarray(this.#at, this.#at + length - done);
      into.set(part, done);
      this.#at += part.length;
      done += part.length;
    }
    return done;
  }
  getByte() {
    return this.#fill() ? this.#buffer[this.#at++] : -1;
  }
  /** The next line without its end; null when there is none. */
  getline() {
    const parts = [];
    while (this.#fill()) {
      const end = this.#buffer.indexOf(NEWLINE, this.#at);
      parts.push(this.#buffer.subarray(this.#at, end < 0 ? undefined : end));
      this.#at = end < 0 ? this.#buffer.length : end + 1;
      if (end >= 0) return host.decode(sys.concatenate(parts));
    }
    return parts.length > 0 ? host.decode(sys.concatenate(parts)) : null;
  }
  readAsArrayBuffer(max = Number.POSITIVE_INFINITY) {
    const parts = [];
    let size = 0;
    while (size < max && this.#fill()) {
      const part = this.#buffer.subarray(this.#at, Math.min(this.#buffer.length, this.#at + max - size));
      parts.push(part);
      this.#at += part.length;
      size += part.length;
    }
    return sys.concatenate(parts).buffer;
  }
  readAsString(max) {
    return host.decode(this.readAsArrayBuffer(max));
  }

  seek(offset, whence) {
    const ahead = whence === 1 ? this.#buffer.length - this.#at : 0;
    this.#drop();
    const result = sys.seek(this.#fd, Number(offset) - ahead, whence);
    return result < 0 ? result : 0;
  }
  tell() {
    return sys.seek(this.#fd, 0, 1) - (this.#buffer.length - this.#at);
  }
  tello() {
    return BigInt(this.tell());
  }

  #put(bytes) {
    this.#error ||= host.write(this.#fd, bytes) < 0;
  }
  #drop() {
    this.#buffer = new Uint8Array(0);
    this.#at = 0;
    this.#eof = false;
  }
  #fill() {
    if (this.#at < this.#buffer.length) return true;
    const next = new Uint8Array(CHUNK);
    const count = sys.read(this.#fd, next);
    this.#error ||= count < 0;
    this.#eof = count === 0;
    this.#buffer = next.subarray(0, Math.max(0, count));
    this.#at = 0;
    return count > 0;
  }
}

/** open(2)'s flags for fopen(3)'s mode; undefined when it is none. */
exports.modeFlags = function modeFlags(mode) {
  const { RDONLY, WRONLY, RDWR, CREAT, TRUNC, APPEND, EXCL } = sys.O;
  const kinds = { r: 0, w: CREAT | TRUNC, a: CREAT | APPEND };
  const [kind] = mode;
  if (!Object.hasOwn(kinds, kind) || !/^[+bxe]*$/.test(mode.slice(1))) return undefined;
  const access = mode.includes("+") ? RDWR : kind === "r" ? RDONLY : WRONLY;
  return access | kinds[kind] | (mode.includes("x") ? EXCL : 0);
};

/** popen(3): a FILE, or a negative error. */
exports.popen = function popen(command, mode, env) {
  const [reader, writer] = sys.pipe();
  const reads = mode.startsWith("r");
  const pid = spawn.spawn({
    file: "/bin/sh",
    argv: ["sh", "-c", command],
    env,
    descriptors: [reads ? [1, writer] : [0, reader]],
  });
  sys.close(reads ? writer : reader);
  if (pid >= 0) return new FILE(reads ? reader : writer, pid);
  sys.close(reads ? reader : writer);
  return pid;
};

exports.FILE = FILE;
