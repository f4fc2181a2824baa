// What the engine evaluates for a module's file.

/** A file's text as a module: `import.meta` says where it is, as in Node.js, if it asks. Lines keep their numbers. */
exports.ofFile = function ofFile(text, path) {
  if (path.endsWith(".json")) return `export default JSON.parse(${JSON.stringify(text)});`;
  if (!text.includes("import.meta")) return exports.withoutHashbang(text);
  const slash = path.lastIndexOf("/");
  const meta = { url: `file://${encodeURI(path)}`, filename: path, dirname: path.slice(0, slash) || "/" };
  return `Object.assign(import.meta, ${JSON.stringify(meta)});${exports.withoutHashbang(text)}`;
};

/** A module with the properties of an object: `where` is an expression for it. */
exports.ofObject = function ofObject(object, where) {
  // The functions of a class are not enumerable.
  const own = typeof object === "function" ? Object.getOwnPropertyNames(object) : Object.keys(object);
  const names = own.filter((name) => /^[A-Za-z_$][\w$]*$/.test(name) && name !== "default");
  const exported = names.map((name, index) => `_${index} as ${name}`).join(", ");
  const variables = names.map((name, index) => `, _${index} = m[${JSON.stringify(name)}]`).join("");
  return `const m = ${where}${variables};\nexport { m as default${exported && `, ${exported}`} };`;
};

exports.withoutHashbang = (text) => (text.startsWith("#!") ? `//${text}` : text);
