// The module url: URL and URLSearchParams for what scripts take apart and put together. Names of hosts are ASCII.
const PORTS = { "http:": "80", "https:": "443", "ftp:": "21", "ws:": "80", "wss:": "443", "file:": "" };
const PARTS =
  /^([A-Za-z][A-Za-z\d+.-]*:)(?:\/\/(?:([^/?#@:]*)(?::([^/?#@]*))?@)?(\[[^\]]*\]|[^/?#:]*)(?::(\d*))?)?([^?#]*)(\?[^#]*)?(#.*)?$/s;

function invalid(input) {
  return Object.assign(new TypeError("Invalid URL"), { code: "ERR_INVALID_URL", input });
}
const encodePath = (path) =>
  path.replace(/[^!$&'()*+,\-./:;=@\w~%[\]|^]/gu, (char) => encodeURIComponent(char));
const encodeQuery = (query) =>
  query.replace(/[\s"<>']|[^\x00-\x7f]/gu, (char) => (char === "'" ? "%27" : encodeURIComponent(char)));

class URLSearchParams {
  #pairs = [];
  #changed = () => {};
  constructor(init = "", changed) {
    if (changed) this.#changed = changed;
    if (typeof init === "string") this.#pairs = parsePairs(init.replace(/^\?/, ""));
    else if (typeof init[Symbol.iterator] === "function")
      this.#pairs = Array.from(init, ([name, value]) => [String(name), String(value)]);
    else this.#pairs = Object.entries(init).map(([name, value]) => [name, String(value)]);
  }
  get size() {
    return this.#pairs.length;
  }
  get(name) {
    return this.#pairs.find(([each]) => each === name)?.[1] ?? null;
  }
  getAll(name) {
    return this.#pairs.filter(([each]) => each === name).map(([, value]) => value);
  }
  has(name) {
    return this.#pairs.some(([each]) => each === name);
  }
  append(name, value) {
    this.#pairs.push([String(name), String(value)]);
    this.#changed();
  }
  set(name, value) {
    const index = this.#pairs.findIndex(([each]) => each === name);
    this.#pairs = this.#pairs.filter(([each], at) => each !== name || at === index);
    if (index < 0) this.#pairs.push([String(name), String(value)]);
    else this.#pairs[this.#pairs.findIndex(([each]) => each === name)][1] = String(value);
    this.#changed();
  }
  delete(name) {
    this.#pairs = this.#pairs.filter(([each]) => each !== name);
    this.#changed();
  }
  sort() {
    this.#pairs.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
    this.#changed();
  }
  forEach(callback) {
    for (const [name, value] of this.#pairs) callback(value, name, this);
  }
  *entries() {
    yield* this.#pairs.map((pair) => [...pair]);
  }
  *keys() {
    for (const [name] of this.#pairs) yield name;
  }
  *values() {
    for (const [, value] of this.#pairs) yield value;
  }
  [Symbol.iterator]() {
    return this.entries();
  }
  toString() {
    return this.#pairs.map((pair) => pair.map(formEncode).join("=")).join("&");
  }
  [Symbol.for("nodejs.util.inspect.custom")](_depth, _options, inspect) {
    const pairs = this.#pairs.map(([name, value]) => `${inspect(name)} => ${inspect(value)}`);
    return pairs.length > 0 ? `URLSearchParams { ${pairs.join(", ")} }` : "URLSearchParams {}";
  }
}

const formEncode = (text) =>
  encodeURIComponent(text)
    .replace(/%20/g, "+")
    .replace(/[!'()~]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);

function parsePairs(query) {
  const { unescape } = require("node/querystring");
  return query
    .split("&")
    .filter(Boolean)
    .map((part) => {
      const at = part.indexOf("=");
      return at < 0 ? [unescape(part), ""] : [unescape(part.slice(0, at)), unescape(part.slice(at + 1))];
    });
}

class URL {
  #params;
  constructor(input, base) {
    const text = String(input).trim();
    const match = PARTS.exec(text) ?? PARTS.exec(absolute(text, base));
    if (match === null) throw invalid(text);
    const [
      ,
      protocol,
      username = "",
      password = "",
      hostname = "",
      port = "",
      pathname,
      search = "",
      hash = "",
    ] = match;
    this.protocol = protocol.toLowerCase();
    const special = Object.hasOwn(PORTS, this.protocol);
    if (special && hostname === "" && this.protocol !== "file:") throw invalid(text);
    this.username = username;
    this.password = password;
    this.hostname = special ? hostname.toLowerCase() : hostname;
    this.port = port === PORTS[this.protocol] ? "" : port;
    const path = special ? require("paths").normalize(pathname || "/") : pathname;
    this.pathname = encodePath(special && /\/\.{0,2}$/.test(pathname) && path !== "/" ? `${path}/` : path);
    this.search = search === "?" ? "" : encodeQuery(search);
    this.hash = hash === "#" ? "" : encodeQuery(hash);
    for (const name of Object.keys(this)) this.#define(name);
  }
  #define(name) {
    let value = this[name];
    delete this[name];
    Object.defineProperty(this, name, {
      enumerable: true,
      configurable: true,
      get: () => value,
      set: (next) => {
        value = String(next);
        if (name === "search" && value !== "" && !value.startsWith("?")) value = `?${value}`;
        if (name === "hash" && value !== "" && !value.startsWith("#")) value = `#${value}`;
        if (name === "pathname" && !value.startsWith("/")) value = `/${value}`;
        if (name === "search") this.#params = undefined;
      },
    });
  }
  static canParse(input, base) {
    try {
      return new URL(input, base) !== undefined;
    } catch {
      return false;
    }
  }
  get searchParams() {
    this.#params ??= new URLSearchParams(this.search, () => {
      const params = this.#params;
      const query = params.toString();
      this.search = query === "" ? "" : `?${query}`;
      this.#params = params;
    });
    return this.#params;
  }
  get host() {
    return this.hostname + (this.port === "" ? "" : `:${this.port}`);
  }
  get origin() {
    return Object.hasOwn(PORTS, this.protocol) && this.protocol !== "file:"
      ? `${this.protocol}//${this.host}`
      : "null";
  }
  get href() {
    const user =
      this.username === "" ? "" : `${this.username}${this.password === "" ? "" : `:${this.password}`}@`;
    const authority =
      Object.hasOwn(PORTS, this.protocol) || this.hostname !== "" ? `//${user}${this.host}` : "";
    return `${this.protocol}${authority}${this.pathname}${this.search}${this.hash}`;
  }
  toString() {
    return this.href;
  }
  toJSON() {
    return this.href;
  }
  [Symbol.for("nodejs.util.inspect.custom")](_depth, _options, inspect) {
    const names = [
      "href",
      "origin",
      "protocol",
      "username",
      "password",
      "host",
      "hostname",
      "port",
      "pathname",
      "search",
      "searchParams",
      "hash",
    ];
    return `URL {\n${names.map((name) => `  ${name}: ${inspect(this[name])}`).join(",\n")}\n}`;
  }
}

/** A relative reference as seen from `base`. */
function absolute(text, base) {
  if (base === undefined) throw invalid(text);
  const from = new URL(base);
  if (text.startsWith("//")) return from.protocol + text;
  const root = `${from.protocol}//${from.host}`;
  if (text.startsWith("/")) return root + text;
  if (text.startsWith("?")) return root + from.pathname + text;
  if (text.startsWith("#") || text === "") return root + from.pathname + from.search + text;
  return root + from.pathname.slice(0, from.pathname.lastIndexOf("/") + 1) + text;
}

function fileURLToPath(url) {
  const { protocol, pathname } = typeof url === "string" ? new URL(url) : url;
  if (protocol !== "file:")
    throw Object.assign(new TypeError("The URL must be of scheme file"), { code: "ERR_INVALID_URL_SCHEME" });
  return decodeURIComponent(pathname);
}
const pathToFileURL = (path) =>
  new URL(`file://${encodePath(require("node/path").resolve(path)).replaceAll("%2F", "/")}`);

/** The older interface. */
function parse(text, withQuery = false) {
  const match = PARTS.exec(text);
  const [
    ,
    protocol = null,
    user,
    password,
    hostname = null,
    port = null,
    path = text,
    search = null,
    hash = null,
  ] = match ?? [];
  const [pathname, ownSearch] = match
    ? [path, search]
    : [text.split(/[?#]/)[0], /\?[^#]*/.exec(text)?.[0] ?? null];
  const query = ownSearch === null ? null : ownSearch.slice(1);
  return {
    protocol,
    slashes: match ? text.includes("//") : null,
    auth: user ? `${user}${password ? `:${password}` : ""}` : null,
    host: hostname === null ? null : hostname + (port ? `:${port}` : ""),
    port: port || null,
    hostname,
    hash,
    search: ownSearch,
    query: withQuery ? require("node/querystring").parse(query ?? "") : query,
    pathname: pathname || (match ? "/" : null),
    path: (pathname || "/") + (ownSearch ?? ""),
    href: text,
  };
}
module.exports = {
  URL,
  URLSearchParams,
  fileURLToPath,
  pathToFileURL,
  parse,
  format: (url) =>
    url instanceof URL
      ? url.href
      : `${url.protocol ?? ""}${url.slashes || url.host ? "//" : ""}${url.host ?? url.hostname ?? ""}${url.pathname ?? ""}${url.search ?? ""}${url.hash ?? ""}`,
  resolve: (from, to) => new URL(to, from).href,
};
