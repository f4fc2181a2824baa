// The module util.
const { format } = require("node/format");
const { inspect } = require("node/inspect");
const { TextEncoder, TextDecoder } = require("node/buffer");
const { isDeepEqual } = require("node/deep-equal");

const custom = Symbol.for("nodejs.util.promisify.custom");

function promisify(original) {
  if (original[custom]) return original[custom];
  return function (...args) {
    return new Promise((resolve, reject) =>
      original.call(this, ...args, (error, value) => (error ? reject(error) : resolve(value))),
    );
  };
}
promisify.custom = custom;

const is = (type) => (value) => value instanceof type;

module.exports = {
  inspect,
  format,
  promisify,
  callbackify:
    (original) =>
    (...args) => {
      const callback = args.pop();
      original(...args).then(
        (value) => process.nextTick(callback, null, value),
        (error) => process.nextTick(callback, error),
      );
    },
  inherits(constructor, parent) {
    constructor.super_ = parent;
    Object.setPrototypeOf(constructor.prototype, parent.prototype);
  },
  deprecate: (original) => original,
  debuglog: () => () => {},
  isDeepStrictEqual: (a, b) => isDeepEqual(a, b, true),
  isArray: Array.isArray,
  stripVTControlCharacters: (text) => text.replace(/\x1b\[[0-9;]*[A-Za-z]/g, ""),
  parseArgs: (config) => require("node/parse-args").parseArgs(config),
  types: {
    isDate: is(Date),
    isRegExp: is(RegExp),
    isPromise: is(Promise),
    isMap: is(Map),
    isSet: is(Set),
    isNativeError: is(Error),
    isTypedArray: (value) => ArrayBuffer.isView(value) && !(value instanceof DataView),
    isUint8Array: is(Uint8Array),
    isArrayBuffer: is(ArrayBuffer),
    isAsyncFunction: (value) => Object.prototype.toString.call(value) === "[object AsyncFunction]",
    isGeneratorFunction: (value) => Object.prototype.toString.call(value) === "[object GeneratorFunction]",
  },
  TextEncoder,
  TextDecoder,
};
