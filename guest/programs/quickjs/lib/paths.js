// Paths as texts.

/** A path without `.`, `..` and double slashes. */
exports.normalize = function normalize(path) {
  const absolute = path.startsWith("/");
  const parts = [];
  for (const part of path.split("/")) {
    if (part === "" || part === ".") continue;
    if (part !== "..") parts.push(part);
    else if (parts.length > 0 && parts.at(-1) !== "..") parts.pop();
    else if (!absolute) parts.push("..");
  }
  return (absolute ? "/" : "") + parts.join("/") || (absolute ? "/" : ".");
};

/** `path`, seen from a directory. */
exports.resolve = function resolve(directory, path) {
  return exports.normalize(path.startsWith("/") ? path : `${directory}/${path}`);
};

exports.directory = function directory(path) {
  const slash = path.lastIndexOf("/");
  return slash < 0 ? "." : path.slice(0, slash) || "/";
};
