import type { HostDirectory } from "../wasi/fs/host/host-directory.js";
import type { LogLevel } from "./messages.js";

/** What the wasi machine needs from the thread it lives in. All of it is synchronous. */
export interface WasiHost {
  /** Takes in what the main thread has sent. The kernel calls it about every 10 ms while guests compute. */
  poll(): void;
  /** Runs `callback` on a later turn of the event loop. */
  defer(callback: () => void): void;
  /** The compiled program `images/wasi/NAME.wasm`. Throws when there is no such file. */
  loadProgram(name: string): WebAssembly.Module;
  /** A cryptographic hash, as text. */
  digest(bytes: Uint8Array): string;
  /** The bytes of a file in `images/wasi`. Throws when there is no such file. */
  readImage(name: string): Uint8Array;
  /** A part of such a file. */
  readImagePart(name: string, offset: number, length: number): Uint8Array;
  /** Undoes Brotli, with which parts of these files are compressed. */
  expand(bytes: Uint8Array): Uint8Array;
  /** `images/wasi/manifest.json`, parsed. */
  readonly manifest: unknown;
  /** A started shell to begin with instead of starting one (wasi/machine/session-image.ts). */
  readonly sessionImage?: Uint8Array | undefined;
  /** The directory of the host with this path. Throws an Errno. */
  openDirectory(path: string): HostDirectory;
  /** The `memfs` package. Costs about 20 ms the first time. */
  loadMemfs(): unknown;
  /** Receives one line per system call, if that is wanted. */
  readonly trace?: ((line: string) => void) | undefined;
  log(level: LogLevel, message: string, fields?: Readonly<Record<string, unknown>>): void;
}
