/**
 * Names of files as machines give them: text in which a byte that is not part of valid UTF-8 is a lone surrogate, U+DC00 + byte
 * (wasi/vfs/name.ts). In a message such a name is base64.
 */
export function encodeName(name: string): { readonly text: string; readonly encoding?: "base64" } {
  if (name.isWellFormed()) return { text: name };
  const bytes = [...name].map((character) => {
    const code = character.codePointAt(0) ?? 0;
    return code >= 0xdc80 && code <= 0xdcff ? Buffer.of(code - 0xdc00) : Buffer.from(character);
  });
  return { text: Buffer.concat(bytes).toString("base64"), encoding: "base64" };
}

/** The path of what is called `name` in the directory that a request calls `path`. */
export function inDirectory(path: string, name: string): string {
  if (path === ".") return name;
  return path.endsWith("/") ? `${path}${name}` : `${path}/${name}`;
}
