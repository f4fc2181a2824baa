import {
  closeSync,
  fstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import type { LogEntry } from "../machine/messages.js";
import { readExactly } from "../machine/read-exactly.js";
import { sha256 } from "../machine/sha256.js";

/** The state of a machine that was saved when it waited for its first session, compressed with brotli. */
const STATE = "state.bin.br";

/** images/v86/manifest.json, as far as the machine needs it. Written by scripts/build-images. */
interface Manifest {
  readonly files: readonly { readonly file: string; readonly expanded?: Expanded }[];
}

/** The state as it is restored: size in bytes, sha256 in hex. */
interface Expanded {
  readonly size: number;
  readonly sha256: string;
}

/**
 * The state as `decodeState` takes it. It is expanded once per machine, into the user's cache folder, and checked at each start of
 * a daemon: what is missing or damaged there is expanded again. Where nothing can be written it is expanded each time.
 */
export function loadState(imagesPath: string, log: (entry: LogEntry) => void): SharedArrayBuffer {
  const expanded = describe(imagesPath);
  const folder = join(process.env.XDG_CACHE_HOME || join(homedir(), ".cache"), "limpet");
  const cached = join(folder, `v86-${expanded.sha256}.state`);
  const known = readIfIntact(cached, expanded);
  if (known) return known;
  const packed = readFileSync(join(imagesPath, STATE));
  const state = process
    .getBuiltinModule("node:zlib")
    .brotliDecompressSync(packed, { maxOutputLength: expanded.size });
  if (sha256(state) !== expanded.sha256) throw new Error(`${STATE} is damaged`);
  try {
    keep(folder, cached, state);
  } catch (error) {
    const fields = { path: cached, error: String(error) };
    log({ level: "warn", message: "the expanded state of the v86 machine cannot be kept", fields });
  }
  const shared = new SharedArrayBuffer(state.length);
  new Uint8Array(shared).set(state);
  return shared;
}

function describe(imagesPath: string): Expanded {
  const { files } = JSON.parse(readFileSync(join(imagesPath, "manifest.json"), "utf8")) as Manifest;
  const expanded = files.find(({ file }) => file === STATE)?.expanded;
  if (!expanded) throw new Error(`the manifest of ${imagesPath} does not describe ${STATE}`);
  return expanded;
}

function readIfIntact(path: string, expanded: Expanded): SharedArrayBuffer | undefined {
  try {
    const fd = openSync(path, "r");
    try {
      const { size } = fstatSync(fd);
      if (size !== expanded.size) return undefined;
      const shared = new SharedArrayBuffer(size);
      const bytes = new Uint8Array(shared);
      readExactly(path, fd, bytes, 0);
      return sha256(bytes) === expanded.sha256 ? shared : undefined;
    } finally {
      closeSync(fd);
    }
  } catch {
    return undefined;
  }
}

/** Renamed into place: another daemon that starts at the same time never sees half of it. */
function keep(folder: string, path: string, state: Buffer): void {
  const temporary = `${path}.${process.pid}`;
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    writeFileSync(temporary, state);
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}
