// util.format.
const { inspect } = require("node/inspect");

exports.format = function format(...values) {
  if (values.length === 0) return "";
  const [first, ...rest] = values;
  const show = (value) => (typeof value === "string" ? value : inspect(value));
  if (typeof first !== "string") return [first, ...rest].map(show).join(" ");
  if (rest.length === 0) return first;
  const text = first.replace(/%[sdifjoOc%]/g, (mark) => {
    if (mark === "%%") return "%";
    if (rest.length === 0) return mark;
    const value = rest.shift();
    switch (mark[1]) {
      case "s":
        if (typeof value === "bigint") return `${value}n`;
        if (typeof value !== "object" || value === null) return Object.is(value, -0) ? "-0" : String(value);
        return Object.hasOwn(value, "toString") || value instanceof Error
          ? String(value)
          : inspect(value, { depth: 0 });
      case "d":
        return typeof value === "bigint"
          ? `${value}n`
          : typeof value === "object"
            ? "NaN"
            : String(Number(value));
      case "i":
        return typeof value === "bigint" ? `${value}n` : String(Number.parseInt(value, 10));
      case "f":
        return String(Number.parseFloat(value));
      case "j":
        return JSON.stringify(value);
      case "c":
        return "";
      default:
        return inspect(value, mark === "%o" ? { showHidden: true, depth: 4 } : {});
    }
  });
  return [text, ...rest.map(show)].join(" ");
};
