import type { LogLevel, V86Parts } from "../machine/messages.js";

/** What a v86 machine needs from the thread it lives in. */
export interface V86Host {
  /** The folder with the disk, the state and their manifest. */
  readonly imagesPath: string;
  /** The emulator of the `v86` package, in WebAssembly. */
  readonly emulatorPath: string;
  /** What another machine of this daemon has loaded already. */
  readonly parts: V86Parts | undefined;
  /** Told what had to be loaded here. */
  loaded(parts: V86Parts): void;
  log(level: LogLevel, message: string, fields?: Readonly<Record<string, unknown>>): void;
}
