import { O_WRONLY } from "../abi/linux/fcntl.js";
import { SIGXFSZ } from "../abi/linux/signal.js";
import { Errno } from "../errno.js";
import type { Result } from "../kernel/blocked.js";
import { OpenFile, POLLOUT } from "../kernel/open-file.js";
import type { Process } from "../kernel/process.js";
import { WaitQueue } from "../kernel/wait-queue.js";
import type { Inode } from "../vfs/inode.js";

/** Takes what a command writes; returning false holds the writers back until `resume`. */
export type OutputReceiver = (bytes: Uint8Array) => boolean;

/**
 * The standard output or error of one command: to its programs a pipe whose reader is the client. After `detach` what is written
 * goes nowhere.
 */
export class CommandOutput extends OpenFile {
  readonly inode: Inode;
  private readonly writers = new WaitQueue();
  private held = false;

  constructor(
    owner: Process,
    private receiver: OutputReceiver | undefined,
    /** Called when no process has it open any more. */
    private readonly closed: () => void = () => {},
  ) {
    super(O_WRONLY);
    this.inode = owner.kernel.ipc.outsidePipeInode(owner, this);
  }

  override write(from: Uint8Array, process: Process): Result {
    if (this.receiver === undefined || from.length === 0) return from.length;
    if (this.held) return process.sleepOn(this.writers);
    const room = process.leader.job?.outputRoom(from.length) ?? from.length;
    if (room === 0) {
      process.kernel.signals.sendToThread(process, SIGXFSZ);
      throw Errno.EFBIG;
    }
    this.held = !this.receiver(from.slice(0, room));
    return room;
  }

  override poll(): number {
    return this.held ? 0 : POLLOUT;
  }

  override waitQueues(): readonly WaitQueue[] {
    return [this.writers];
  }

  resume(): void {
    this.held = false;
    this.writers.wake();
  }

  redirect(receiver: OutputReceiver): void {
    this.receiver = receiver;
    this.resume();
  }

  detach(): void {
    this.receiver = undefined;
    this.resume();
  }

  protected override onClose(): void {
    this.closed();
  }
}
