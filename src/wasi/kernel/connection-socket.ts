import { O_NONBLOCK, O_RDWR } from "../abi/linux/fcntl.js";
import { SOCK_STREAM, SOMAXCONN } from "../abi/linux/socket.js";
import { Errno } from "../errno.js";
import type { Inode } from "../vfs/inode.js";
import type { BLOCKED, Result } from "./blocked.js";
import type { BufferBudget } from "./byte-ring.js";
import { POLLHUP, POLLIN, POLLOUT } from "./open-file.js";
import type { Process } from "./process.js";
import { credentialsForPeer, type Outgoing, Socket } from "./socket.js";
import { MessageInbox, StreamInbox } from "./socket-inbox.js";

/** A socket that has to be connected: SOCK_STREAM or SOCK_SEQPACKET. */
export class ConnectionSocket extends Socket {
  readonly inbox: StreamInbox | MessageInbox;
  private state: "unconnected" | "listening" | "connected" = "unconnected";
  /** Connections that wait for accept(2), while listening. */
  private readonly backlog: ConnectionSocket[] = [];
  private backlogLimit = 0;

  constructor(
    readonly type: number,
    inode: Inode,
    flags: number,
    memory: BufferBudget,
  ) {
    super(inode, flags);
    this.inbox = type === SOCK_STREAM ? new StreamInbox(memory) : new MessageInbox(memory);
  }

  override get listening(): boolean {
    return this.state === "listening";
  }

  /** Joins two fresh sockets (socketpair(2)). */
  pair(other: ConnectionSocket): void {
    this.peer = other;
    other.peer = this;
    this.state = "connected";
    other.state = "connected";
  }

  override listen(backlog: number, process: Process): void {
    if (this.state === "connected" || this.address === undefined) throw Errno.EINVAL;
    this.state = "listening";
    this.peerCredentials = credentialsForPeer(process);
    this.backlogLimit = Math.min(backlog >>> 0, SOMAXCONN);
  }

  override connect(target: Socket, process: Process): Result {
    if (this.state === "connected") throw Errno.EISCONN;
    if (this.state === "listening") throw Errno.EINVAL;
    if (target.type !== this.type) throw Errno.EPROTOTYPE;
    if (!(target instanceof ConnectionSocket) || !target.listening) throw Errno.ECONNREFUSED;
    if (target.backlog.length > target.backlogLimit) {
      if (this.nonblocking) throw Errno.EAGAIN;
      return process.sleepOn(target.inbox.writable);
    }
    const { ipc, memory } = process.kernel;
    const accepted = new ConnectionSocket(this.type, ipc.socketInode(process), O_RDWR, memory);
    accepted.address = target.address;
    accepted.peerCredentials = credentialsForPeer(process);
    this.peerCredentials = target.peerCredentials;
    this.pair(accepted);
    target.backlog.push(accepted);
    target.inbox.readable.wake();
    return 0;
  }

  override accept(process: Process, flags: number): Socket | typeof BLOCKED {
    if (!this.listening) throw Errno.EINVAL;
    const next = this.backlog.shift();
    if (next === undefined) {
      if (!this.receiving) throw Errno.EINVAL;
      if (this.nonblocking) throw Errno.EAGAIN;
      return process.sleepOn(this.inbox.readable);
    }
    this.inbox.writable.wake();
    next.flags |= flags & O_NONBLOCK;
    return next;
  }

  override poll(): number {
    switch (this.state) {
      case "connected":
        return super.poll();
      case "listening":
        return this.backlog.length > 0 ? POLLIN : 0;
      case "unconnected":
        return POLLOUT | POLLHUP;
    }
  }

  protected override receiver(message: Outgoing): Socket {
    if (message.to !== undefined) throw this.state === "connected" ? Errno.EISCONN : Errno.EOPNOTSUPP;
    if (this.peer === undefined) throw Errno.ENOTCONN;
    return this.peer;
  }

  protected override checkCanReceive(): void {
    if (this.state !== "connected") throw this.type === SOCK_STREAM ? Errno.EINVAL : Errno.ENOTCONN;
  }

  /** A direction ends on both sides. */
  protected override close(receiving: boolean, sending: boolean): void {
    super.close(receiving, sending);
    const peer = this.peer as ConnectionSocket | undefined;
    if (peer?.isOpen) peer.closedByPeer(sending, receiving);
  }

  protected override onClose(): void {
    const peer = this.peer as ConnectionSocket | undefined;
    if (peer !== undefined && !this.inbox.empty) peer.error = Errno.ECONNRESET;
    for (const waiting of this.backlog.splice(0)) waiting.discard();
    super.onClose();
  }

  private closedByPeer(receiving: boolean, sending: boolean): void {
    if (receiving) this.receiving = false;
    if (sending) this.sending = false;
    this.inbox.readable.wake();
    this.inbox.writable.wake();
    this.peer?.inbox.writable.wake();
  }

  /** Ends a connection that nobody accepted. */
  private discard(): void {
    this.retain();
    this.release();
  }
}
