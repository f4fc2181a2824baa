import { O_NONBLOCK, O_RDWR } from "../abi/linux/fcntl.js";
import { Errno } from "../errno.js";
import type { Inode } from "../vfs/inode.js";
import type { Result } from "./blocked.js";
import { counterView } from "./event-file.js";
import { type ClockReader, IntervalTimer } from "./interval-timer.js";
import { OpenFile, POLLIN } from "./open-file.js";
import type { Process } from "./process.js";
import { WaitQueue } from "./wait-queue.js";

/** timerfd_create(2): a timer whose expirations can be read and waited for. */
export class TimerFile extends OpenFile {
  readonly interval: IntervalTimer;
  private expirations = 0;
  private readonly expired = new WaitQueue();

  constructor(
    readonly inode: Inode,
    process: Process,
    /** The timer's clock. */
    readonly now: ClockReader,
    flags: number,
  ) {
    super(O_RDWR | (flags & O_NONBLOCK));
    const { timers, clock } = process.kernel;
    this.interval = new IntervalTimer(
      timers,
      () => clock.monotonic(),
      now,
      (count) => {
        this.expirations += count;
        this.expired.wake();
      },
    );
  }

  /** The timer has been set anew: what it did before does not count any more. */
  forget(): void {
    this.expirations = 0;
  }

  override read(into: Uint8Array, process: Process): Result {
    const view = counterView(into);
    if (this.expirations === 0) {
      if (this.nonblocking) throw Errno.EAGAIN;
      return process.sleepOn(this.expired);
    }
    view.setBigUint64(0, BigInt(this.expirations), true);
    this.expirations = 0;
    return 8;
  }

  override poll(): number {
    return this.expirations > 0 ? POLLIN : 0;
  }

  override waitQueues(): readonly WaitQueue[] {
    return [this.expired];
  }

  protected override onClose(): void {
    this.interval.stop();
  }
}
