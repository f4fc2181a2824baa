import { CodeCache } from "../machine/code-cache.js";
import type { LogEntry, V86Parts } from "../machine/messages.js";
import { loadState } from "../v86/saved-state.js";

const EMULATOR = "v86";

export interface V86Folders {
  /** Has the state and its manifest. */
  readonly imagesPath: string;
  /** Has the emulator, v86.wasm. */
  readonly distPath: string;
  /** Has machine code of the emulator; need not exist. */
  readonly codeCachePath: string;
}

/** Reads what all v86 machines of a daemon share. Throws when the images are not there or damaged. */
export function loadV86Parts(folders: V86Folders, log: (entry: LogEntry) => void): V86Parts {
  const { imagesPath, distPath, codeCachePath } = folders;
  const emulator = new CodeCache(codeCachePath, distPath).take(EMULATOR);
  return { emulator, state: loadState(imagesPath, log) };
}
