// Equality of structures, for assert and util.
exports.isDeepEqual = function isDeepEqual(a, b, strict, seen = new Map()) {
  if (strict ? Object.is(a, b) : a == b || (a !== a && b !== b)) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  if (strict && Object.getPrototypeOf(a) !== Object.getPrototypeOf(b)) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  if (seen.get(a) === b) return true;
  seen.set(a, b);
  const same = (x, y) => isDeepEqual(x, y, strict, seen);
  if (a instanceof Date) return b instanceof Date && a.getTime() === b.getTime();
  if (a instanceof RegExp) return b instanceof RegExp && String(a) === String(b);
  if (a instanceof Error && (a.message !== b.message || a.name !== b.name)) return false;
  for (const type of [Number, String, Boolean]) {
    if (a instanceof type && (!(b instanceof type) || !Object.is(a.valueOf(), b.valueOf()))) return false;
  }
  if (ArrayBuffer.isView(a))
    return a.length === b.length && a.every((each, index) => Object.is(each, b[index]));
  if (a instanceof Set) {
    if (!(b instanceof Set) || a.size !== b.size) return false;
    return [...a].every(
      (each) => b.has(each) || (typeof each === "object" && [...b].some((other) => same(each, other))),
    );
  }
  if (a instanceof Map) {
    if (!(b instanceof Map) || a.size !== b.size) return false;
    return [...a].every(([key, value]) =>
      b.has(key)
        ? same(value, b.get(key))
        : typeof key === "object" && [...b].some(([other, its]) => same(key, other) && same(value, its)),
    );
  }
  const keys = Reflect.ownKeys(a).filter((key) => Object.prototype.propertyIsEnumerable.call(a, key));
  const others = Reflect.ownKeys(b).filter((key) => Object.prototype.propertyIsEnumerable.call(b, key));
  return keys.length === others.length && keys.every((key) => Object.hasOwn(b, key) && same(a[key], b[key]));
};
