// The module fs. Its functions do their work at once; those with a callback or a promise only answer later.
const sys = require("sys");
const { systemError, numbers } = require("errors");
const { Buffer, wrap } = require("node/buffer");
const { Stats, Dirent } = require("node/stats");
const { FLAGS, constants } = require("node/fs-constants");

const { O } = sys;

function check(result, name, path, dest) {
  if (typeof result === "number" && result < 0) throw systemError(-result, name, path, dest);
  return result;
}

function toPath(path) {
  if (typeof path === "string" || path instanceof Uint8Array) {
    const text = typeof path === "string" ? path : host.decode(path);
    if (!text.includes("\0")) return text;
    throw Object.assign(new TypeError("The argument 'path' must be a string without null bytes."), {
      code: "ERR_INVALID_ARG_VALUE",
    });
  }
  if (path instanceof URL) return require("node/url").fileURLToPath(path);
  const received = path === undefined ? "undefined" : require("node/inspect").inspect(path);
  throw Object.assign(
    new TypeError(
      `The "path" argument must be of type string or an instance of Buffer or URL. Received ${received}`,
    ),
    { code: "ERR_INVALID_ARG_TYPE" },
  );
}

const target = (file) => (typeof file === "number" ? file : toPath(file));
const encodingOf = (options) => (typeof options === "string" ? options : options?.encoding);
const openFlags = (flag) => (typeof flag === "number" ? flag : FLAGS[flag]);
const modeOf = (mode) => (typeof mode === "string" ? Number.parseInt(mode, 8) : mode);
const ms = (time) => (time instanceof Date ? time.getTime() : Number(time) * 1000);

function bytesOf(data, encoding) {
  if (typeof data === "string") return Buffer.from(data, encoding ?? "utf8");
  if (ArrayBuffer.isView(data)) return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  const error = new TypeError(
    'The "data" argument must be of type string or an instance of Buffer, TypedArray, or DataView.' +
      ` Received ${data === undefined ? "undefined" : require("node/inspect").inspect(data, { depth: 0 })}`,
  );
  throw Object.assign(error, { code: "ERR_INVALID_ARG_TYPE" });
}

function writeAll(fd, bytes) {
  let done = 0;
  while (done < bytes.length) done += check(sys.write(fd, bytes.subarray(done)), "write");
}

function writeTo(file, data, options, defaultFlag) {
  const bytes = bytesOf(data, encodingOf(options));
  if (typeof file === "number") return writeAll(file, bytes);
  const path = toPath(file);
  const fd = check(
    sys.open(path, openFlags(options?.flag ?? defaultFlag), modeOf(options?.mode ?? 0o666)),
    "open",
    path,
  );
  try {
    writeAll(fd, bytes);
  } finally {
    sys.close(fd);
  }
}

function stat(name, path, follow, options) {
  const found = sys.stat(target(path), follow);
  if (found === -numbers.ENOENT && options?.throwIfNoEntry === false) return undefined;
  return new Stats(check(found, name, typeof path === "number" ? undefined : toPath(path)), options);
}

function makeParents(path, mode) {
  const parent = require("paths").directory(path);
  const error = sys.mkdir(path, mode);
  if (error >= 0) return path;
  if (error === -numbers.ENOENT && parent !== path) {
    const first = makeParents(parent, mode);
    check(sys.mkdir(path, mode), "mkdir", path);
    return first ?? path;
  }
  const there = sys.stat(path);
  if (typeof there === "number" || (there.mode & 0o170000) !== 0o40000)
    throw systemError(-error, "mkdir", path);
  return undefined;
}

function list(path) {
  const entries = check(sys.readdir(path), "scandir", path);
  return entries
    .filter(({ name }) => name !== "." && name !== "..")
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

function walk(root, inside) {
  return list(inside === "" ? root : `${root}/${inside}`).flatMap(({ name, type }) => {
    const path = inside === "" ? name : `${inside}/${name}`;
    const entry = { path, dirent: new Dirent(name, type, inside === "" ? root : `${root}/${inside}`) };
    return type === 4 ? [entry, ...walk(root, path)] : [entry];
  });
}

function removeTree(path) {
  for (const { name, type } of list(path)) {
    if (type === 4) removeTree(`${path}/${name}`);
    else check(sys.unlink(`${path}/${name}`), "rm", path);
  }
  check(sys.rmdir(path), "rm", path);
}

function copyTree(from, to, options) {
  const found = stat("cp", from, options.dereference ?? false);
  if (found.isDirectory()) {
    if (!options.recursive) {
      throw Object.assign(new Error(`Recursive option not enabled, cannot copy a directory: ${from}`), {
        code: "ERR_FS_EISDIR",
      });
    }
    makeParents(to, found.mode & 0o777);
    for (const { name } of list(from)) copyTree(`${from}/${name}`, `${to}/${name}`, options);
  } else if (found.isSymbolicLink()) fs.symlinkSync(fs.readlinkSync(from), to);
  else fs.copyFileSync(from, to);
}

const fs = {
  readFileSync(file, options) {
    const path = target(file);
    const fd =
      typeof path === "number" ? path : check(sys.open(path, openFlags(options?.flag ?? "r")), "open", path);
    const bytes = sys.readAll(fd);
    if (typeof path !== "number") sys.close(fd);
    check(bytes, "read");
    const encoding = encodingOf(options);
    return encoding && encoding !== "buffer" ? wrap(bytes).toString(encoding) : wrap(bytes);
  },
  writeFileSync: (file, data, options) => writeTo(file, data, options, "w"),
  appendFileSync: (file, data, options) => writeTo(file, data, options, "a"),
  existsSync(path) {
    try {
      return sys.access(toPath(path), 0) >= 0;
    } catch {
      return false;
    }
  },
  accessSync: (path, mode = 0) => void check(sys.access(toPath(path), mode), "access", toPath(path)),
  statSync: (path, options) => stat("stat", path, true, options),
  lstatSync: (path, options) => stat("lstat", path, false, options),
  fstatSync: (fd, options) => stat("fstat", fd, true, options),
  openSync: (path, flag = "r", mode = 0o666) =>
    check(sys.open(toPath(path), openFlags(flag), modeOf(mode)), "open", toPath(path)),
  closeSync: (fd) => void check(sys.close(fd), "close"),
  readSync(fd, buffer, offset = 0, length = undefined, position = null) {
    const options = typeof offset === "object" && offset !== null ? offset : { offset, length, position };
    const from = options.offset ?? 0;
    const size = options.length ?? buffer.byteLength - from;
    const into = new Uint8Array(buffer.buffer, buffer.byteOffset + from, size);
    const at = options.position ?? null;
    return check(at === null || at < 0 ? sys.read(fd, into) : sys.pread(fd, into, Number(at)), "read");
  },
  writeSync(fd, data, offset, length, position) {
    if (typeof data === "string") {
      const bytes = Buffer.from(data, typeof length === "string" ? length : "utf8");
      return check(
        typeof offset === "number" ? sys.pwrite(fd, bytes, offset) : sys.write(fd, bytes),
        "write",
      );
    }
    const bytes = bytesOf(data).subarray(
      offset ?? 0,
      length === undefined || length === null ? undefined : (offset ?? 0) + length,
    );
    return check(
      typeof position === "number" ? sys.pwrite(fd, bytes, position) : sys.write(fd, bytes),
      "write",
    );
  },
  fsyncSync: (fd) => void check(sys.fsync(fd), "fsync"),
  truncateSync: (path, size = 0) => void check(sys.truncate(toPath(path), size), "truncate", toPath(path)),
  ftruncateSync: (fd, size = 0) => void check(sys.ftruncate(fd, size), "ftruncate"),
  readdirSync(path, options) {
    const directory = toPath(path);
    if (options?.recursive)
      return walk(directory, "").map(({ path: each, dirent }) => (options.withFileTypes ? dirent : each));
    return list(directory).map(({ name, type }) =>
      options?.withFileTypes ? new Dirent(name, type, directory) : name,
    );
  },
  mkdirSync(path, options) {
    const directory = toPath(path);
    const mode = modeOf((typeof options === "object" ? options?.mode : options) ?? 0o777);
    if (options?.recursive) return makeParents(require("node/path").resolve(directory), mode);
    check(sys.mkdir(directory, mode), "mkdir", directory);
    return undefined;
  },
  mkdtempSync(prefix) {
    const letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    const path = prefix + Array.from(sys.randomBytes(6), (byte) => letters[byte % letters.length]).join("");
    check(sys.mkdir(path, 0o700), "mkdtemp", `${prefix}XXXXXX`);
    return path;
  },
  rmdirSync: (path, options) =>
    options?.recursive
      ? fs.rmSync(path, options)
      : void check(sys.rmdir(toPath(path)), "rmdir", toPath(path)),
  rmSync(path, { recursive = false, force = false } = {}) {
    const name = toPath(path);
    const found = sys.stat(name, false);
    if (found === -numbers.ENOENT && force) return;
    const isDirectory = (check(found, "lstat", name).mode & 0o170000) === 0o40000;
    if (!isDirectory) return void check(sys.unlink(name), "rm", name);
    if (recursive) return removeTree(name);
    throw Object.assign(new Error(`Path is a directory: rm returned EISDIR (is a directory) ${name}`), {
      code: "ERR_FS_EISDIR",
      errno: numbers.EISDIR,
      syscall: "rm",
      path: name,
    });
  },
  unlinkSync: (path) => void check(sys.unlink(toPath(path)), "unlink", toPath(path)),
  renameSync: (from, to) =>
    void check(sys.rename(toPath(from), toPath(to)), "rename", toPath(from), toPath(to)),
  copyFileSync(from, to, mode = 0) {
    const [source, copy] = [toPath(from), toPath(to)];
    const bytes = sys.readAll(source);
    check(bytes, "copyfile", source, copy);
    const flags = O.WRONLY | O.CREAT | O.TRUNC | ((mode & 1) !== 0 ? O.EXCL : 0);
    const fd = check(sys.open(copy, flags, sys.stat(source).mode & 0o777), "copyfile", source, copy);
    writeAll(fd, bytes);
    sys.close(fd);
  },
  cpSync: (from, to, options = {}) => copyTree(toPath(from), toPath(to), options),
  symlinkSync: (to, path) =>
    void check(sys.symlink(toPath(to), toPath(path)), "symlink", toPath(to), toPath(path)),
  linkSync: (from, to) => void check(sys.link(toPath(from), toPath(to)), "link", toPath(from), toPath(to)),
  readlinkSync: (path) => check(sys.readlink(toPath(path)), "readlink", toPath(path)),
  realpathSync(path) {
    const name = toPath(path);
    const fd = check(sys.open(name, 0o10000000), "lstat", name);
    const result = sys.readlink(`/proc/self/fd/${fd}`);
    sys.close(fd);
    return result;
  },
  chmodSync: (path, mode) => void check(sys.chmod(toPath(path), modeOf(mode)), "chmod", toPath(path)),
  fchmodSync: (fd, mode) => void check(sys.fchmod(fd, modeOf(mode)), "fchmod"),
  chownSync: (path, uid, gid) => void check(sys.chown(toPath(path), uid, gid), "chown", toPath(path)),
  utimesSync: (path, atime, mtime) =>
    void check(
      sys.utimes(target(path), ms(atime), ms(mtime)),
      "utime",
      typeof path === "number" ? undefined : toPath(path),
    ),
  constants,
  Stats,
  Dirent,
  createReadStream: (path, options) => require("node/file-streams").createReadStream(path, options),
  createWriteStream: (path, options) => require("node/file-streams").createWriteStream(path, options),
  watch() {
    throw new Error("fs.watch is not available in this sandbox");
  },
};
Object.assign(fs, fs.constants);
fs.promises = { constants: fs.constants };
fs.fdatasyncSync = fs.fsyncSync;
fs.realpathSync.native = fs.realpathSync;
fs.futimesSync = fs.utimesSync;

for (const [name, work] of Object.entries(fs)) {
  if (!name.endsWith("Sync")) continue;
  const base = name.slice(0, -4);
  fs.promises[base] = async (...args) => work(...args);
  fs[base] = (...args) => {
    const callback = args.pop();
    if (typeof callback !== "function") {
      throw Object.assign(new TypeError(`The "cb" argument must be of type function. Received ${callback}`), {
        code: "ERR_INVALID_ARG_TYPE",
      });
    }
    let answer;
    try {
      answer = [null, work(...args)];
    } catch (error) {
      answer = [error];
    }
    require("node/timers").setImmediate(callback, ...answer);
  };
}
fs.exists = (path, callback) => require("node/timers").setImmediate(callback, fs.existsSync(path));
fs.promises.open = async (path, flag, mode) => {
  const { FileHandle } = require("node/file-streams");
  return new FileHandle(fs.openSync(path, flag, mode));
};
module.exports = fs;
