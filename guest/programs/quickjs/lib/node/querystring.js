// The module querystring.
const unescape = (text) => {
  const plain = text.replaceAll("+", " ");
  try {
    return decodeURIComponent(plain);
  } catch {
    return plain;
  }
};
const escape = (text) => encodeURIComponent(text).replace(/%7E/g, "~");

function parse(text, separator = "&", equals = "=") {
  const result = Object.create(null);
  for (const part of String(text).split(separator)) {
    if (part === "") continue;
    const at = part.indexOf(equals);
    const [name, value] = at < 0 ? [part, ""] : [part.slice(0, at), part.slice(at + equals.length)];
    const key = unescape(name);
    const given = unescape(value);
    if (!(key in result)) result[key] = given;
    else if (Array.isArray(result[key])) result[key].push(given);
    else result[key] = [result[key], given];
  }
  return result;
}

function stringify(object, separator = "&", equals = "=") {
  const text = (value) => (typeof value === "object" || value === undefined ? "" : escape(String(value)));
  return Object.entries(object ?? {})
    .flatMap(([name, value]) =>
      (Array.isArray(value) ? value : [value]).map((each) => `${escape(name)}${equals}${text(each)}`),
    )
    .join(separator);
}
module.exports = { parse, stringify, escape, unescape, decode: parse, encode: stringify };
