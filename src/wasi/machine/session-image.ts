import type { Program } from "../abi/linux/program.js";
import { type EncodedSnapshot, MemorySnapshot } from "../abi/linux/snapshot.js";
import type { Credentials } from "../kernel/credentials.js";
import { ResourceLimits } from "../kernel/limits.js";
import { SignalState } from "../kernel/signal-state.js";
import { StringVector } from "../kernel/string-vector.js";
import type { FsContext } from "../vfs/vfs.js";
import type { Checkpoint } from "./checkpoint.js";

/** What an image says besides the bytes of the memory. */
interface ImageHeader {
  /** sha256 of the program it is an image of, as in the manifest. */
  readonly program: string;
  readonly surroundings: ShellSurroundings;
  readonly call: Checkpoint["call"];
  readonly comm: string;
  readonly exe: string;
  readonly argv: readonly string[];
  readonly environ: readonly string[];
  readonly umask: number;
  readonly mask: string;
  /** Signal, handler, flags, mask. */
  readonly actions: readonly (readonly [number, number, number, string])[];
  /** Resource, soft and hard limit; null is without limit. */
  readonly limits: readonly (readonly [number, number | null, number | null])[];
  readonly memory: EncodedSnapshot;
}

/** What a shell has to do with the rest of its machine, by names and numbers. */
export interface ShellSurroundings {
  readonly pid: number;
  /** The highest pid that has been given out. */
  readonly lastPid: number;
  /** Its children, which are not kept. */
  readonly children: readonly number[];
  /** Absolute path; undefined for a directory that has been removed. */
  readonly cwd: string | undefined;
  readonly files: readonly OpenedFile[];
}

/** A file that the shell has opened by its path. */
export interface OpenedFile {
  readonly path: string;
  /** Of open(2). */
  readonly flags: number;
  /** The file offset. */
  readonly position: number;
  readonly descriptors: readonly { readonly fd: number; readonly closeOnExec: boolean }[];
}

/** A shell in an image, with its memory yet to be decoded. */
export interface ImagedShell {
  readonly surroundings: ShellSurroundings;
  /** The state of the shell, which is to stand in `fs`. It has no open files and no children. */
  checkpoint(program: Program, fs: FsContext, credentials: Credentials): Checkpoint;
}

const LENGTH_BYTES = 4;
const NSIG = 64;

/**
 * A session's shell that waits for a command, in bytes. dist/session.image, made when the package is built, is of a root
 * session's shell that has started in its home: restoring it takes a fraction of the time that starting bash takes.
 *
 * Layout: length of the header (u32, little endian), the header as JSON, the non-zero parts of the memory.
 */
export function encodeImage(
  state: Checkpoint,
  programHash: string,
  surroundings: ShellSurroundings,
): SharedArrayBuffer {
  const { shape, parts } = state.memory.encode();
  const actions: [number, number, number, string][] = [];
  for (let signal = 1; signal <= NSIG; signal++) {
    const action = state.signals.action(signal);
    if (action !== undefined) actions.push([signal, action.handler, action.flags, action.mask.toString()]);
  }
  const header: ImageHeader = {
    program: programHash,
    surroundings,
    call: state.call,
    comm: state.identity.comm,
    exe: state.identity.exe,
    argv: state.identity.argv.strings(),
    environ: state.identity.environ.strings(),
    umask: state.fs.umask,
    mask: state.signals.mask.toString(),
    actions,
    limits: state.limits.all().map(({ soft, hard }, resource) => [resource, finite(soft), finite(hard)]),
    memory: shape,
  };
  const json = new TextEncoder().encode(JSON.stringify(header));
  const memoryBytes = parts.reduce((total, part) => total + part.length, 0);
  const image = new SharedArrayBuffer(LENGTH_BYTES + json.length + memoryBytes);
  const bytes = new Uint8Array(image);
  new DataView(image).setUint32(0, json.length, true);
  bytes.set(json, LENGTH_BYTES);
  let at = LENGTH_BYTES + json.length;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return image;
}

/** Undefined when it is an image of another bash. */
export function decodeImage(image: Uint8Array, programHash: string): ImagedShell | undefined {
  const length = new DataView(image.buffer, image.byteOffset).getUint32(0, true);
  // Copied, because a decoder takes no shared memory.
  const text = new TextDecoder().decode(image.slice(LENGTH_BYTES, LENGTH_BYTES + length));
  const header = JSON.parse(text) as ImageHeader; // written by `encodeImage`
  if (header.program !== programHash) return undefined;
  return {
    surroundings: header.surroundings,
    checkpoint(program, fs, credentials) {
      fs.umask = header.umask;
      return {
        program,
        memory: MemorySnapshot.decode(header.memory, image.subarray(LENGTH_BYTES + length)),
        call: header.call,
        files: [],
        fs,
        credentials,
        signals: decodeSignals(header),
        limits: decodeLimits(header),
        children: [],
        identity: {
          comm: header.comm,
          exe: header.exe,
          argv: StringVector.of(header.argv),
          environ: StringVector.of(header.environ),
        },
      };
    },
  };
}

function decodeSignals({ mask, actions }: ImageHeader): SignalState {
  const signals = new SignalState();
  signals.mask = BigInt(mask);
  for (const [signal, handler, flags, blocked] of actions) {
    signals.setAction(signal, { handler, flags, mask: BigInt(blocked) });
  }
  return signals;
}

function decodeLimits(header: ImageHeader): ResourceLimits {
  const limits = new ResourceLimits();
  for (const [resource, soft, hard] of header.limits) {
    limits.set(resource, soft ?? Number.POSITIVE_INFINITY, hard ?? Number.POSITIVE_INFINITY);
  }
  return limits;
}

/** JSON has no infinity. */
function finite(limit: number): number | null {
  return limit === Number.POSITIVE_INFINITY ? null : limit;
}
