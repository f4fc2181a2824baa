import { O_RDONLY } from "../abi/linux/fcntl.js";
import { FIONREAD } from "../abi/linux/ioctl.js";
import type { Result } from "../kernel/blocked.js";
import { OpenFile, POLLHUP, POLLIN } from "../kernel/open-file.js";
import type { Process } from "../kernel/process.js";
import { WaitQueue } from "../kernel/wait-queue.js";
import type { Inode } from "../vfs/inode.js";

/** The standard input of a process whose client writes to it: to its programs a pipe. */
export class CommandInput extends OpenFile {
  readonly inode: Inode;
  private readonly readers = new WaitQueue();
  private readonly chunks: Uint8Array[] = [];
  private length = 0;
  private ended = false;
  private abandoned = false;

  /** `taken` is told how many bytes have been read, or dropped because nobody has the pipe open any more. */
  constructor(
    owner: Process,
    private readonly taken: (bytes: number) => void,
  ) {
    super(O_RDONLY);
    this.inode = owner.kernel.ipc.outsidePipeInode(owner, this);
  }

  /** Takes over `bytes`; the client bounds how much waits here. */
  push(bytes: Uint8Array): void {
    if (bytes.length === 0) return;
    if (this.abandoned) return this.taken(bytes.length);
    this.chunks.push(bytes);
    this.length += bytes.length;
    this.readers.wake();
  }

  /** End of file after what has been pushed. */
  end(): void {
    this.ended = true;
    this.readers.wake();
  }

  override read(into: Uint8Array, process: Process): Result {
    if (into.length === 0) return 0;
    if (this.length === 0) return this.ended ? 0 : process.sleepOn(this.readers);
    let done = 0;
    for (let [chunk] = this.chunks; chunk !== undefined && done < into.length; [chunk] = this.chunks) {
      const part = chunk.subarray(0, into.length - done);
      into.set(part, done);
      done += part.length;
      if (part.length === chunk.length) this.chunks.shift();
      else this.chunks[0] = chunk.subarray(part.length);
    }
    this.length -= done;
    this.taken(done);
    return done;
  }

  override ioctl(request: number, argument: number, process: Process): Result {
    if (request !== FIONREAD) return super.ioctl(request, argument, process);
    process.memory.setI32(argument, this.length);
    return 0;
  }

  override poll(): number {
    return (this.length > 0 ? POLLIN : 0) | (this.ended ? POLLHUP : 0);
  }

  override waitQueues(): readonly WaitQueue[] {
    return [this.readers];
  }

  protected override onClose(): void {
    this.abandoned = true;
    if (this.length > 0) this.taken(this.length);
    this.chunks.length = 0;
    this.length = 0;
  }
}
