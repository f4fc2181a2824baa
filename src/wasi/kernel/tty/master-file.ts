import { FIONREAD } from "../../abi/linux/ioctl.js";
import { TIOCGPTLCK, TIOCGPTN, TIOCSPTLCK } from "../../abi/linux/termios.js";
import { Errno } from "../../errno.js";
import type { Inode } from "../../vfs/inode.js";
import type { Result } from "../blocked.js";
import { OpenFile, POLLHUP, POLLIN, POLLOUT } from "../open-file.js";
import type { Process } from "../process.js";
import type { WaitQueue } from "../wait-queue.js";
import type { Terminal } from "./terminal.js";
import { terminalIoctl } from "./terminal-ioctl.js";

/** The master's side of a pseudo terminal (ptmx(4)): what is written is typed, and what programs write is read. */
export class MasterFile extends OpenFile {
  constructor(
    readonly terminal: Terminal,
    readonly inode: Inode,
    flags: number,
  ) {
    super(flags);
    inode.retain();
  }

  override read(into: Uint8Array, process: Process): Result {
    const { output, slaveClosed, printed } = this.terminal;
    if (output.length > 0) return output.read(into);
    if (slaveClosed) throw Errno.EIO;
    if (this.nonblocking) throw Errno.EAGAIN;
    return process.sleepOn(printed);
  }

  override write(from: Uint8Array, process: Process): Result {
    const count = this.terminal.type(from);
    if (count > 0) return count;
    if (this.nonblocking) throw Errno.EAGAIN;
    return process.sleepOn(this.terminal.typable);
  }

  override ioctl(request: number, argument: number, process: Process): Result {
    const { terminal } = this;
    const { memory } = process;
    switch (request >>> 0) {
      case FIONREAD:
        memory.setI32(argument, terminal.output.length);
        return 0;
      case TIOCGPTN:
        memory.setU32(argument, terminal.number);
        return 0;
      case TIOCSPTLCK:
        terminal.locked = memory.getI32(argument) !== 0;
        return 0;
      case TIOCGPTLCK:
        memory.setI32(argument, terminal.locked ? 1 : 0);
        return 0;
      default:
        return terminalIoctl(terminal, request, argument, process, "master");
    }
  }

  override poll(): number {
    const { output, slaveClosed, takesInput } = this.terminal;
    return (output.length > 0 ? POLLIN : 0) | (slaveClosed ? POLLHUP : 0) | (takesInput ? POLLOUT : 0);
  }

  override waitQueues(): readonly WaitQueue[] {
    return [this.terminal.printed, this.terminal.typable];
  }

  protected override onClose(): void {
    const { kernel } = this.terminal;
    kernel.terminals.closeMaster(this.terminal);
    this.inode.release();
  }
}
