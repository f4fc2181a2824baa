// fs.Stats and fs.Dirent.
const TYPES = {
  isFIFO: 1,
  isCharacterDevice: 2,
  isDirectory: 4,
  isBlockDevice: 6,
  isFile: 8,
  isSymbolicLink: 10,
  isSocket: 12,
};

class Stats {
  constructor({ atime, mtime, ctime, birthtime, ...fields }, options) {
    const number = (value) => (options?.bigint ? BigInt(Math.trunc(value)) : value);
    for (const [name, value] of Object.entries(fields)) this[name] = number(value);
    const times = { atime, mtime, ctime, birthtime };
    for (const [name, time] of Object.entries(times)) this[`${name}Ms`] = number(time);
    for (const [name, time] of Object.entries(times)) this[name] = new Date(time);
  }
}

class Dirent {
  #type;
  constructor(name, type, parentPath) {
    this.name = name;
    this.parentPath = parentPath;
    this.path = parentPath;
    this.#type = type;
  }
  /** DT_*. */
  static typeOf(dirent) {
    return dirent.#type;
  }
}

for (const [name, type] of Object.entries(TYPES)) {
  const hidden = (value) => ({ value, configurable: true, writable: true });
  Object.defineProperty(
    Stats.prototype,
    name,
    hidden(function () {
      return ((Number(this.mode) >> 12) & 15) === type;
    }),
  );
  Object.defineProperty(
    Dirent.prototype,
    name,
    hidden(function () {
      return Dirent.typeOf(this) === type;
    }),
  );
}

module.exports = { Stats, Dirent };
