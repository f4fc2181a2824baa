import { AF_UNIX } from "../abi/linux/socket.js";
import { Errno } from "../errno.js";
import { decodeName, encodeName } from "../vfs/name.js";
import type { Socket } from "./socket.js";
import type { UserMemory } from "./user-memory.js";

/** The address of an AF_UNIX socket (unix(7)): a path, an abstract name (which begins with NUL), or undefined for none. */
export type SocketAddress = string | undefined;

const FAMILY_SIZE = 2;
const PATH_SIZE = 108;

/** Reads a `struct sockaddr_un`. EINVAL when it is no AF_UNIX address or of an impossible length. */
export function readAddress(memory: UserMemory, ptr: number, length: number): SocketAddress {
  if (length < FAMILY_SIZE || length > FAMILY_SIZE + PATH_SIZE) throw Errno.EINVAL;
  const bytes = memory.bytes(ptr, length);
  if (memory.getU16(ptr) !== AF_UNIX) throw Errno.EINVAL;
  if (length === FAMILY_SIZE) return undefined;
  const name = bytes.subarray(FAMILY_SIZE);
  if (name[0] === 0) return decodeName(name);
  const end = name.indexOf(0);
  return decodeName(end < 0 ? name : name.subarray(0, end));
}

/** Writes a `struct sockaddr_un`, cut off at the length in `*lengthPtr`, which then holds the full length. */
export function writeAddress(
  memory: UserMemory,
  ptr: number,
  lengthPtr: number,
  address: SocketAddress,
): void {
  if (ptr === 0) return;
  const room = memory.getI32(lengthPtr);
  if (room < 0) throw Errno.EINVAL;
  const bytes = encodeAddress(address);
  memory.bytes(ptr, Math.min(room, bytes.length)).set(bytes.subarray(0, room));
  memory.setI32(lengthPtr, bytes.length);
}

function encodeAddress(address: SocketAddress): Uint8Array {
  const name = address === undefined ? new Uint8Array(0) : encodeName(address);
  const terminated = address !== undefined && !isAbstract(address);
  const bytes = new Uint8Array(FAMILY_SIZE + name.length + (terminated ? 1 : 0));
  bytes[0] = AF_UNIX;
  bytes.set(name, FAMILY_SIZE);
  return bytes;
}

export function isAbstract(address: string): boolean {
  return address.startsWith("\0");
}

/**
 * The sockets of one kernel that others can find: by abstract name, or by the inode that bind(2) made. An inode is known here
 * by its device and number.
 */
export class SocketNames {
  private readonly bound = new Map<string, Socket>();

  find(key: string): Socket | undefined {
    return this.bound.get(key);
  }
  add(key: string, socket: Socket): void {
    this.bound.set(key, socket);
  }
  remove(key: string): void {
    this.bound.delete(key);
  }
}
