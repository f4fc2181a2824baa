import { O_NONBLOCK, O_RDWR } from "../abi/linux/fcntl.js";
import { NSIG } from "../abi/linux/signal.js";
import { Errno } from "../errno.js";
import type { Inode } from "../vfs/inode.js";
import type { Result } from "./blocked.js";
import { OpenFile, POLLIN } from "./open-file.js";
import type { Process } from "./process.js";
import { signalBit } from "./signal-state.js";
import type { WaitQueue } from "./wait-queue.js";

/** struct signalfd_siginfo: ssi_signo, ssi_errno, ssi_code, ssi_pid, ssi_uid; ssi_status is the eleventh word. */
const RECORD_SIZE = 128;
const STATUS_OFFSET = 40;

/** signalfd(2): pending signals that can be read and waited for instead of being handled. */
export class SignalFile extends OpenFile {
  constructor(
    readonly inode: Inode,
    /** The process whose signals poll(2) looks for; read(2) takes those of the reader. */
    private readonly owner: Process,
    /** The signals of interest. */
    public mask: bigint,
    flags: number,
  ) {
    super(O_RDWR | (flags & O_NONBLOCK));
  }

  override read(into: Uint8Array, process: Process): Result {
    if (into.length < RECORD_SIZE) throw Errno.EINVAL;
    let used = 0;
    for (let signal = this.next(process); signal !== 0; signal = this.next(process)) {
      if (used + RECORD_SIZE > into.length) break;
      const { code, pid, uid, status } = process.signals.take(signal);
      const record = new DataView(into.buffer, into.byteOffset + used, RECORD_SIZE);
      into.fill(0, used, used + RECORD_SIZE);
      [signal, 0, code, pid, uid].forEach((word, i) => {
        record.setInt32(4 * i, word, true);
      });
      record.setInt32(STATUS_OFFSET, status, true);
      used += RECORD_SIZE;
    }
    if (used > 0) return used;
    if (this.nonblocking) throw Errno.EAGAIN;
    return process.sleepOn(process.kernel.signals.raised);
  }

  override poll(): number {
    return this.next(this.owner) === 0 ? 0 : POLLIN;
  }

  override waitQueues(): readonly WaitQueue[] {
    return [this.owner.kernel.signals.raised];
  }

  /** The lowest signal of interest that is pending, blocked or not. */
  private next({ signals }: Process): number {
    const candidates = signals.pending & this.mask;
    if (candidates === 0n) return 0;
    for (let signal = 1; signal <= NSIG; signal++) if ((candidates & signalBit(signal)) !== 0n) return signal;
    return 0;
  }
}
