import { FIONREAD } from "../abi/linux/ioctl.js";
import { SIGPIPE } from "../abi/linux/signal.js";
import { Errno } from "../errno.js";
import type { Inode } from "../vfs/inode.js";
import type { Result } from "./blocked.js";
import { type BufferBudget, ByteRing } from "./byte-ring.js";
import { OpenFile, POLLERR, POLLHUP, POLLIN, POLLOUT } from "./open-file.js";
import type { PipeBudget } from "./pipe-budget.js";
import type { Process } from "./process.js";
import { WaitQueue } from "./wait-queue.js";

/** A write of at most this many bytes goes in whole or not at all (pipe(7)). It is also the unit of a pipe's capacity. */
const PIPE_BUF = 4096;

/** The channel behind the two ends of a pipe(2) and behind a FIFO, while any end is open. */
export class Pipe {
  readonly ring: ByteRing;
  /** Open ends of each kind. */
  readers = 0;
  writers = 0;
  /** How many ends of each kind have ever been opened: a FIFO's open(2) waits for the other count to move. */
  readerOpens = 0;
  writerOpens = 0;
  /** Woken when there is something to read, when the last writer goes, and when an end is opened. */
  readonly readable = new WaitQueue();
  /** Woken when there is room to write, and when the last reader goes. */
  readonly writable = new WaitQueue();

  constructor(
    private readonly budget: PipeBudget,
    memory: BufferBudget,
    /** Called when the last end is closed. */
    private readonly onUnused: () => void = () => {},
  ) {
    this.ring = new ByteRing(0, memory);
  }

  /** ENFILE when there are too many pipes. */
  addReader(): void {
    this.beginIfUnused();
    this.readers++;
    this.readerOpens++;
    this.writable.wake();
  }

  /** ENFILE when there are too many pipes. */
  addWriter(): void {
    this.beginIfUnused();
    this.writers++;
    this.writerOpens++;
    this.readable.wake();
  }

  removeReader(): void {
    if (--this.readers === 0) this.writable.wake();
    this.endIfUnused();
  }

  removeWriter(): void {
    if (--this.writers === 0) this.readable.wake();
    this.endIfUnused();
  }

  /** F_SETPIPE_SZ: rounds up to a power of two of pages and returns the new capacity. EBUSY if it does not hold what is inside. */
  resize(bytes: number): number {
    if (bytes <= 0) throw Errno.EINVAL;
    let capacity = PIPE_BUF;
    while (capacity < bytes) capacity *= 2;
    if (capacity < this.ring.length) throw Errno.EBUSY;
    this.budget.change(this.ring.capacity, capacity);
    this.ring.resize(capacity);
    this.writable.wake();
    return capacity;
  }

  private beginIfUnused(): void {
    if (this.readers + this.writers === 0) this.ring.resize(this.budget.take());
  }

  private endIfUnused(): void {
    if (this.readers + this.writers > 0) return;
    this.budget.release(this.ring.capacity);
    this.ring.dispose();
    this.onUnused();
  }
}

/** One end of a pipe, or both (a FIFO opened with O_RDWR). */
export class PipeFile extends OpenFile {
  /** Of a reader that came when no writer was there: the count of writers so far. There is no hang-up before the first one. */
  private readonly writersBefore: number;

  constructor(
    readonly pipe: Pipe,
    readonly inode: Inode,
    flags: number,
  ) {
    super(flags);
    if (this.readable) pipe.addReader();
    if (this.writable) pipe.addWriter();
    inode.retain();
    this.writersBefore = pipe.writers === 0 ? pipe.writerOpens : -1;
  }

  override read(into: Uint8Array, process: Process): Result {
    if (!this.readable) throw Errno.EBADF;
    if (into.length === 0) return 0;
    const { ring, writers, readable, writable } = this.pipe;
    if (ring.length === 0) {
      if (writers === 0) return 0;
      if (this.nonblocking) throw Errno.EAGAIN;
      return process.sleepOn(readable);
    }
    const count = ring.read(into);
    if (ring.room >= PIPE_BUF) writable.wake();
    return count;
  }

  override write(from: Uint8Array, process: Process): Result {
    if (!this.writable) throw Errno.EBADF;
    if (from.length === 0) return 0;
    const { ring, readers, readable, writable } = this.pipe;
    if (readers === 0) {
      process.kernel.signals.sendToThread(process, SIGPIPE);
      throw Errno.EPIPE;
    }
    const room = ring.room;
    if (room === 0 || (from.length <= PIPE_BUF && room < from.length)) {
      if (this.nonblocking) throw Errno.EAGAIN;
      return process.sleepOn(writable);
    }
    const count = ring.write(from);
    readable.wake();
    return count;
  }

  override ioctl(request: number, argument: number, process: Process): Result {
    if (request !== FIONREAD) return super.ioctl(request, argument, process);
    process.memory.setI32(argument, this.pipe.ring.length);
    return 0;
  }

  override poll(): number {
    const { ring, readers, writers, writerOpens } = this.pipe;
    let events = 0;
    if (this.readable) {
      if (ring.length > 0) events |= POLLIN;
      if (writers === 0 && writerOpens !== this.writersBefore) events |= POLLHUP;
    }
    if (this.writable) {
      if (ring.room >= PIPE_BUF) events |= POLLOUT;
      if (readers === 0) events |= POLLERR;
    }
    return events;
  }

  override waitQueues(): readonly WaitQueue[] {
    const { readable, writable } = this.pipe;
    if (!this.writable) return [readable];
    return this.readable ? [readable, writable] : [writable];
  }

  /** Closes an end that never got a descriptor. */
  discard(): void {
    this.retain();
    this.release();
  }

  protected override onClose(): void {
    if (this.readable) this.pipe.removeReader();
    if (this.writable) this.pipe.removeWriter();
    this.inode.release();
  }
}
