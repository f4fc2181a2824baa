import { FIONREAD } from "../abi/linux/ioctl.js";
import { SIGPIPE } from "../abi/linux/signal.js";
import { MSG_DONTWAIT, MSG_NOSIGNAL, MSG_PEEK, SHUT_RD, SHUT_RDWR, SHUT_WR } from "../abi/linux/socket.js";
import { Errno } from "../errno.js";
import type { Inode } from "../vfs/inode.js";
import { BLOCKED, type Result } from "./blocked.js";
import { OpenFile, POLLERR, POLLHUP, POLLIN, POLLOUT, POLLRDHUP } from "./open-file.js";
import type { Process } from "./process.js";
import type { SocketAddress } from "./socket-address.js";
import { type Inbox, releaseAll, type Taken } from "./socket-inbox.js";
import type { WaitQueue } from "./wait-queue.js";

/** Who is at the other end, as of connect(2), listen(2) or socketpair(2) (SO_PEERCRED). */
export interface PeerCredentials {
  readonly pid: number;
  readonly uid: number;
  readonly gid: number;
}

export function credentialsForPeer(process: Process): PeerCredentials {
  return { pid: process.pid, uid: process.credentials.euid, gid: process.credentials.egid };
}

export interface Outgoing {
  readonly bytes: Uint8Array;
  /** Files to pass on (SCM_RIGHTS); the socket takes references of its own. */
  readonly files: readonly OpenFile[];
  /** MSG_ flags. */
  readonly flags: number;
  /** The receiver, where the call names one. */
  readonly to: Socket | undefined;
}

/** Nothing came, and nothing will. */
const NOTHING: Taken = { count: 0, size: 0, files: [], from: undefined };

/** An AF_UNIX socket (unix(7)). Sockets talk to each other only within one kernel. */
export abstract class Socket extends OpenFile {
  /** SOCK_STREAM, SOCK_DGRAM or SOCK_SEQPACKET. */
  abstract readonly type: number;
  /** What others have sent here. */
  abstract readonly inbox: Inbox;
  /** What getsockname(2) gives. */
  address: SocketAddress;
  /** Undoes bind(2). */
  unbind: (() => void) | undefined;
  /** The socket that what is sent here goes to. */
  peer: Socket | undefined;
  peerCredentials: PeerCredentials | undefined;
  /** SO_ERROR: reported once. */
  protected error: Errno | undefined;
  /** False after a shutdown: nothing arrives here any more, or nothing can be sent from here. */
  receiving = true;
  sending = true;
  isOpen = true;

  constructor(
    readonly inode: Inode,
    flags: number,
  ) {
    super(flags);
  }

  abstract connect(target: Socket, process: Process): Result;
  /** The socket that a message goes to; throws when there is none or it is gone. */
  protected abstract receiver(message: Outgoing): Socket;
  /** Throws when nothing can be received because the socket is not connected. */
  protected checkCanReceive(): void {}

  get listening(): boolean {
    return false;
  }
  listen(_backlog: number, _process: Process): void {
    throw Errno.EOPNOTSUPP;
  }
  accept(_process: Process, _flags: number): Socket | typeof BLOCKED {
    throw Errno.EOPNOTSUPP;
  }

  /** send(2) and its kin. */
  send(message: Outgoing, process: Process): Result {
    const to = this.sending ? this.receiver(message) : undefined;
    if (to === undefined || !to.receiving) {
      if ((message.flags & MSG_NOSIGNAL) === 0) process.kernel.signals.sendToThread(process, SIGPIPE);
      throw Errno.EPIPE;
    }
    if (!to.inbox.fits(message.bytes.length)) {
      if (this.nonblocking || (message.flags & MSG_DONTWAIT) !== 0) throw Errno.EAGAIN;
      return process.sleepOn(to.inbox.writable);
    }
    const count = to.inbox.put(message.bytes, { files: message.files, from: this.address });
    for (const file of message.files) file.retain();
    return count;
  }

  /** recv(2) and its kin. The files in the answer belong to the caller. */
  receive(into: Uint8Array, flags: number, process: Process): Taken | typeof BLOCKED {
    this.checkCanReceive();
    if (!this.inbox.empty) return this.inbox.take(into, (flags & MSG_PEEK) !== 0);
    if (this.error !== undefined) throw this.takeError();
    if (!this.receiving) return NOTHING;
    if (this.nonblocking || (flags & MSG_DONTWAIT) !== 0) throw Errno.EAGAIN;
    return process.sleepOn(this.inbox.readable);
  }

  shutdown(how: number): void {
    if (how !== SHUT_RD && how !== SHUT_WR && how !== SHUT_RDWR) throw Errno.EINVAL;
    this.close(how !== SHUT_WR, how !== SHUT_RD);
  }

  override read(into: Uint8Array, process: Process): Result {
    if (into.length === 0) return 0;
    const taken = this.receive(into, 0, process);
    if (taken === BLOCKED) return BLOCKED;
    releaseAll(taken.files);
    return taken.count;
  }

  override write(from: Uint8Array, process: Process): Result {
    return this.send({ bytes: from, files: [], flags: 0, to: undefined }, process);
  }

  override ioctl(request: number, argument: number, process: Process): Result {
    if (request !== FIONREAD) return super.ioctl(request, argument, process);
    process.memory.setI32(argument, this.inbox.available);
    return 0;
  }

  override poll(): number {
    let events = 0;
    if (this.error !== undefined) events |= POLLERR;
    if (!this.inbox.empty) events |= POLLIN;
    if (!this.receiving) events |= POLLIN | POLLRDHUP;
    if (!this.receiving && !this.sending) events |= POLLHUP;
    if (this.peer === undefined || !this.peer.isOpen || this.peer.inbox.fits(1)) events |= POLLOUT;
    return events;
  }

  override waitQueues(): readonly WaitQueue[] {
    return this.peer === undefined ? [this.inbox.readable] : [this.inbox.readable, this.peer.inbox.writable];
  }

  /** SO_ERROR. */
  takeError(): Errno | undefined {
    const { error } = this;
    this.error = undefined;
    return error;
  }

  /** Ends one or both directions, and lets everybody concerned look again. */
  protected close(receiving: boolean, sending: boolean): void {
    if (receiving) this.receiving = false;
    if (sending) this.sending = false;
    this.inbox.readable.wake();
    this.inbox.writable.wake();
    this.peer?.inbox.writable.wake();
  }

  protected override onClose(): void {
    this.isOpen = false;
    this.unbind?.();
    this.inbox.clear();
    this.close(true, true);
  }
}
