import { O_NONBLOCK, O_RDWR } from "../abi/linux/fcntl.js";
import { Errno } from "../errno.js";
import type { Inode } from "../vfs/inode.js";
import type { Result } from "./blocked.js";
import { OpenFile, POLLIN, POLLOUT } from "./open-file.js";
import type { Process } from "./process.js";
import { WaitQueue } from "./wait-queue.js";

const MAX_COUNT = 0xffff_ffff_ffff_fffen;

/** The bytes of a 64-bit number; EINVAL when the buffer is too small for it. */
export function counterView(buffer: Uint8Array): DataView {
  if (buffer.length < 8) throw Errno.EINVAL;
  return new DataView(buffer.buffer, buffer.byteOffset, 8);
}

/** eventfd(2): a counter to wait for. */
export class EventFile extends OpenFile {
  private readonly filled = new WaitQueue();
  private readonly drained = new WaitQueue();

  constructor(
    readonly inode: Inode,
    private count: bigint,
    /** Each read takes one, not all. */
    private readonly semaphore: boolean,
    flags: number,
  ) {
    super(O_RDWR | (flags & O_NONBLOCK));
  }

  override read(into: Uint8Array, process: Process): Result {
    const view = counterView(into);
    if (this.count === 0n) {
      if (this.nonblocking) throw Errno.EAGAIN;
      return process.sleepOn(this.filled);
    }
    const taken = this.semaphore ? 1n : this.count;
    this.count -= taken;
    view.setBigUint64(0, taken, true);
    this.drained.wake();
    return 8;
  }

  override write(from: Uint8Array, process: Process): Result {
    const added = counterView(from).getBigUint64(0, true);
    if (added > MAX_COUNT) throw Errno.EINVAL;
    if (this.count + added > MAX_COUNT) {
      if (this.nonblocking) throw Errno.EAGAIN;
      return process.sleepOn(this.drained);
    }
    this.count += added;
    this.filled.wake();
    return 8;
  }

  override poll(): number {
    return (this.count > 0n ? POLLIN : 0) | (this.count < MAX_COUNT ? POLLOUT : 0);
  }

  override waitQueues(): readonly WaitQueue[] {
    return [this.filled, this.drained];
  }
}
