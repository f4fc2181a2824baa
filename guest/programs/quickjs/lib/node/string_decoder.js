// The module string_decoder: texts from bytes that come in pieces.
const { Buffer } = require("node/buffer");

/** How many bytes at the end of `bytes` begin a UTF-8 sequence that does not end there. */
function incomplete(bytes) {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back];
    if ((byte & 0xc0) === 0x80) continue;
    const size = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1;
    return size > back ? back : 0;
  }
  return 0;
}

class StringDecoder {
  #rest = Buffer.alloc(0);
  constructor(encoding = "utf8") {
    this.encoding = encoding.toLowerCase().replace("-", "");
  }
  write(chunk) {
    const bytes = this.#rest.length > 0 ? Buffer.concat([this.#rest, chunk]) : Buffer.from(chunk);
    const keep =
      this.encoding === "utf8" ? incomplete(bytes) : this.encoding === "base64" ? bytes.length % 3 : 0;
    this.#rest = bytes.subarray(bytes.length - keep);
    return bytes.subarray(0, bytes.length - keep).toString(this.encoding);
  }
  end(chunk) {
    const text =
      (chunk ? this.write(chunk) : "") + (this.#rest.length > 0 ? this.#rest.toString(this.encoding) : "");
    this.#rest = Buffer.alloc(0);
    return text;
  }
}
exports.StringDecoder = StringDecoder;
