// Streams over files, and fs.promises' file handles.
const fs = require("node/fs");
const { Readable, Writable } = require("node/stream");

exports.createReadStream = function createReadStream(path, options = {}) {
  const { start, end = Number.POSITIVE_INFINITY, highWaterMark = 65536, fd: given } = options;
  const stream = new Readable({});
  const encoding = typeof options === "string" ? options : options.encoding;
  if (encoding) stream.setEncoding(encoding);
  stream.path = path;
  let at = start ?? 0;
  let fd;
  const step = () => {
    if (stream.destroyed) return fs.closeSync(fd);
    const chunk = new Uint8Array(Math.min(highWaterMark, end - at + 1));
    let count;
    try {
      count = chunk.length === 0 ? 0 : fs.readSync(fd, chunk, 0, chunk.length, at);
    } catch (error) {
      return stream.destroy(error);
    }
    at += count;
    if (count > 0) {
      stream.push(chunk.subarray(0, count));
      setImmediate(step);
    } else {
      if (given === undefined) fs.closeSync(fd);
      stream.push(null);
    }
  };
  stream._read = () => {
    try {
      fd = given ?? fs.openSync(path, "r");
    } catch (error) {
      return stream.destroy(error);
    }
    stream.emit("open", fd);
    step();
  };
  return stream;
};

exports.createWriteStream = function createWriteStream(path, options = {}) {
  const stream = new Writable({
    write(chunk, _encoding, done) {
      if (fd === undefined) return done();
      try {
        fs.writeSync(fd, chunk);
        stream.bytesWritten += chunk.length;
        done();
      } catch (error) {
        done(error);
      }
    },
    final(done) {
      if (fd !== undefined) fs.closeSync(fd);
      done();
    },
  });
  stream.path = path;
  stream.bytesWritten = 0;
  let fd;
  try {
    fd = options.fd ?? fs.openSync(path, options.flags ?? "w", options.mode);
    process.nextTick(() => stream.emit("open", fd));
  } catch (error) {
    process.nextTick(() => stream.emit("error", error));
  }
  return stream;
};

class FileHandle {
  constructor(fd) {
    this.fd = fd;
  }
  async readFile(options) {
    return fs.readFileSync(this.fd, options);
  }
  async writeFile(data, options) {
    return fs.writeFileSync(this.fd, data, options);
  }
  async appendFile(data, options) {
    return fs.writeFileSync(this.fd, data, options);
  }
  async read(buffer, offset, length, position) {
    return { bytesRead: fs.readSync(this.fd, buffer, offset, length, position), buffer };
  }
  async write(data, ...rest) {
    return { bytesWritten: fs.writeSync(this.fd, data, ...rest), buffer: data };
  }
  async stat() {
    return fs.fstatSync(this.fd);
  }
  async truncate(size) {
    fs.ftruncateSync(this.fd, size);
  }
  async close() {
    fs.closeSync(this.fd);
  }
  readLines() {
    return require("node/readline").createInterface({ input: exports.createReadStream("", { fd: this.fd }) });
  }
}
exports.FileHandle = FileHandle;
