// The module crypto: random numbers.
const sys = require("sys");
const { wrap } = require("node/buffer");

const randomBytes = (size, callback) => {
  const bytes = wrap(sys.randomBytes(size));
  if (callback === undefined) return bytes;
  process.nextTick(callback, null, bytes);
  return undefined;
};

function randomInt(min, max) {
  if (max === undefined) return randomInt(0, min);
  const [high, low] = new Uint32Array(sys.randomBytes(8).buffer);
  return min + Math.floor((((high >>> 11) * 0x1_0000_0000 + low) / 2 ** 53) * (max - min));
}

function randomUUID() {
  const bytes = randomBytes(16);
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  return bytes.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

function getRandomValues(array) {
  new Uint8Array(array.buffer, array.byteOffset, array.byteLength).set(sys.randomBytes(array.byteLength));
  return array;
}

function timingSafeEqual(a, b) {
  if (a.length !== b.length) throw new RangeError("Input buffers must have the same byte length");
  return a.reduce((difference, byte, index) => difference | (byte ^ b[index]), 0) === 0;
}

const absent = (name) => () => {
  throw new Error(
    `crypto.${name} is not available in this sandbox: run sha256sum, md5sum and the like instead`,
  );
};
module.exports = {
  randomBytes,
  randomInt,
  randomUUID,
  getRandomValues,
  timingSafeEqual,
  webcrypto: { getRandomValues, randomUUID },
  ...Object.fromEntries(
    [
      "createHash",
      "createHmac",
      "createCipheriv",
      "createDecipheriv",
      "pbkdf2Sync",
      "scryptSync",
      "hash",
    ].map((name) => [name, absent(name)]),
  ),
};
