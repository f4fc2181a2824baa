import { Errno } from "../wasi/errno.js";
import { decodeName, encodeName } from "../wasi/vfs/name.js";

/** What would be more than one name to the host, or another directory. */
const FORBIDDEN = process.platform === "win32" ? /[/\\:\0]/ : /[/\0]/;
const IN_ANY_BYTES = /[\ud800-\udfff\ufffd]/;

/** The path of a name in `directory`; EINVAL for what is no single name. The kernel does not ask for such: this is the second lock. */
export function pathIn(directory: string, name: string): string | Buffer {
  if (name === "" || name === "." || name === ".." || FORBIDDEN.test(name)) throw Errno.EINVAL;
  return hostPath(`${directory}/${name}`);
}

/** A path in our coding as Node.js takes it. */
export function hostPath(path: string): string | Buffer {
  return IN_ANY_BYTES.test(path) ? Buffer.from(encodeName(path)) : path;
}

/** A path or name as the host gave it; `read` is called again for its bytes when they may not have been UTF-8. */
export function nameFrom(text: string, read: () => Buffer): string {
  return text.includes("\ufffd") ? decodeName(read()) : text;
}
