import { AT_FDCWD, O_CLOEXEC, O_NONBLOCK, O_RDWR } from "../abi/linux/fcntl.js";
import {
  AF_UNIX,
  MSG_TRUNC,
  SOCK_CLOEXEC,
  SOCK_DGRAM,
  SOCK_NONBLOCK,
  SOCK_RAW,
  SOCK_SEQPACKET,
  SOCK_STREAM,
  SOCK_TYPE_MASK,
} from "../abi/linux/socket.js";
import { S_IFSOCK } from "../abi/linux/stat.js";
import { Errno } from "../errno.js";
import { BLOCKED, type Result } from "../kernel/blocked.js";
import { ConnectionSocket } from "../kernel/connection-socket.js";
import { DatagramSocket } from "../kernel/datagram-socket.js";
import type { Kernel } from "../kernel/kernel.js";
import type { OpenFile } from "../kernel/open-file.js";
import type { Process } from "../kernel/process.js";
import { credentialsForPeer, Socket } from "../kernel/socket.js";
import { isAbstract, readAddress, writeAddress } from "../kernel/socket-address.js";
import { releaseAll } from "../kernel/socket-inbox.js";
import type { SpecialInode } from "../vfs/inode.js";
import { MAY_WRITE } from "../vfs/permission.js";
import { type SyscallDefinition, syscall } from "./definition.js";
import { allocatePair } from "./pipes.js";
import {
  checkReceiveFlags,
  checkSendFlags,
  gather,
  readHeader,
  readRights,
  receiveInto,
  receiveMessage,
} from "./socket-messages.js";
import { getOption, setOption } from "./socket-options.js";

function socketOf(process: Process, fd: number): Socket {
  const file = process.fds.get(fd);
  if (!(file instanceof Socket)) throw Errno.ENOTSOCK;
  return file;
}

function make(kernel: Kernel, process: Process, type: number): ConnectionSocket | DatagramSocket {
  const flags = O_RDWR | ((type & SOCK_NONBLOCK) !== 0 ? O_NONBLOCK : 0);
  switch (type & SOCK_TYPE_MASK) {
    case SOCK_STREAM:
    case SOCK_SEQPACKET:
      return new ConnectionSocket(
        type & SOCK_TYPE_MASK,
        kernel.ipc.socketInode(process),
        flags,
        kernel.memory,
      );
    case SOCK_DGRAM:
    case SOCK_RAW:
      return new DatagramSocket(kernel.ipc.socketInode(process), flags, kernel.memory);
    default:
      throw Errno.ESOCKTNOSUPPORT;
  }
}

function checkKind(family: number, type: number, protocol: number): void {
  if ((type & ~(SOCK_TYPE_MASK | SOCK_NONBLOCK | SOCK_CLOEXEC)) !== 0) throw Errno.EINVAL;
  if (family !== AF_UNIX) throw Errno.EAFNOSUPPORT;
  if (protocol !== 0 && protocol !== AF_UNIX) throw Errno.EPROTONOSUPPORT;
}

function socket(kernel: Kernel, process: Process, family: number, type: number, protocol: number): Result {
  checkKind(family, type, protocol);
  return process.fds.allocate(make(kernel, process, type), (type & SOCK_CLOEXEC) !== 0);
}

function socketpair(
  kernel: Kernel,
  process: Process,
  family: number,
  type: number,
  protocol: number,
  ptr: number,
): Result {
  checkKind(family, type, protocol);
  const first = make(kernel, process, type);
  const second = make(kernel, process, type);
  if (first instanceof ConnectionSocket && second instanceof ConnectionSocket) first.pair(second);
  if (first instanceof DatagramSocket && second instanceof DatagramSocket) first.pair(second);
  first.peerCredentials = credentialsForPeer(process);
  second.peerCredentials = first.peerCredentials;
  allocatePair(process, ptr, [first, second], (type & SOCK_CLOEXEC) !== 0);
  return 0;
}

function bind(kernel: Kernel, process: Process, fd: number, ptr: number, length: number): Result {
  const bound = socketOf(process, fd);
  const address = readAddress(process.memory, ptr, length);
  if (address === undefined) throw Errno.EINVAL;
  if (bound.address !== undefined) throw Errno.EINVAL;
  if (isAbstract(address)) {
    const names = kernel.ipc.socketNames;
    if (names.find(address) !== undefined) throw Errno.EADDRINUSE;
    names.add(address, bound);
    bound.unbind = () => names.remove(address);
  } else {
    const inode = createSocketFile(kernel, process, address);
    inode.driverState = bound;
    bound.unbind = () => {
      inode.driverState = undefined;
    };
  }
  bound.address = address;
  return 0;
}

function createSocketFile(kernel: Kernel, process: Process, path: string): SpecialInode {
  try {
    return kernel.vfs.create(process, AT_FDCWD, path, S_IFSOCK | 0o777) as SpecialInode;
  } catch (error) {
    throw error === Errno.EEXIST ? Errno.EADDRINUSE : error;
  }
}

/** The socket bound to an address; ECONNREFUSED when there is none any more. */
function lookUp(kernel: Kernel, process: Process, ptr: number, length: number): Socket {
  const address = readAddress(process.memory, ptr, length);
  if (address === undefined) throw Errno.EINVAL;
  const found = isAbstract(address) ? kernel.ipc.socketNames.find(address) : atPath(kernel, process, address);
  if (found === undefined) throw Errno.ECONNREFUSED;
  return found;
}

function atPath(kernel: Kernel, process: Process, path: string): Socket | undefined {
  const inode = kernel.vfs.lookup(process, AT_FDCWD, path);
  kernel.vfs.access(inode, process.credentials, MAY_WRITE);
  if (inode.type !== S_IFSOCK) throw Errno.ECONNREFUSED;
  return (inode as SpecialInode).driverState as Socket | undefined;
}

function connect(kernel: Kernel, process: Process, fd: number, ptr: number, length: number): Result {
  return socketOf(process, fd).connect(lookUp(kernel, process, ptr, length), process);
}

function accept4(
  _kernel: Kernel,
  process: Process,
  fd: number,
  ptr: number,
  lengthPtr: number,
  flags: number,
): Result {
  if ((flags & ~(SOCK_NONBLOCK | SOCK_CLOEXEC)) !== 0) throw Errno.EINVAL;
  const accepted = socketOf(process, fd).accept(process, flags);
  if (accepted === BLOCKED) return BLOCKED;
  accepted.retain();
  try {
    if (ptr !== 0) writeAddress(process.memory, ptr, lengthPtr, accepted.peer?.address);
    return process.fds.allocate(accepted, (flags & O_CLOEXEC) !== 0);
  } finally {
    accepted.release();
  }
}

function sendto(
  kernel: Kernel,
  process: Process,
  fd: number,
  ptr: number,
  length: number,
  flags: number,
  addressPtr: number,
  addressLength: number,
): Result {
  checkSendFlags(flags);
  const to = addressPtr === 0 ? undefined : lookUp(kernel, process, addressPtr, addressLength);
  return sendAll(process, socketOf(process, fd), process.memory.bytes(ptr, length), [], flags, to);
}

function sendmsg(kernel: Kernel, process: Process, fd: number, ptr: number, flags: number): Result {
  checkSendFlags(flags);
  const header = readHeader(process, ptr);
  const to = header.name === 0 ? undefined : lookUp(kernel, process, header.name, header.nameLength);
  const files = readRights(process, header);
  return sendAll(process, socketOf(process, fd), gather(header.buffers), files, flags, to);
}

/** A stream takes what fits and the call goes on until all is sent; the files go with the first bytes. */
function sendAll(
  process: Process,
  from: Socket,
  bytes: Uint8Array,
  files: readonly OpenFile[],
  flags: number,
  to: Socket | undefined,
): Result {
  const { call } = process;
  let done = call?.done ?? 0;
  do {
    let count: Result;
    try {
      count = from.send({ bytes: bytes.subarray(done), files: done === 0 ? files : [], flags, to }, process);
    } catch (error) {
      if (done > 0 && error instanceof Errno) return done;
      throw error;
    }
    if (count === BLOCKED) {
      if (call !== undefined) call.done = done;
      return BLOCKED;
    }
    done += count;
  } while (done < bytes.length);
  return done;
}

function recvfrom(
  _kernel: Kernel,
  process: Process,
  fd: number,
  ptr: number,
  length: number,
  flags: number,
  addressPtr: number,
  lengthPtr: number,
): Result {
  checkReceiveFlags(flags);
  const taken = receiveInto(socketOf(process, fd), process.memory.bytes(ptr, length), flags, process);
  if (taken === BLOCKED) return BLOCKED;
  releaseAll(taken.files);
  if (addressPtr !== 0) writeAddress(process.memory, addressPtr, lengthPtr, taken.from);
  return (flags & MSG_TRUNC) !== 0 ? taken.size : taken.count;
}

function getpeername(_kernel: Kernel, process: Process, fd: number, ptr: number, lengthPtr: number): Result {
  const { peer } = socketOf(process, fd);
  if (peer === undefined) throw Errno.ENOTCONN;
  writeAddress(process.memory, ptr, lengthPtr, peer.address);
  return 0;
}

const unixOnly = {
  support: "partial",
  note: "AF_UNIX within the sandbox; EAFNOSUPPORT for networks",
} as const;

export const socketSyscalls: readonly SyscallDefinition[] = [
  syscall(198, "socket", ["int", "int", "int"], socket, unixOnly),
  syscall(199, "socketpair", ["int", "int", "int", "ptr"], socketpair, unixOnly),
  syscall(200, "bind", ["fd", "ptr", "int"], bind),
  syscall(201, "listen", ["fd", "int"], (_kernel, process, fd, backlog) => {
    socketOf(process, fd).listen(backlog, process);
    return 0;
  }),
  syscall(202, "accept", ["fd", "ptr", "ptr"], (kernel, process, fd, ptr, length) =>
    accept4(kernel, process, fd, ptr, length, 0),
  ),
  syscall(242, "accept4", ["fd", "ptr", "ptr", "flags"], accept4),
  syscall(203, "connect", ["fd", "ptr", "int"], connect),
  syscall(204, "getsockname", ["fd", "ptr", "ptr"], (_kernel, process, fd, ptr, length) => {
    writeAddress(process.memory, ptr, length, socketOf(process, fd).address);
    return 0;
  }),
  syscall(205, "getpeername", ["fd", "ptr", "ptr"], getpeername),
  syscall(206, "sendto", ["fd", "ptr", "uint", "flags", "ptr", "int"], sendto),
  syscall(207, "recvfrom", ["fd", "ptr", "uint", "flags", "ptr", "ptr"], recvfrom),
  syscall(
    208,
    "setsockopt",
    ["fd", "int", "int", "ptr", "int"],
    (_kernel, process, fd, level, option, ptr, length) => {
      socketOf(process, fd);
      return setOption(process, level, option, ptr, length);
    },
    { support: "partial", note: "SOL_SOCKET only; no timeouts, no SO_PASSCRED" },
  ),
  syscall(
    209,
    "getsockopt",
    ["fd", "int", "int", "ptr", "ptr"],
    (_kernel, process, fd, level, option, ptr, length) =>
      getOption(process, socketOf(process, fd), level, option, ptr, length),
  ),
  syscall(210, "shutdown", ["fd", "int"], (_kernel, process, fd, how) => {
    const target = socketOf(process, fd);
    if (target instanceof ConnectionSocket && target.peer === undefined) throw Errno.ENOTCONN;
    target.shutdown(how);
    return 0;
  }),
  syscall(211, "sendmsg", ["fd", "ptr", "flags"], sendmsg, {
    support: "partial",
    note: "of control messages SCM_RIGHTS",
  }),
  syscall(
    212,
    "recvmsg",
    ["fd", "ptr", "flags"],
    (_kernel, process, fd, ptr, flags) => {
      checkReceiveFlags(flags);
      return receiveMessage(process, socketOf(process, fd), ptr, flags);
    },
    { support: "partial", note: "of control messages SCM_RIGHTS" },
  ),
];
