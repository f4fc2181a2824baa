import { wasi } from "@bjorn3/browser_wasi_shim";
import type { Errno } from "../../errno.js";

/** The number that WASI has for an error of Linux; EIO's for those that it does not know. */
export function wasiErrno(error: Errno): number {
  const name = `ERRNO_${error.code === "EOPNOTSUPP" ? "NOTSUP" : error.code.slice(1)}`;
  return (wasi as unknown as Record<string, number | undefined>)[name] ?? wasi.ERRNO_IO;
}

/** Thrown by a file when the call has to wait; whatever it waits for has been joined. */
export class WouldBlock {}
export const WOULD_BLOCK = new WouldBlock();
