import { O_WRONLY } from "../abi/linux/fcntl.js";
import { anonymousInode } from "../kernel/anonymous-inode.js";
import type { Result } from "../kernel/blocked.js";
import { OpenFile, POLLOUT } from "../kernel/open-file.js";
import type { Process } from "../kernel/process.js";
import { WaitQueue } from "../kernel/wait-queue.js";
import type { Inode } from "../vfs/inode.js";
import { S_IFIFO } from "../abi/linux/stat.js";

/** Takes what a command writes; returning false holds the writer back until `resume`. */
export type OutputReceiver = (bytes: Uint8Array) => boolean;

/**
 * The standard output or error of one command: to the program a pipe whose reader is the client. When the command has been
 * answered, what processes left behind still write goes nowhere.
 */
export class OutputFile extends OpenFile {
  readonly inode: Inode;
  private readonly writers = new WaitQueue();
  private receiver: OutputReceiver | undefined;
  private held = false;

  constructor(process: Process, receiver: OutputReceiver) {
    super(O_WRONLY);
    this.inode = anonymousInode(process.kernel, S_IFIFO | 0o600, process.credentials);
    this.receiver = receiver;
  }

  override write(from: Uint8Array, process: Process): Result {
    if (this.receiver === undefined) return from.length;
    if (this.held) return process.sleepOn(this.writers);
    if (from.length > 0) this.held = !this.receiver(from.slice());
    return from.length;
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

  /** The command has been answered. */
  detach(): void {
    this.receiver = undefined;
    this.resume();
  }
}
