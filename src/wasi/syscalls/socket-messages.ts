import {
  MSG_CMSG_CLOEXEC,
  MSG_CTRUNC,
  MSG_DONTWAIT,
  MSG_EOR,
  MSG_NOSIGNAL,
  MSG_PEEK,
  MSG_TRUNC,
  MSG_WAITALL,
  SCM_MAX_FD,
  SCM_RIGHTS,
  SOCK_STREAM,
  SOL_SOCKET,
} from "../abi/linux/socket.js";
import { Errno } from "../errno.js";
import { BLOCKED, type Result } from "../kernel/blocked.js";
import type { OpenFile } from "../kernel/open-file.js";
import type { Process } from "../kernel/process.js";
import type { Socket } from "../kernel/socket.js";
import { writeAddress } from "../kernel/socket-address.js";
import { releaseAll, SOCKET_BUFFER, type Taken } from "../kernel/socket-inbox.js";

/** struct msghdr: name, namelen, iov, iovlen, control, controllen, flags. */
const MSGHDR_SIZE = 28;
/** struct cmsghdr: len, level, type. */
const CMSGHDR_SIZE = 12;
const UIO_MAXIOV = 1024;

const SEND_FLAGS = MSG_DONTWAIT | MSG_NOSIGNAL | MSG_EOR;
const RECEIVE_FLAGS = MSG_DONTWAIT | MSG_PEEK | MSG_TRUNC | MSG_WAITALL | MSG_CMSG_CLOEXEC | MSG_NOSIGNAL;

export function checkSendFlags(flags: number): void {
  if ((flags & ~SEND_FLAGS) !== 0) throw Errno.EOPNOTSUPP;
}

export function checkReceiveFlags(flags: number): void {
  if ((flags & ~RECEIVE_FLAGS) !== 0) throw Errno.EOPNOTSUPP;
}

export interface MessageHeader {
  readonly name: number;
  readonly nameLength: number;
  /** The buffers, in order. */
  readonly buffers: readonly Uint8Array[];
  readonly control: number;
  readonly controlLength: number;
}

export function readHeader(process: Process, ptr: number): MessageHeader {
  const { memory } = process;
  memory.bytes(ptr, MSGHDR_SIZE);
  const count = memory.getU32(ptr + 12);
  if (count > UIO_MAXIOV) throw Errno.EMSGSIZE;
  const vector = memory.getU32(ptr + 8);
  const buffers = Array.from({ length: count }, (_, i) =>
    memory.bytes(memory.getU32(vector + 8 * i), memory.getU32(vector + 8 * i + 4)),
  );
  return {
    name: memory.getU32(ptr),
    nameLength: memory.getI32(ptr + 4),
    buffers,
    control: memory.getU32(ptr + 16),
    controlLength: memory.getU32(ptr + 20),
  };
}

/** The bytes of all buffers in one piece, cut off at what a socket could ever take. */
export function gather(buffers: readonly Uint8Array[]): Uint8Array {
  const [only] = buffers;
  if (buffers.length === 1 && only !== undefined) return only;
  const total = buffers.reduce((sum, buffer) => sum + buffer.length, 0);
  const result = new Uint8Array(Math.min(total, SOCKET_BUFFER + 1));
  let at = 0;
  for (const buffer of buffers) {
    const part = buffer.subarray(0, result.length - at);
    result.set(part, at);
    at += part.length;
  }
  return result;
}

/** The files that control messages pass on (SCM_RIGHTS). Other kinds of control message are EINVAL. */
export function readRights(process: Process, header: MessageHeader): OpenFile[] {
  const { memory, fds } = process;
  const files: OpenFile[] = [];
  const end = header.control + header.controlLength;
  for (let at = header.control; at + CMSGHDR_SIZE <= end; ) {
    const length = memory.getU32(at);
    if (length < CMSGHDR_SIZE || at + length > end) throw Errno.EINVAL;
    if (memory.getI32(at + 4) !== SOL_SOCKET || memory.getI32(at + 8) !== SCM_RIGHTS) throw Errno.EINVAL;
    for (let slot = at + CMSGHDR_SIZE; slot + 4 <= at + length; slot += 4)
      files.push(fds.get(memory.getI32(slot)));
    at += (length + 3) & ~3;
  }
  if (files.length > SCM_MAX_FD) throw Errno.EINVAL;
  return files;
}

/** Receives into one buffer, or bytes until it is full for MSG_WAITALL on a stream. */
export function receiveInto(
  socket: Socket,
  into: Uint8Array,
  flags: number,
  process: Process,
): Taken | typeof BLOCKED {
  const { call } = process;
  const all = (flags & (MSG_WAITALL | MSG_PEEK)) === MSG_WAITALL && socket.type === SOCK_STREAM;
  if (!all || call === undefined) return socket.receive(into, flags, process);
  for (;;) {
    const taken = receiveMore(socket, into.subarray(call.done), flags, process, call.done);
    if (taken === BLOCKED) return BLOCKED;
    call.done += taken.count;
    if (call.done === into.length || taken.count === 0 || taken.files.length > 0) {
      return { ...taken, count: call.done, size: call.done };
    }
  }
}

/** An error after some bytes have come is reported by the next call. */
function receiveMore(socket: Socket, into: Uint8Array, flags: number, process: Process, done: number) {
  try {
    return socket.receive(into, flags, process);
  } catch (error) {
    if (done > 0 && error instanceof Errno) return { count: 0, size: 0, files: [], from: undefined };
    throw error;
  }
}

/** recvmsg(2). */
export function receiveMessage(process: Process, socket: Socket, ptr: number, flags: number): Result {
  const { memory } = process;
  const header = readHeader(process, ptr);
  const total = header.buffers.reduce((sum, buffer) => sum + buffer.length, 0);
  const [only] = header.buffers;
  const direct = header.buffers.length === 1 && only !== undefined;
  const into = direct ? only : new Uint8Array(Math.min(total, SOCKET_BUFFER));
  const taken = receiveInto(socket, into, flags, process);
  if (taken === BLOCKED) return BLOCKED;
  if (!direct) scatter(into.subarray(0, taken.count), header.buffers);
  let resultFlags = taken.size > taken.count ? MSG_TRUNC : 0;
  if (header.name !== 0) writeAddress(memory, header.name, ptr + 4, taken.from);
  const written = writeRights(process, header, taken.files, (flags & MSG_CMSG_CLOEXEC) !== 0);
  if (written.truncated) resultFlags |= MSG_CTRUNC;
  memory.setU32(ptr + 20, written.length);
  memory.setI32(ptr + 24, resultFlags | (flags & MSG_CMSG_CLOEXEC));
  return (flags & MSG_TRUNC) !== 0 ? taken.size : taken.count;
}

function scatter(bytes: Uint8Array, buffers: readonly Uint8Array[]): void {
  let at = 0;
  for (const buffer of buffers) {
    const part = bytes.subarray(at, at + buffer.length);
    buffer.set(part);
    at += part.length;
  }
}

/** Installs received files and tells their descriptors; what does not fit is closed and reported as truncated. */
function writeRights(
  process: Process,
  header: MessageHeader,
  files: readonly OpenFile[],
  cloexec: boolean,
): { length: number; truncated: boolean } {
  const { memory, fds } = process;
  const room = Math.max(0, Math.floor((header.controlLength - CMSGHDR_SIZE) / 4));
  const allocated: number[] = [];
  for (const file of files.slice(0, room)) {
    try {
      allocated.push(fds.allocate(file, cloexec));
    } catch (error) {
      if (error === Errno.EMFILE) break;
      throw error;
    }
  }
  releaseAll(files);
  if (allocated.length === 0) return { length: 0, truncated: files.length > 0 };
  const length = CMSGHDR_SIZE + 4 * allocated.length;
  memory.setU32(header.control, length);
  memory.setI32(header.control + 4, SOL_SOCKET);
  memory.setI32(header.control + 8, SCM_RIGHTS);
  allocated.forEach((fd, i) => {
    memory.setI32(header.control + CMSGHDR_SIZE + 4 * i, fd);
  });
  return { length, truncated: allocated.length < files.length };
}
