// The first file of the library: is given the host's functions (src/wasi/host-programs/quickjs/script-interface.ts) and returns
// those that the host calls. Files of the library are CommonJS modules with `host` as one more name.
(function boot(host) {
  const LIBRARY = "/usr/lib/quickjs/";
  const OPEN_READ_ONLY = 0o2000000;
  const loaded = new Map();

  function readLibrary(path) {
    const fd = host.call(56, -100, path, OPEN_READ_ONLY, 0);
    if (fd < 0) throw new Error(`cannot read ${path}`);
    const parts = [];
    for (;;) {
      const buffer = new Uint8Array(65536);
      const count = host.call(63, fd, buffer, buffer.length);
      if (count <= 0) break;
      parts.push(host.decode(buffer.subarray(0, count)));
    }
    host.call(57, fd);
    return parts.join("");
  }

  function load(name) {
    let module = loaded.get(name);
    if (module !== undefined) return module.exports;
    module = { exports: {} };
    loaded.set(name, module);
    const path = `${LIBRARY}${name}.js`;
    const body = host.evaluate(
      `(function (exports, module, require, host) {${readLibrary(path)}\n})`,
      path,
      0,
    );
    body(module.exports, module, load, host);
    return module.exports;
  }

  const isNode = host.path.slice(host.path.lastIndexOf("/") + 1) === "node";
  return load(isNode ? "node/main" : "qjs/main");
});
