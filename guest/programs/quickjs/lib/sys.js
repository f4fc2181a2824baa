// System calls. All return what Linux returns, a negative number for an error, unless they say otherwise.
const AT_FDCWD = -100;
const STATX_SIZE = 256;
const DIRECTORY_BYTES = 32768;

const call = host.call;

exports.O = {
  RDONLY: 0,
  WRONLY: 1,
  RDWR: 2,
  CREAT: 0o100,
  EXCL: 0o200,
  TRUNC: 0o1000,
  APPEND: 0o2000,
  NONBLOCK: 0o4000,
  DIRECTORY: 0o200000,
  NOFOLLOW: 0o400000,
  CLOEXEC: 0o2000000,
};

exports.open = (path, flags, mode = 0o666) => call(56, AT_FDCWD, path, flags | exports.O.CLOEXEC, mode);
exports.close = (fd) => call(57, fd);
exports.read = (fd, view) => call(63, fd, view, view.byteLength);
exports.pread = (fd, view, at) => call(67, fd, view, view.byteLength, ...words(at));
exports.pwrite = (fd, view, at) => call(68, fd, view, view.byteLength, ...words(at));
exports.mkdir = (path, mode) => call(34, AT_FDCWD, path, mode);
exports.rmdir = (path) => call(35, AT_FDCWD, path, 0x200);
exports.unlink = (path) => call(35, AT_FDCWD, path, 0);
exports.rename = (from, to) => call(38, AT_FDCWD, from, AT_FDCWD, to);
exports.symlink = (target, path) => call(36, target, AT_FDCWD, path);
exports.link = (from, to) => call(37, AT_FDCWD, from, AT_FDCWD, to, 0);
exports.chmod = (path, mode) => call(53, AT_FDCWD, path, mode);
exports.fchmod = (fd, mode) => call(52, fd, mode);
exports.chown = (path, uid, gid) => call(54, AT_FDCWD, path, uid, gid, 0);
exports.access = (path, mode) => call(48, AT_FDCWD, path, mode);
exports.truncate = (path, size) => call(45, path, ...words(size));
exports.ftruncate = (fd, size) => call(46, fd, ...words(size));
exports.fsync = (fd) => call(82, fd);
exports.chdir = (path) => call(49, path);
exports.umask = (mask) => call(166, mask);
exports.kill = (pid, signal) => call(129, pid, signal);
exports.dup = (fd) => call(23, fd);
exports.dup2 = (fd, to) => (fd === to ? to : call(24, fd, to, 0));
exports.getpid = () => call(172);
exports.getppid = () => call(173);
exports.getuid = () => call(174);
exports.geteuid = () => call(175);
exports.getgid = () => call(176);
exports.getegid = () => call(177);

/** A number as the two words of a 64-bit argument. */
function words(number) {
  return [number | 0, Math.floor(number / 0x1_0000_0000)];
}

/** Writes all of a view, from where a script cannot be suspended. Its length, or a negative error. */
exports.write = function write(fd, view) {
  host.flush();
  return call(64, fd, view, view.byteLength);
};

/** The new place in a file, or a negative error. */
exports.seek = function seek(fd, offset, whence) {
  const result = new BigInt64Array(1);
  const [low, high] = words(offset);
  const error = call(62, fd, high, low, result, whence);
  return error < 0 ? error : Number(result[0]);
};

/** Two descriptors, or a negative error. */
exports.pipe = function pipe() {
  const pair = new Int32Array(2);
  const error = call(59, pair, exports.O.CLOEXEC);
  return error < 0 ? error : [pair[0], pair[1]];
};

/** A text, or a negative error. */
exports.readlink = function readlink(path) {
  const buffer = new Uint8Array(4096);
  const length = call(78, AT_FDCWD, path, buffer, buffer.length);
  return length < 0 ? length : host.decode(buffer.subarray(0, length));
};

exports.getcwd = function getcwd() {
  const buffer = new Uint8Array(4096);
  const length = call(17, buffer, buffer.length);
  return length < 0 ? length : host.decode(buffer.subarray(0, length - 1));
};

/** What stat(2) knows, with times in milliseconds, or a negative error. `target`: a path or a descriptor. */
exports.stat = function stat(target, follow = true) {
  const buffer = new ArrayBuffer(STATX_SIZE);
  const error =
    typeof target === "number"
      ? call(291, target, "", 0x1000, 0xfff, buffer)
      : call(291, AT_FDCWD, target, follow ? 0 : 0x100, 0xfff, buffer);
  if (error < 0) return error;
  const view = new DataView(buffer);
  const u32 = (at) => view.getUint32(at, true);
  const u64 = (at) => u32(at) + u32(at + 4) * 0x1_0000_0000;
  const time = (at) => (u32(at) + view.getInt32(at + 4, true) * 0x1_0000_0000) * 1000 + u32(at + 8) / 1e6;
  return {
    dev: (u32(136) << 8) | u32(140),
    ino: u64(32),
    mode: view.getUint16(28, true),
    nlink: u32(16),
    uid: u32(20),
    gid: u32(24),
    rdev: (u32(128) << 8) | u32(132),
    size: u64(40),
    blksize: u32(4),
    blocks: u64(48),
    atime: time(64),
    mtime: time(112),
    ctime: time(96),
    birthtime: time(80),
  };
};

/** Names with their types (DT_*), `.` and `..` among them, or a negative error. */
exports.readdir = function readdir(path) {
  const fd = exports.open(path, exports.O.DIRECTORY);
  if (fd < 0) return fd;
  const entries = [];
  const bytes = new Uint8Array(DIRECTORY_BYTES);
  const view = new DataView(bytes.buffer);
  for (;;) {
    const length = call(61, fd, bytes, bytes.length);
    if (length <= 0) {
      exports.close(fd);
      return length < 0 ? length : entries;
    }
    for (let at = 0; at < length; at += view.getUint16(at + 16, true)) {
      const end = bytes.indexOf(0, at + 19);
      entries.push({ name: host.decode(bytes.subarray(at + 19, end)), type: bytes[at + 18] });
    }
  }
};

/** Sets the times of a file (ms). */
exports.utimes = function utimes(target, atime, mtime, follow = true) {
  const times = new BigInt64Array(4);
  [atime, mtime].forEach((ms, index) => {
    const seconds = Math.floor(ms / 1000);
    times[2 * index] = BigInt(seconds);
    times[2 * index + 1] = BigInt(Math.round((ms - seconds * 1000) * 1e6));
  });
  if (typeof target === "number") return call(412, target, 0, times, 0);
  return call(412, AT_FDCWD, target, times, follow ? 0 : 0x100);
};

/** Everything in a file or behind a descriptor as bytes, or a negative error. */
exports.readAll = function readAll(target) {
  const own = typeof target !== "number";
  const fd = own ? exports.open(target, exports.O.RDONLY) : target;
  if (fd < 0) return fd;
  const known = exports.stat(fd);
  const chunks = [];
  let size = typeof known === "number" || known.size === 0 ? 65536 : known.size + 1;
  let count;
  for (;;) {
    const chunk = new Uint8Array(size);
    count = exports.read(fd, chunk);
    if (count <= 0) break;
    chunks.push(chunk.subarray(0, count));
    size = 65536;
  }
  if (own) exports.close(fd);
  if (count < 0) return count;
  return chunks.length === 1 ? chunks[0] : exports.concatenate(chunks);
};

/** A new array of all parts, with a buffer of its own. */
exports.concatenate = function concatenate(parts) {
  const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
};

exports.sleep = function sleep(ms) {
  const seconds = Math.floor(ms / 1000);
  const time = new BigInt64Array([BigInt(seconds), BigInt(Math.round((ms - seconds * 1000) * 1e6))]);
  return call(407, 1, 0, time, 0);
};

/** How a child has ended: `[pid, status]`; pid 0 when it has not, negative for an error. */
exports.waitpid = function waitpid(pid, options) {
  const status = new Int32Array(1);
  const result = call(260, pid, status, options, 0);
  return [result, status[0]];
};

exports.isatty = (fd) => call(29, fd, 0x5401, new Uint8Array(64)) === 0;

/** A signal's action: 0 the default, 1 ignored, anything else: the event loop is told. */
exports.setSignalAction = function setSignalAction(signal, handler) {
  return call(134, signal, new Uint32Array([handler, 0, 0, 0, 0, 0]), 0, 8);
};

exports.randomBytes = function randomBytes(size) {
  const bytes = new Uint8Array(size);
  call(278, bytes, size, 0);
  return bytes;
};

/** The variables of the process as they were at its start. */
exports.environ = function environ() {
  const variables = {};
  if (host.environ === "") return variables;
  for (const item of host.environ.split("\0")) {
    const equals = item.indexOf("=");
    if (equals > 0) variables[item.slice(0, equals)] = item.slice(equals + 1);
  }
  return variables;
};

exports.argv = () => host.argv.split("\0");

/** Which of some descriptors are ready, for `[fd, events]` each; undefined when the time (ms) is over. */
exports.poll = function poll(items, ms) {
  const fds = new Int32Array(items.flat());
  const limited = ms !== Number.POSITIVE_INFINITY;
  const left = Math.max(0, limited ? ms : 0);
  const seconds = Math.floor(left / 1000);
  const time = new BigInt64Array([BigInt(seconds), BigInt(Math.round((left - seconds * 1000) * 1e6))]);
  const count = call(414, fds, items.length, limited ? time : 0, 0, 8);
  if (count === 0) return undefined;
  return items.map((_item, index) => fds[2 * index + 1] >>> 16 !== 0);
};

exports.setNonBlocking = (fd) => call(25, fd, 4, call(25, fd, 3, 0) | exports.O.NONBLOCK);
