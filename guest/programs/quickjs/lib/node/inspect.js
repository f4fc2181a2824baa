// util.inspect.
const { inColumns, MAX_ARRAY } = require("node/columns");

const WIDTH = 80;
/** So many levels of objects may share a line. */
const COMPACT_LEVELS = 3;
const IDENTIFIER = /^[A-Za-z_$][\w$]*$/;
const custom = Symbol.for("nodejs.util.inspect.custom");

function quote(text) {
  const mark = !text.includes("'") ? "'" : !text.includes('"') ? '"' : !/`|\$\{/.test(text) ? "`" : "'";
  const escapes = {
    "\n": "\\n",
    "\t": "\\t",
    "\r": "\\r",
    "\b": "\\b",
    "\f": "\\f",
    "\v": "\\v",
    "\\": "\\\\",
  };
  const escaped = text.replace(/[\x00-\x1f\x7f-\x9f\\']/g, (char) => {
    if (char === "'") return mark === "'" ? "\\'" : char;
    return escapes[char] ?? `\\x${char.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0")}`;
  });
  return mark + escaped + mark;
}

function primitive(value) {
  switch (typeof value) {
    case "string":
      return quote(value);
    case "number":
      return Object.is(value, -0) ? "-0" : String(value);
    case "bigint":
      return `${value}n`;
    case "symbol":
      return value.toString();
    default:
      return String(value);
  }
}

/** The name of a value's class; null when it has no prototype. */
function className(value) {
  for (let at = Object.getPrototypeOf(value); at !== null; at = Object.getPrototypeOf(at)) {
    const constructor = Object.getOwnPropertyDescriptor(at, "constructor")?.value;
    if (typeof constructor === "function" && constructor.name !== "") return constructor.name;
  }
  return null;
}

function key(name) {
  if (typeof name === "symbol") return `[${name.toString()}]`;
  return IDENTIFIER.test(name) ? name : quote(name);
}

class Inspector {
  constructor({
    depth = 2,
    breakLength = WIDTH,
    compact = COMPACT_LEVELS,
    showHidden = false,
    sorted = false,
  } = {}) {
    this.depth = depth ?? Number.POSITIVE_INFINITY;
    this.breakLength = breakLength;
    this.compact = compact === false ? 0 : compact === true ? COMPACT_LEVELS : compact;
    this.showHidden = showHidden;
    this.sorted = sorted;
    this.above = [];
    this.circular = new Map();
    this.indentation = 0;
    this.deepest = 0;
  }

  format(value, level = 0, typed = false) {
    if ((typeof value !== "object" && typeof value !== "function") || value === null) return primitive(value);
    if (typeof value[custom] === "function" && value[custom] !== exports.inspect) {
      const result = value[custom](this.depth - level, { depth: this.depth }, exports.inspect);
      if (result !== value) return typeof result === "string" ? result : this.format(result, level);
    }
    if (this.above.includes(value)) {
      if (!this.circular.has(value)) this.circular.set(value, this.circular.size + 1);
      return `[Circular *${this.circular.get(value)}]`;
    }
    return this.object(value, level, typed);
  }

  object(value, level) {
    const name = className(value);
    const tag = value[Symbol.toStringTag];
    const { base, braces, entries, isList } = this.kind(value, name, level);
    let keys = Reflect.ownKeys(value).filter(
      (each) =>
        (this.showHidden || Object.getOwnPropertyDescriptor(value, each)?.enumerable) &&
        !(isList && /^\d+$/.test(String(each))),
    );
    if (value instanceof Error) keys = keys.filter((each) => each !== "stack" && each !== "message");
    if (this.sorted) keys.sort();
    if (typeof tag === "string" && tag !== "" && tag !== name && braces[0].endsWith("{") && base === "") {
      braces[0] = `${name === null ? "[Object: null prototype]" : name} [${tag}] {`;
    }
    if (entries === undefined && keys.length === 0) return base || `${braces[0]}${braces[1]}`;
    if (level > this.depth) return `[${isList ? "Array" : (name ?? "Object: null prototype")}]`;
    this.above.push(value);
    this.deepest = level;
    const output = entries?.() ?? [];
    const listed = output.length;
    for (const each of keys) output.push(this.property(value, each, level));
    this.above.pop();
    const reference = this.circular.get(value);
    if (reference !== undefined) {
      if (base) return this.join(output, `<ref *${reference}> ${base}`, braces, level);
      braces[0] = `<ref *${reference}> ${braces[0]}`;
    }
    if (output.length === 0) return `${base ? `${base} ` : ""}${braces[0]}${braces[1]}`;
    const grouped =
      isList && listed > 6 && this.compact > 0 ? inColumns(output, listed, value, this) : output;
    return this.join(grouped, base, braces, level, grouped !== output);
  }

  /** How a value begins and ends, and what it lists besides its properties. */
  kind(value, name, level) {
    const prefix = (usual, size) => {
      if (name === null) return `[${usual}${size === undefined ? "" : `(${size})`}: null prototype] `;
      return name === usual && size === undefined ? "" : `${name}${size === undefined ? "" : `(${size})`} `;
    };
    if (Array.isArray(value)) {
      const named = name === "Array" ? "" : prefix("Array", value.length);
      return {
        base: "",
        braces: [`${named}[`, "]"],
        isList: true,
        entries: value.length > 0 ? () => this.list(value, level) : undefined,
      };
    }
    if (ArrayBuffer.isView(value) && !(value instanceof DataView)) {
      const braces = [`${name}(${value.length}) [`, "]"];
      return { base: "", braces, isList: true, entries: () => this.list(value, level) };
    }
    if (value instanceof Set) {
      const entries = () => this.indented(() => [...value].map((each) => this.format(each, level + 1)));
      return { base: "", braces: [`${name}(${value.size}) {`, "}"], entries };
    }
    if (value instanceof Map) {
      const pair = ([from, to]) => `${this.format(from, level + 1)} => ${this.format(to, level + 1)}`;
      const entries = () => this.indented(() => [...value].map(pair));
      return { base: "", braces: [`${name}(${value.size}) {`, "}"], entries };
    }
    const base = this.base(value, name);
    const braces = [base === "" ? `${prefix("Object")}{` : "{", "}"];
    return { base, braces, entries: this.inner(value, level) };
  }

  /** What stands for a value that is more than its properties. */
  base(value, name) {
    if (typeof value === "function") {
      const kind = /^class\b/.test(Function.prototype.toString.call(value)) ? "class" : className(value);
      const parent = kind === "class" ? Object.getPrototypeOf(value)?.name : "";
      if (kind === "class")
        return `[class ${value.name || "(anonymous)"}${parent ? ` extends ${parent}` : ""}]`;
      return value.name ? `[${kind}: ${value.name}]` : `[${kind} (anonymous)]`;
    }
    if (value instanceof RegExp) return RegExp.prototype.toString.call(value);
    if (value instanceof Date) return Number.isNaN(value.getTime()) ? "Invalid Date" : value.toISOString();
    if (value instanceof Error) return this.error(value, name);
    for (const type of [Number, String, Boolean, Symbol, BigInt]) {
      if (value instanceof type) return `[${type.name}: ${primitive(value.valueOf())}]`;
    }
    if (value instanceof WeakMap || value instanceof WeakSet) return `${name} { <items unknown> }`;
    if (typeof value.next === "function" && Object.prototype.toString.call(value) === "[object Generator]")
      return "Object [Generator] {}";
    return "";
  }

  error(value) {
    const stack = exports.errorText(value);
    const indented =
      this.indentation > 0 ? stack.replaceAll("\n", `\n${" ".repeat(this.indentation)}`) : stack;
    return stack.includes("\n    at") ? indented : `[${indented}]`;
  }

  inner(value, level) {
    if (value instanceof Promise) {
      return () => {
        const state = host.promiseState(value);
        if (state === 0) return ["<pending>"];
        const result = this.indented(() => this.format(host.promiseResult(value), level + 1));
        return [state === 1 ? result : `<rejected> ${result}`];
      };
    }
    if (value instanceof ArrayBuffer) {
      const bytes = [...new Uint8Array(value)].slice(0, 50).map((byte) => byte.toString(16).padStart(2, "0"));
      return () => [`[Uint8Contents]: <${bytes.join(" ")}>`, `byteLength: ${value.byteLength}`];
    }
    return undefined;
  }

  indented(body) {
    this.indentation += 2;
    const result = body();
    this.indentation -= 2;
    return result;
  }

  list(value, level) {
    return this.indented(() => {
      const output = [];
      let holes = 0;
      const endHoles = () => {
        if (holes > 0) output.push(`<${holes} empty item${holes > 1 ? "s" : ""}>`);
        holes = 0;
      };
      const shown = Math.min(value.length, MAX_ARRAY);
      for (let index = 0; index < shown; index++) {
        if (!(index in value)) {
          holes++;
          continue;
        }
        endHoles();
        output.push(this.format(value[index], level + 1));
      }
      endHoles();
      const more = value.length - shown;
      if (more > 0) output.push(`... ${more} more item${more > 1 ? "s" : ""}`);
      return output;
    });
  }

  property(value, each, level) {
    const { get, set, enumerable, value: plain } = Object.getOwnPropertyDescriptor(value, each);
    const accessor = get && set ? "[Getter/Setter]" : get ? "[Getter]" : set ? "[Setter]" : undefined;
    const text = accessor ?? this.indented(() => this.format(plain, level + 1));
    return `${enumerable ? key(each) : `[${String(each)}]`}: ${text}`;
  }

  join(output, base, braces, level, grouped = false) {
    const start = base ? `${base} ` : "";
    if (this.compact > 0 && this.deepest - level < this.compact && !grouped) {
      const size = output.reduce((sum, { length }) => sum + length, 0) + 2 * output.length;
      const line = output.join(", ");
      const fits = size + this.indentation + braces[0].length + base.length + 10 <= this.breakLength;
      if (fits && !line.includes("\n") && !base.includes("\n"))
        return `${start}${braces[0]} ${line} ${braces[1]}`;
    }
    const margin = `\n${" ".repeat(this.indentation)}`;
    return `${start}${braces[0]}${margin}  ${output.join(`,${margin}  `)}${margin}${braces[1]}`;
  }
}

/** An error's name, message and stack, as Node.js has them in `stack`. */
exports.errorText = function errorText(error) {
  const stack = typeof error.stack === "string" ? error.stack.trimEnd() : "";
  let title;
  try {
    title = Error.prototype.toString.call(error);
  } catch {
    title = "Error";
  }
  if (stack === "" || stack.startsWith(title)) return stack || title;
  const frames = stack
    .split("\n")
    .filter((line) => !line.includes("(/usr/lib/quickjs/") && !line.endsWith("(native)"));
  return [title, ...frames].join("\n");
};

exports.inspect = function inspect(value, options, depth) {
  if (typeof options === "boolean") return new Inspector({ showHidden: options, depth }).format(value);
  return new Inspector(options).format(value);
};
exports.inspect.custom = custom;
exports.inspect.defaultOptions = { depth: 2 };
