// The module buffer: Buffer with the encodings utf8, latin1, ascii, hex, base64, base64url and utf16le.
const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const VALUES = new Map([...LETTERS].map((letter, value) => [letter, value]));
VALUES.set("-", 62).set("_", 63);

const chars = (bytes, mask) => {
  let text = "";
  for (let at = 0; at < bytes.length; at += 4096) {
    text += String.fromCharCode(...bytes.subarray(at, at + 4096).map((byte) => byte & mask));
  }
  return text;
};
const latin1 = {
  encode: (text) => Uint8Array.from(text, (char) => char.charCodeAt(0)),
  decode: (bytes) => chars(bytes, 0xff),
};
const base64 = (alphabet, padding) => ({
  encode(text) {
    const out = [];
    let bits = 0;
    let count = 0;
    for (const letter of text) {
      if (letter === "=") break;
      const value = VALUES.get(letter);
      if (value === undefined) continue;
      bits = ((bits << 6) | value) & 0xffffff;
      count += 6;
      if (count >= 8) {
        count -= 8;
        out.push((bits >> count) & 0xff);
      }
    }
    return Uint8Array.from(out);
  },
  decode(bytes) {
    let text = "";
    for (let at = 0; at < bytes.length; at += 3) {
      const left = Math.min(3, bytes.length - at);
      const word = (bytes[at] << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0);
      for (let place = 0; place <= left; place++) text += alphabet[(word >> (18 - 6 * place)) & 63];
      if (padding) text += "=".repeat(3 - left);
    }
    return text;
  },
});

const CODECS = {
  utf8: { encode: (text) => host.encode(text), decode: (bytes) => host.decode(bytes) },
  latin1,
  ascii: { encode: latin1.encode, decode: (bytes) => chars(bytes, 0x7f) },
  hex: {
    encode(text) {
      const pairs = /^(?:[0-9a-fA-F]{2})*/.exec(text)[0].match(/../g) ?? [];
      return Uint8Array.from(pairs, (pair) => Number.parseInt(pair, 16));
    },
    decode: (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join(""),
  },
  base64: base64(LETTERS, true),
  base64url: base64(`${LETTERS.slice(0, 62)}-_`, false),
  utf16le: {
    encode: (text) => new Uint8Array(Uint16Array.from(text.split(""), (char) => char.charCodeAt(0)).buffer),
    decode: (bytes) => {
      const units = new Uint16Array(bytes.slice(0, bytes.length & ~1).buffer);
      return Array.from(units, (unit) => String.fromCharCode(unit)).join("");
    },
  },
};
const ALIASES = {
  "utf-8": "utf8",
  binary: "latin1",
  ucs2: "utf16le",
  "ucs-2": "utf16le",
  "utf-16le": "utf16le",
};

function codec(encoding = "utf8") {
  const name = String(encoding).toLowerCase();
  const found = CODECS[ALIASES[name] ?? name];
  if (found === undefined) {
    throw Object.assign(new TypeError(`Unknown encoding: ${encoding}`), { code: "ERR_UNKNOWN_ENCODING" });
  }
  return found;
}

const asBytes = (value, encoding) => (typeof value === "string" ? Buffer.from(value, encoding) : value);

class Buffer extends Uint8Array {
  static from(value, encodingOrOffset, length) {
    if (typeof value === "string") return wrap(codec(encodingOrOffset).encode(value));
    if (value instanceof ArrayBuffer) return new Buffer(value, encodingOrOffset, length);
    if (value?.type === "Buffer" && Array.isArray(value.data)) return Buffer.from(value.data);
    if (typeof value === "number" || value === null || value === undefined) {
      throw new TypeError(
        "The first argument must be of type string or an instance of Buffer, ArrayBuffer, or Array or an Array-like Object.",
      );
    }
    return wrap(Uint8Array.from(value));
  }
  static alloc(size, fill, encoding) {
    const buffer = new Buffer(size);
    return fill === undefined ? buffer : buffer.fill(fill, 0, size, encoding);
  }
  static allocUnsafe(size) {
    return new Buffer(size);
  }
  static concat(list, total = list.reduce((sum, { length }) => sum + length, 0)) {
    const all = new Buffer(total);
    let at = 0;
    for (const part of list) {
      all.set(part.subarray(0, Math.max(0, total - at)), at);
      at += part.length;
    }
    return all;
  }
  static isBuffer(value) {
    return value instanceof Buffer;
  }
  static isEncoding(encoding) {
    const name = String(encoding).toLowerCase();
    return Object.hasOwn(CODECS, ALIASES[name] ?? name);
  }
  static byteLength(value, encoding) {
    return typeof value === "string" ? codec(encoding).encode(value).length : value.byteLength;
  }
  static compare(a, b) {
    const length = Math.min(a.length, b.length);
    for (let at = 0; at < length; at++) if (a[at] !== b[at]) return a[at] < b[at] ? -1 : 1;
    return Math.sign(a.length - b.length);
  }

  toString(encoding, start = 0, end = this.length) {
    return codec(encoding).decode(super.subarray(start, end));
  }
  toJSON() {
    return { type: "Buffer", data: [...this] };
  }
  equals(other) {
    return Buffer.compare(this, other) === 0;
  }
  compare(other) {
    return Buffer.compare(this, other);
  }
  subarray(start, end) {
    const part = super.subarray(start, end);
    return new Buffer(part.buffer, part.byteOffset, part.length);
  }
  slice(start, end) {
    return this.subarray(start, end);
  }
  write(text, offset = 0, length = this.length - offset, encoding = "utf8") {
    if (typeof offset === "string") return this.write(text, 0, this.length, offset);
    if (typeof length === "string") return this.write(text, offset, this.length - offset, length);
    const bytes = codec(encoding).encode(text).subarray(0, length);
    this.set(bytes, offset);
    return bytes.length;
  }
  copy(target, at = 0, start = 0, end = this.length) {
    const part = super.subarray(start, Math.min(end, start + target.length - at));
    target.set(part, at);
    return part.length;
  }
  fill(value, start = 0, end = this.length, encoding = "utf8") {
    if (typeof value === "number") return super.fill(value, start, end);
    const pattern = asBytes(value, encoding);
    if (pattern.length === 0) return super.fill(0, start, end);
    for (let at = start; at < end; at++) this[at] = pattern[(at - start) % pattern.length];
    return this;
  }
  indexOf(value, from = 0, encoding = "utf8") {
    if (typeof value === "number") return super.indexOf(value & 0xff, from);
    const wanted = asBytes(value, encoding);
    for (
      let at = from < 0 ? Math.max(0, this.length + from) : from;
      at + wanted.length <= this.length;
      at++
    ) {
      if (wanted.every((byte, index) => this[at + index] === byte)) return at;
    }
    return -1;
  }
  includes(value, from, encoding) {
    return this.indexOf(value, from, encoding) >= 0;
  }
  readUIntBE(at, size) {
    return super.subarray(at, at + size).reduce((sum, byte) => sum * 256 + byte, 0);
  }
  readUIntLE(at, size) {
    return super.subarray(at, at + size).reduceRight((sum, byte) => sum * 256 + byte, 0);
  }
  [Symbol.for("nodejs.util.inspect.custom")]() {
    const shown = Array.from(super.subarray(0, 50), (byte) => byte.toString(16).padStart(2, "0")).join(" ");
    const more = this.length - 50;
    return `<Buffer${shown && ` ${shown}`}${more > 0 ? ` ... ${more} more byte${more > 1 ? "s" : ""}` : ""}>`;
  }
}

const wrap = (bytes) => new Buffer(bytes.buffer, bytes.byteOffset, bytes.length);

/** readInt16LE and so on, over DataView. */
for (const [type, size] of Object.entries({
  Int8: 1,
  Uint8: 1,
  Int16: 2,
  Uint16: 2,
  Int32: 4,
  Uint32: 4,
  Float32: 4,
  Float64: 8,
  BigInt64: 8,
  BigUint64: 8,
})) {
  const name = type
    .replace("Uint", "UInt")
    .replace("Float32", "Float")
    .replace("Float64", "Double")
    .replace("BigUInt", "BigUInt");
  for (const suffix of size === 1 ? [""] : ["LE", "BE"]) {
    const little = suffix === "LE";
    const view = (buffer) => new DataView(buffer.buffer, buffer.byteOffset, buffer.length);
    const read = function (at = 0) {
      return view(this)[`get${type}`](at, little);
    };
    const write = function (value, at = 0) {
      view(this)[`set${type}`](at, value, little);
      return at + size;
    };
    for (const alias of [name, name.replace("UInt", "Uint")]) {
      Object.defineProperty(Buffer.prototype, `read${alias}${suffix}`, {
        value: read,
        writable: true,
        configurable: true,
      });
      Object.defineProperty(Buffer.prototype, `write${alias}${suffix}`, {
        value: write,
        writable: true,
        configurable: true,
      });
    }
  }
}
Buffer.poolSize = 8192;

class TextEncoder {
  encoding = "utf-8";
  encode(text = "") {
    return host.encode(String(text));
  }
}
class TextDecoder {
  encoding = "utf-8";
  decode(bytes = new Uint8Array(0)) {
    return host.decode(bytes instanceof ArrayBuffer ? new Uint8Array(bytes) : bytes).replace(/^\ufeff/, "");
  }
}
module.exports = { Buffer, TextEncoder, TextDecoder, wrap, kMaxLength: 2 ** 32 };
