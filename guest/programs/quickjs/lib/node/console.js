// The object console.
const { format } = require("node/format");
const { inspect } = require("node/inspect");

const counts = new Map();
const timers = new Map();
let indentation = "";

function writer(name) {
  return (...values) => {
    const text = format(...values);
    process[name].write(`${indentation ? indentation + text.replaceAll("\n", `\n${indentation}`) : text}\n`);
  };
}
const out = writer("stdout");
const err = writer("stderr");

function elapsed(label) {
  const start = timers.get(label);
  return start === undefined ? undefined : `${label}: ${(performance.now() - start).toFixed(3)}ms`;
}

/** A table of rows, as box drawings. */
function table(data, columns) {
  if (typeof data !== "object" || data === null) return out(data);
  const show = (value) => inspect(value, { depth: 0 });
  const rows = data instanceof Map ? [...data] : Object.entries(data);
  const isObject = (value) => typeof value === "object" && value !== null;
  const names = columns ?? [...new Set(rows.flatMap(([, row]) => (isObject(row) ? Object.keys(row) : [])))];
  const hasValues = rows.some(([, row]) => !isObject(row));
  const header = ["(index)", ...names, ...(hasValues ? ["Values"] : [])];
  const lines = rows.map(([index, row]) => [
    String(index),
    ...names.map((name) => (isObject(row) && Object.hasOwn(row, name) ? show(row[name]) : "")),
    ...(hasValues ? [isObject(row) ? "" : show(row)] : []),
  ]);
  const widths = header.map(
    (_name, column) => Math.max(...[header, ...lines].map((line) => line[column].length)) + 2,
  );
  const rule = (left, middle, right) => left + widths.map((width) => "─".repeat(width)).join(middle) + right;
  const row = (line) => `│${line.map((text, column) => ` ${text.padEnd(widths[column] - 1)}`).join("│")}│`;
  out(
    [rule("┌", "┬", "┐"), row(header), rule("├", "┼", "┤"), ...lines.map(row), rule("└", "┴", "┘")].join(
      "\n",
    ),
  );
}

module.exports = {
  log: out,
  info: out,
  debug: out,
  error: err,
  warn: err,
  trace(...values) {
    err(`Trace: ${format(...values)}`);
  },
  dir: (value, options) => out(inspect(value, options)),
  dirxml: out,
  table,
  assert(condition, ...values) {
    if (!condition) err(values.length > 0 ? `Assertion failed: ${format(...values)}` : "Assertion failed");
  },
  count(label = "default") {
    counts.set(label, (counts.get(label) ?? 0) + 1);
    out(`${label}: ${counts.get(label)}`);
  },
  countReset: (label = "default") => void counts.delete(label),
  group(...values) {
    if (values.length > 0) out(...values);
    indentation += "  ";
  },
  groupEnd() {
    indentation = indentation.slice(2);
  },
  time: (label = "default") => void timers.set(label, performance.now()),
  timeLog: (label = "default", ...values) => out(elapsed(label), ...values),
  timeEnd(label = "default") {
    out(elapsed(label));
    timers.delete(label);
  },
};
module.exports.groupCollapsed = module.exports.group;
