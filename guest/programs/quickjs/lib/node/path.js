// The module path.
const sys = require("sys");
const paths = require("paths");

function text(path, name = "path") {
  if (typeof path === "string") return path;
  const error = new TypeError(
    `The "${name}" argument must be of type string. Received ${require("node/inspect").inspect(path)}`,
  );
  throw Object.assign(error, { code: "ERR_INVALID_ARG_TYPE" });
}

const path = {
  sep: "/",
  delimiter: ":",
  normalize(value) {
    if (text(value) === "") return ".";
    const result = paths.normalize(value);
    return value.endsWith("/") && result !== "/" ? `${result}/` : result;
  },
  join(...parts) {
    const joined = parts.filter((part) => text(part) !== "").join("/");
    return joined === "" ? "." : path.normalize(joined);
  },
  resolve(...parts) {
    let result = "";
    for (const part of parts.reverse()) {
      if (text(part) === "") continue;
      result = result === "" ? part : `${part}/${result}`;
      if (part.startsWith("/")) break;
    }
    return paths.resolve(result.startsWith("/") ? "/" : sys.getcwd(), result === "" ? "." : result);
  },
  isAbsolute: (value) => text(value).startsWith("/"),
  dirname(value) {
    const trimmed = text(value).replace(/(.)\/+$/, "$1");
    const slash = trimmed.lastIndexOf("/");
    return slash < 0 ? "." : trimmed.slice(0, slash).replace(/\/+$/, "") || "/";
  },
  basename(value, suffix = "") {
    const name = text(value).replace(/\/+$/, "").split("/").at(-1);
    return suffix !== "" && name !== suffix && name.endsWith(suffix) ? name.slice(0, -suffix.length) : name;
  },
  extname(value) {
    const name = path.basename(value);
    const dot = name.lastIndexOf(".");
    return dot <= 0 || name === ".." ? "" : name.slice(dot);
  },
  relative(from, to) {
    const here = path.resolve(from).split("/").filter(Boolean);
    const there = path.resolve(to).split("/").filter(Boolean);
    let same = 0;
    while (same < here.length && here[same] === there[same]) same++;
    return [...here.slice(same).map(() => ".."), ...there.slice(same)].join("/");
  },
  parse(value) {
    const base = path.basename(value);
    const ext = path.extname(value);
    const root = value.startsWith("/") ? "/" : "";
    const dir = value.includes("/") ? path.dirname(value) : "";
    return { root, dir, base, ext, name: ext === "" ? base : base.slice(0, -ext.length) };
  },
  format({ dir, root = "", base, name = "", ext = "" }) {
    const file = base ?? `${name}${ext && !ext.startsWith(".") ? "." : ""}${ext}`;
    return dir === undefined ? `${root}${file}` : dir === root ? `${dir}${file}` : `${dir}/${file}`;
  },
};
path.posix = path;
module.exports = path;
