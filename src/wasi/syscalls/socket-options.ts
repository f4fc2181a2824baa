import {
  AF_UNIX,
  SO_ACCEPTCONN,
  SO_DOMAIN,
  SO_ERROR,
  SO_KEEPALIVE,
  SO_PASSCRED,
  SO_PEERCRED,
  SO_PROTOCOL,
  SO_RCVBUF,
  SO_RCVLOWAT,
  SO_REUSEADDR,
  SO_SNDBUF,
  SO_TYPE,
  SOL_SOCKET,
} from "../abi/linux/socket.js";
import { Errno } from "../errno.js";
import type { Result } from "../kernel/blocked.js";
import type { Process } from "../kernel/process.js";
import type { Socket } from "../kernel/socket.js";
import { SOCKET_BUFFER } from "../kernel/socket-inbox.js";

/** The value of a SOL_SOCKET option as words; ENOPROTOOPT for those that there are not. */
function optionValue(socket: Socket, option: number): readonly number[] {
  switch (option) {
    case SO_TYPE:
      return [socket.type];
    case SO_DOMAIN:
      return [AF_UNIX];
    case SO_PROTOCOL:
    case SO_PASSCRED:
    case SO_REUSEADDR:
    case SO_KEEPALIVE:
      return [0];
    case SO_ERROR:
      return [socket.takeError()?.number ?? 0];
    case SO_ACCEPTCONN:
      return [socket.listening ? 1 : 0];
    case SO_SNDBUF:
    case SO_RCVBUF:
      return [SOCKET_BUFFER];
    case SO_RCVLOWAT:
      return [1];
    case SO_PEERCRED: {
      const { pid, uid, gid } = socket.peerCredentials ?? { pid: 0, uid: -1, gid: -1 };
      return [pid, uid, gid];
    }
    default:
      throw Errno.ENOPROTOOPT;
  }
}

/** getsockopt(2): the value is cut off at the length in `*lengthPtr`, which then holds the length written. */
export function getOption(
  process: Process,
  socket: Socket,
  level: number,
  option: number,
  ptr: number,
  lengthPtr: number,
): Result {
  if (level !== SOL_SOCKET) throw Errno.EOPNOTSUPP;
  const { memory } = process;
  const room = memory.getI32(lengthPtr);
  if (room < 0) throw Errno.EINVAL;
  const value = new Uint8Array(Int32Array.from(optionValue(socket, option)).buffer).subarray(0, room);
  memory.bytes(ptr, value.length).set(value);
  memory.setI32(lengthPtr, value.length);
  return 0;
}

/** setsockopt(2): options that mean nothing between processes of one kernel are taken and have no effect. */
export function setOption(
  process: Process,
  level: number,
  option: number,
  ptr: number,
  length: number,
): Result {
  if (level !== SOL_SOCKET) throw Errno.EOPNOTSUPP;
  switch (option) {
    case SO_REUSEADDR:
    case SO_KEEPALIVE:
    case SO_SNDBUF:
    case SO_RCVBUF:
    case SO_RCVLOWAT:
      if (length < 4) throw Errno.EINVAL;
      process.memory.getI32(ptr);
      return 0;
    default:
      throw Errno.ENOPROTOOPT;
  }
}
