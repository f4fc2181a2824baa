import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { brotliDecompressSync } from "node:zlib";
import type { V86Host } from "./host.js";

/** images/v86/manifest.json, as far as the machine needs it. Written by scripts/build-images. */
interface Manifest {
  readonly files: readonly { readonly file: string; readonly expanded?: Expanded }[];
}

/** The state as it is restored: size in bytes, sha256 in hex. */
interface Expanded {
  readonly size: number;
  readonly sha256: string;
}

/** A machine that was saved when it waited for its first session. */
export interface SavedState {
  /** The state, compressed with brotli. */
  readonly file: string;
  /** Memory of the machine. */
  readonly memoryBytes: number;
  readonly expanded: Expanded;
}

/** A machine cannot be smaller than the smallest that was saved. */
class TooLittleMemory extends Error {
  readonly code = "ENOMEM";
}

/** The largest machine with at most that much memory. */
export function chooseState(imagesPath: string, memoryLimitBytes: number): SavedState {
  const manifest = JSON.parse(readFileSync(join(imagesPath, "manifest.json"), "utf8")) as Manifest;
  const states = manifest.files
    .flatMap(({ file, expanded }) => {
      const megabytes = /^state-(\d+)\.bin\.br$/.exec(file)?.[1];
      return expanded === undefined || megabytes === undefined
        ? []
        : [{ file, memoryBytes: Number(megabytes) << 20, expanded }];
    })
    .sort((a, b) => a.memoryBytes - b.memoryBytes);
  const fitting = states.filter(({ memoryBytes }) => memoryBytes <= memoryLimitBytes).at(-1);
  if (fitting !== undefined) return fitting;
  const least = states[0]?.memoryBytes ?? 0;
  throw new TooLittleMemory(
    `a v86 machine has at least ${least} bytes of memory, and the limit is ${memoryLimitBytes}`,
  );
}

/**
 * The state as it is restored. It is expanded once per machine, into the user's cache folder, and checked at each start of a
 * daemon: what is missing or damaged there is expanded again. Where nothing can be written it is expanded each time.
 */
export function loadState(host: V86Host, saved: SavedState): SharedArrayBuffer {
  const folder = join(process.env.XDG_CACHE_HOME || join(homedir(), ".cache"), "limpet");
  const cached = join(folder, `v86-${saved.expanded.sha256}.state`);
  const known = readIfIntact(cached, saved);
  if (known) return shared(known);
  const state = brotliDecompressSync(readFileSync(join(host.imagesPath, saved.file)), {
    maxOutputLength: saved.expanded.size,
  });
  if (hash(state) !== saved.expanded.sha256) throw new Error(`${saved.file} is damaged`);
  keep(host, folder, cached, state);
  return shared(state);
}

function readIfIntact(path: string, saved: SavedState): Buffer | undefined {
  try {
    const state = readFileSync(path);
    return hash(state) === saved.expanded.sha256 ? state : undefined;
  } catch {
    return undefined;
  }
}

/** Renamed into place: another daemon that starts at the same time never sees half of it. */
function keep(host: V86Host, folder: string, path: string, state: Buffer): void {
  const temporary = `${path}.${process.pid}`;
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    writeFileSync(temporary, state);
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    host.log("warn", "the expanded state of the v86 machine cannot be kept", { path, error: String(error) });
  }
}

function hash(bytes: Buffer): string {
  return createHash("sha256").update(bytes).digest("hex");
}

function shared(bytes: Buffer): SharedArrayBuffer {
  const buffer = new SharedArrayBuffer(bytes.length);
  new Uint8Array(buffer).set(bytes);
  return buffer;
}
