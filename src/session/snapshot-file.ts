import { type FileHandle, open, rename, rm } from "node:fs/promises";
import type { Frozen } from "../machine/calls/snapshot.js";
import type { MachineOptions } from "../machine/machine.js";
import { newSha256 } from "../machine/sha256.js";
import { buffersOf, type Snapshot } from "./snapshot-store.js";

/**
 * A snapshot as one file: eight bytes that say what it is, the version of this format and the length of the header (u32,
 * little-endian), the header as JSON, the sha256 of all that so far, and the parts, whose sizes and sha256 the header has.
 */
const MAGIC = Buffer.from("LMPTSNAP");
const FORMAT_VERSION = 1;
const PREFIX_BYTES = MAGIC.length + 8;
const DIGEST_BYTES = 32;
const MOST_HEADER_BYTES = 16 << 20;
/** As much is read, written or hashed at once, so that the thread has time for others. */
const STEP_BYTES = 1 << 20;

interface Header {
  /** Version of Limpet, and the images that the snapshot belongs to: it means nothing with others. */
  readonly limpet: string;
  readonly images: string;
  readonly name: string;
  readonly options: MachineOptions;
  readonly createdMs: number;
  /** Of a v86 machine. */
  readonly lastId?: number;
  readonly parts: readonly { readonly size: number; readonly sha256: string }[];
}

/** What a file has to have been made with. */
export interface Versions {
  readonly limpet: string;
  /** Identifies the images of a backend. */
  images(backend: Frozen["backend"]): string;
}

/** The file is no snapshot, or none that can be used; the message says why. */
export class BadSnapshotFile extends Error {}

/** Writes the file, or leaves nothing. Errors of the filesystem are thrown as they come. */
export async function writeSnapshot(path: string, snapshot: Snapshot, versions: Versions): Promise<number> {
  const { frozen, name, options, createdMs } = snapshot;
  const parts = buffersOf(frozen).map((buffer) => new Uint8Array(buffer));
  const sums: Header["parts"][number][] = [];
  for (const part of parts) sums.push({ size: part.length, sha256: await hashOf(part) });
  const header: Header = {
    limpet: versions.limpet,
    images: versions.images(frozen.backend),
    name,
    options,
    createdMs,
    ...(frozen.backend === "v86" && { lastId: frozen.lastId }),
    parts: sums,
  };
  const front = encodeFront(header);
  const temporary = `${path}.${crypto.randomUUID()}.part`;
  const file = await open(temporary, "wx", 0o600);
  try {
    try {
      for (const part of [front, ...parts]) await writeAll(file, part);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
  return parts.reduce((total, { length }) => total + length, front.length);
}

/** Throws a BadSnapshotFile for anything but a whole file of these versions, and errors of the filesystem as they come. */
export async function readSnapshot(path: string, versions: Versions): Promise<Snapshot> {
  const file = await open(path, "r");
  try {
    const { header, length } = await readFront(file);
    const { backend } = header.options;
    if (header.limpet !== versions.limpet)
      throw new BadSnapshotFile(`it is of Limpet ${header.limpet}, and this is Limpet ${versions.limpet}`);
    if (header.images !== versions.images(backend))
      throw new BadSnapshotFile(`it belongs to other images of the ${backend} backend than this daemon has`);
    const end = header.parts.reduce((total, { size }) => total + size, length);
    const { size } = await file.stat();
    if (size < end) throw new BadSnapshotFile(`it is cut off after ${size} of ${end} bytes`);
    if (size > end) throw new BadSnapshotFile(`it goes on after its end at ${end} bytes`);
    const parts: SharedArrayBuffer[] = [];
    let at = length;
    for (const part of header.parts) {
      parts.push(await readPart(file, at, part));
      at += part.size;
    }
    const { name, options, createdMs } = header;
    return { name, options, createdMs, parent: undefined, frozen: assemble(header, parts) };
  } finally {
    await file.close();
  }
}

function assemble({ options: { backend }, lastId }: Header, parts: readonly SharedArrayBuffer[]): Frozen {
  const [first, second, ...rest] = parts;
  if (backend === "v86" && first && lastId !== undefined)
    return { backend, state: first, lastId, processesDropped: 0 };
  if (backend === "wasi" && first && second)
    return { backend, shell: first, files: { table: second, contents: rest }, processesDropped: 0 };
  throw new BadSnapshotFile("parts are missing in it");
}

function encodeFront(header: Header): Uint8Array {
  const json = Buffer.from(JSON.stringify(header));
  const prefix = Buffer.alloc(PREFIX_BYTES);
  MAGIC.copy(prefix);
  prefix.writeUInt32LE(FORMAT_VERSION, MAGIC.length);
  prefix.writeUInt32LE(json.length, MAGIC.length + 4);
  const front = Buffer.concat([prefix, json]);
  return Buffer.concat([front, newSha256().update(front).digest()]);
}

async function readFront(file: FileHandle): Promise<{ header: Header; length: number }> {
  const prefix = await readUpTo(file, 0, PREFIX_BYTES);
  if (!prefix.subarray(0, MAGIC.length).equals(MAGIC))
    throw new BadSnapshotFile("it is no snapshot of Limpet");
  if (prefix.length < PREFIX_BYTES) throw new BadSnapshotFile("it is cut off in its header");
  const version = prefix.readUInt32LE(MAGIC.length);
  if (version !== FORMAT_VERSION)
    throw new BadSnapshotFile(
      `it is of version ${version} of the format, and known is version ${FORMAT_VERSION}`,
    );
  const jsonBytes = prefix.readUInt32LE(MAGIC.length + 4);
  if (jsonBytes > MOST_HEADER_BYTES) throw new BadSnapshotFile("its header is damaged");
  const length = PREFIX_BYTES + jsonBytes + DIGEST_BYTES;
  const front = await readUpTo(file, 0, length);
  if (front.length < length) throw new BadSnapshotFile("it is cut off in its header");
  const signed = front.subarray(0, length - DIGEST_BYTES);
  if (
    !newSha256()
      .update(signed)
      .digest()
      .equals(front.subarray(length - DIGEST_BYTES))
  )
    throw new BadSnapshotFile("its header is damaged");
  return { header: JSON.parse(signed.subarray(PREFIX_BYTES).toString()) as Header, length }; // written by `encodeFront`
}

async function readPart(
  file: FileHandle,
  position: number,
  { size, sha256 }: Header["parts"][number],
): Promise<SharedArrayBuffer> {
  const buffer = new SharedArrayBuffer(size);
  const bytes = new Uint8Array(buffer);
  const hash = newSha256();
  for (let at = 0; at < size; ) {
    const piece = bytes.subarray(at, at + STEP_BYTES);
    const { bytesRead } = await file.read(piece, 0, piece.length, position + at);
    if (bytesRead === 0) throw new BadSnapshotFile("it is cut off");
    hash.update(piece.subarray(0, bytesRead));
    at += bytesRead;
  }
  if (hash.digest("hex") !== sha256) throw new BadSnapshotFile("it is damaged: a checksum does not match");
  return buffer;
}

/** Short at the end of the file. */
async function readUpTo(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const buffer = Buffer.alloc(length);
  let at = 0;
  while (at < length) {
    const { bytesRead } = await file.read(buffer, at, length - at, position + at);
    if (bytesRead === 0) break;
    at += bytesRead;
  }
  return buffer.subarray(0, at);
}

async function writeAll(file: FileHandle, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length; ) {
    const { bytesWritten } = await file.write(bytes, at, Math.min(STEP_BYTES, bytes.length - at));
    at += bytesWritten;
  }
}

async function hashOf(bytes: Uint8Array): Promise<string> {
  const hash = newSha256();
  for (let at = 0; at < bytes.length; at += STEP_BYTES) {
    hash.update(bytes.subarray(at, at + STEP_BYTES));
    await new Promise((resolve) => setImmediate(resolve));
  }
  return hash.digest("hex");
}
