// The module assert.
const { inspect } = require("node/inspect");
const { isDeepEqual } = require("node/deep-equal");

class AssertionError extends Error {
  constructor({ message, actual, expected, operator, generated = message === undefined }) {
    super(message ?? `${inspect(actual)} ${operator} ${inspect(expected)}`);
    this.name = "AssertionError";
    this.code = "ERR_ASSERTION";
    Object.assign(this, { generatedMessage: generated, actual, expected, operator });
  }
  toString() {
    return `${this.name} [${this.code}]: ${this.message}`;
  }
}

function fail(message, details) {
  if (message instanceof Error) throw message;
  throw new AssertionError({ message, ...details });
}

function assert(value, message) {
  if (value) return;
  const text =
    message ??
    (arguments.length === 0
      ? "No value argument passed to `assert.ok()`"
      : "The expression evaluated to a falsy value");
  fail(text, { actual: value, expected: true, operator: "==", generated: message === undefined });
}

/** A check of two values, with what is said when it fails. */
const comparison = (operator, holds, title) => (actual, expected, message) => {
  if (holds(actual, expected)) return;
  const text = `${title}\n\n${inspect(actual)} !== ${inspect(expected)}\n`;
  fail(message ?? (title ? text : undefined), {
    actual,
    expected,
    operator,
    generated: message === undefined,
  });
};

/** Whether an error is what a test expects: a class, a pattern, a function that says so, or an object with its properties. */
function matches(error, expected) {
  if (expected === undefined) return true;
  if (expected instanceof RegExp) return expected.test(String(error));
  if (typeof expected === "function") {
    if (expected.prototype !== undefined && error instanceof expected) return true;
    return !(expected === Error || Error.isPrototypeOf(expected)) && expected.call({}, error) === true;
  }
  return Object.keys(expected).every((key) =>
    expected[key] instanceof RegExp && typeof error[key] === "string"
      ? expected[key].test(error[key])
      : isDeepEqual(error[key], expected[key], true),
  );
}

function checkThrown(error, expected, message) {
  if (typeof expected === "string") return;
  if (matches(error, expected)) return;
  if (typeof expected === "function" || expected instanceof RegExp) {
    if (typeof expected === "function") throw error;
    fail(
      message ??
        `The input did not match the regular expression ${inspect(expected)}. Input:\n\n${inspect(String(error))}\n`,
      {
        actual: error,
        expected,
        operator: "throws",
      },
    );
  }
  fail(message, { actual: error, expected, operator: "throws" });
}

const missing = (kind, expected, message) => {
  const text = typeof expected === "string" ? expected : message;
  const name = typeof expected === "function" && expected.name ? ` (${expected.name})` : "";
  fail(`Missing expected ${kind}${name}${text ? `: ${text}` : "."}`, { operator: "throws" });
};

Object.assign(assert, {
  AssertionError,
  ok: (...args) => assert(...args),
  fail: (message = "Failed") => fail(message, { operator: "fail" }),
  equal: comparison("==", (a, b) => a == b || (a !== a && b !== b)),
  notEqual: comparison("!=", (a, b) => a != b),
  strictEqual: comparison("strictEqual", Object.is, "Expected values to be strictly equal:"),
  notStrictEqual: comparison(
    "notStrictEqual",
    (a, b) => !Object.is(a, b),
    'Expected "actual" to be strictly unequal to:',
  ),
  deepEqual: comparison(
    "deepEqual",
    (a, b) => isDeepEqual(a, b, false),
    "Expected values to be loosely deep-equal:",
  ),
  deepStrictEqual: comparison(
    "deepStrictEqual",
    (a, b) => isDeepEqual(a, b, true),
    "Expected values to be strictly deep-equal:",
  ),
  notDeepEqual: comparison("notDeepEqual", (a, b) => !isDeepEqual(a, b, false)),
  notDeepStrictEqual: comparison("notDeepStrictEqual", (a, b) => !isDeepEqual(a, b, true)),
  match: comparison(
    "match",
    (text, pattern) => pattern.test(text),
    "The input did not match the regular expression:",
  ),
  doesNotMatch: comparison(
    "doesNotMatch",
    (text, pattern) => !pattern.test(text),
    "The input was expected to not match the regular expression:",
  ),
  ifError(value) {
    if (value !== null && value !== undefined) throw value;
  },
  throws(body, expected, message) {
    try {
      body();
    } catch (error) {
      return checkThrown(error, expected, message);
    }
    missing("exception", expected, message);
  },
  doesNotThrow(body) {
    body();
  },
  async rejects(promise, expected, message) {
    try {
      await (typeof promise === "function" ? promise() : promise);
    } catch (error) {
      return checkThrown(error, expected, message);
    }
    missing("rejection", expected, message);
  },
  async doesNotReject(promise) {
    await (typeof promise === "function" ? promise() : promise);
  },
});
assert.strict = Object.assign((...args) => assert(...args), assert, {
  equal: assert.strictEqual,
  notEqual: assert.notStrictEqual,
  deepEqual: assert.deepStrictEqual,
  notDeepEqual: assert.notDeepStrictEqual,
});
assert.strict.strict = assert.strict;
module.exports = assert;
