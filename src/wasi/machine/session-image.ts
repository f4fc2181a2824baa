import type { Program } from "../abi/linux/program.js";
import { type EncodedSnapshot, MemorySnapshot } from "../abi/linux/snapshot.js";
import { credentialsOf } from "../kernel/credentials.js";
import { ResourceLimits } from "../kernel/limits.js";
import { SignalState } from "../kernel/signal-state.js";
import { StringVector } from "../kernel/string-vector.js";
import type { FsContext } from "../vfs/vfs.js";
import type { Checkpoint } from "./checkpoint.js";

/** What an image says besides the bytes of the memory. */
interface ImageHeader {
  /** sha256 of the program it is an image of, as in the manifest. */
  readonly program: string;
  readonly call: Checkpoint["call"];
  readonly comm: string;
  readonly exe: string;
  readonly argv: readonly string[];
  readonly environ: readonly string[];
  readonly umask: number;
  readonly mask: string;
  /** Signal, handler, flags, mask. */
  readonly actions: readonly (readonly [number, number, number, string])[];
  readonly memory: EncodedSnapshot;
}

const LENGTH_BYTES = 4;
const NSIG = 64;

/**
 * A root session's shell that has started in its home and waits for its first command, in bytes: dist/session.image, made when
 * the package is built. Restoring it takes a fraction of the time that starting bash takes.
 *
 * Layout: length of the header (u32, little endian), the header as JSON, the non-zero parts of the memory.
 */
export function encodeImage(state: Checkpoint, programHash: string): Uint8Array {
  const { shape, bytes } = state.memory.encode();
  const actions: [number, number, number, string][] = [];
  for (let signal = 1; signal <= NSIG; signal++) {
    const action = state.signals.action(signal);
    if (action !== undefined) actions.push([signal, action.handler, action.flags, action.mask.toString()]);
  }
  const header: ImageHeader = {
    program: programHash,
    call: state.call,
    comm: state.identity.comm,
    exe: state.identity.exe,
    argv: state.identity.argv.strings(),
    environ: state.identity.environ.strings(),
    umask: state.fs.umask,
    mask: state.signals.mask.toString(),
    actions,
    memory: shape,
  };
  const json = new TextEncoder().encode(JSON.stringify(header));
  const image = new Uint8Array(LENGTH_BYTES + json.length + bytes.length);
  new DataView(image.buffer).setUint32(0, json.length, true);
  image.set(json, LENGTH_BYTES);
  image.set(bytes, LENGTH_BYTES + json.length);
  return image;
}

/** The state that an image holds, for a shell that stands in `fs`; undefined when it is an image of another bash. */
export function decodeImage(
  image: Uint8Array,
  programHash: string,
  program: () => Program,
  fs: FsContext,
): Checkpoint | undefined {
  const length = new DataView(image.buffer, image.byteOffset).getUint32(0, true);
  const text = new TextDecoder().decode(image.subarray(LENGTH_BYTES, LENGTH_BYTES + length));
  const header = JSON.parse(text) as ImageHeader; // written by `encodeImage`
  if (header.program !== programHash) return undefined;
  const signals = new SignalState();
  signals.mask = BigInt(header.mask);
  for (const [signal, handler, flags, mask] of header.actions) {
    signals.setAction(signal, { handler, flags, mask: BigInt(mask) });
  }
  fs.umask = header.umask;
  return {
    program: program(),
    memory: MemorySnapshot.decode(header.memory, image.subarray(LENGTH_BYTES + length)),
    call: header.call,
    files: [],
    fs,
    credentials: credentialsOf(0, 0),
    signals,
    limits: new ResourceLimits(),
    children: [],
    identity: {
      comm: header.comm,
      exe: header.exe,
      argv: StringVector.of(header.argv),
      environ: StringVector.of(header.environ),
    },
  };
}
