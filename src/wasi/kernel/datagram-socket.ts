import { SOCK_DGRAM } from "../abi/linux/socket.js";
import { Errno } from "../errno.js";
import type { Inode } from "../vfs/inode.js";
import type { Result } from "./blocked.js";
import type { BufferBudget } from "./byte-ring.js";
import type { Process } from "./process.js";
import { type Outgoing, Socket } from "./socket.js";
import { MessageInbox } from "./socket-inbox.js";

/** A SOCK_DGRAM socket: messages keep their boundaries and their order, and none is lost. */
export class DatagramSocket extends Socket {
  readonly type = SOCK_DGRAM;
  readonly inbox: MessageInbox;

  constructor(inode: Inode, flags: number, memory: BufferBudget) {
    super(inode, flags);
    this.inbox = new MessageInbox(memory);
  }

  /** Joins two fresh sockets (socketpair(2)). */
  pair(other: DatagramSocket): void {
    this.peer = other;
    other.peer = this;
  }

  /** Sets where messages go that name no receiver. */
  override connect(target: Socket, _process: Process): Result {
    if (target.type !== SOCK_DGRAM) throw Errno.EPROTOTYPE;
    this.checkAccepts(target);
    this.peer = target;
    return 0;
  }

  protected override receiver(message: Outgoing): Socket {
    const to = message.to ?? this.peer;
    if (to === undefined) throw Errno.ENOTCONN;
    if (to.type !== SOCK_DGRAM) throw Errno.EPROTOTYPE;
    if (!to.isOpen) {
      if (to === this.peer) this.peer = undefined;
      throw Errno.ECONNREFUSED;
    }
    this.checkAccepts(to);
    return to;
  }

  /** A connected socket takes messages from its peer only. */
  private checkAccepts(target: Socket): void {
    if (target.peer !== undefined && target.peer !== this) throw Errno.EPERM;
  }
}
