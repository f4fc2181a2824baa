/** What of the memfs package is used, in a module of its own, because loading it takes time: at the first write. */
import { Volume } from "memfs";

export type Superblock = Volume["_core"];
export type Node = ReturnType<Superblock["createNode"]>;
export type Link = Superblock["root"];
/** The class of buffers that memfs takes. */
export type MemfsBuffer = ReturnType<Node["getBuffer"]>;

/** memfs asks for these when it makes an inode; owners are kept elsewhere. */
const NO_PROCESS = {
  cwd: () => "/",
  platform: "linux",
  env: {},
  emitWarning: () => {},
  getuid: () => 0,
  getgid: () => 0,
};

/** An empty volume, at the level of its inodes and links. */
export function createVolume(): Superblock {
  return Volume.fromNestedJSON({}, "/", { process: NO_PROCESS })._core;
}

/** The same bytes in the form that memfs takes. */
export function toBuffer(bytes: Uint8Array): MemfsBuffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
