import { FIONREAD } from "../../abi/linux/ioctl.js";
import { SIGTTIN, SIGTTOU } from "../../abi/linux/signal.js";
import { TIOCSPGRP, TOSTOP } from "../../abi/linux/termios.js";
import { Errno } from "../../errno.js";
import type { Inode } from "../../vfs/inode.js";
import type { Result } from "../blocked.js";
import { OpenFile, POLLERR, POLLHUP, POLLIN, POLLOUT } from "../open-file.js";
import { type PendingCall, type Process, pendingCall } from "../process.js";
import { TIMER_SLACK_MS } from "../timers.js";
import type { WaitQueue } from "../wait-queue.js";
import { heldBack } from "./job-control.js";
import type { Terminal } from "./terminal.js";
import { terminalIoctl } from "./terminal-ioctl.js";

/** The slave's side of a pseudo terminal, which programs take for a terminal. After a hang-up it is at its end. */
export class TerminalFile extends OpenFile {
  constructor(
    readonly terminal: Terminal,
    readonly inode: Inode,
    flags: number,
  ) {
    super(flags);
    inode.retain();
    terminal.addSlave();
  }

  override read(into: Uint8Array, process: Process): Result {
    const { terminal } = this;
    if (!terminal.masterOpen) return 0;
    if (heldBack(process, terminal, SIGTTIN)) return process.sleepUntil(0);
    if (terminal.canonical) {
      if (terminal.readableBytes > 0) return terminal.take(into);
      return this.wait(process);
    }
    const { bytes, ms } = terminal.readThreshold;
    const wanted = Math.min(Math.max(bytes, 1), into.length);
    if (terminal.readableBytes >= wanted) return terminal.take(into);
    if (ms === 0) return bytes === 0 ? 0 : this.wait(process, into);
    const call = pendingCall(process);
    if (this.timeIsUp(process, call, bytes > 0, ms)) return terminal.take(into);
    const result = this.wait(process, into);
    return result < 0 && call.deadline !== undefined ? process.sleepUntil(call.deadline) : result;
  }

  override write(from: Uint8Array, process: Process): Result {
    const { terminal } = this;
    if (!terminal.masterOpen) throw Errno.EIO;
    const held = (terminal.termios.lflag & TOSTOP) !== 0 && heldBack(process, terminal, SIGTTOU);
    if (held) return process.sleepUntil(0);
    const count = terminal.output.write(from);
    if (count > 0) return count;
    if (this.nonblocking) throw Errno.EAGAIN;
    return process.sleepOn(terminal.output.writable);
  }

  override ioctl(request: number, argument: number, process: Process): Result {
    const { terminal } = this;
    if (!terminal.masterOpen) throw request === TIOCSPGRP ? Errno.ENOTTY : Errno.EIO;
    if (request === FIONREAD) {
      process.memory.setI32(argument, terminal.canonical ? terminal.input.lineBytes : terminal.input.length);
      return 0;
    }
    return terminalIoctl(terminal, request, argument, process, "slave");
  }

  override poll(): number {
    const { terminal } = this;
    if (!terminal.masterOpen) return POLLIN | POLLOUT | POLLERR | POLLHUP;
    const { bytes, ms } = terminal.readThreshold;
    const wanted = terminal.canonical || ms > 0 ? 1 : Math.max(bytes, 1);
    return (terminal.readableBytes >= wanted ? POLLIN : 0) | (terminal.output.hasRoom ? POLLOUT : 0);
  }

  override waitQueues(): readonly WaitQueue[] {
    return [this.terminal.readable, this.terminal.output.writable];
  }

  protected override onClose(): void {
    this.terminal.removeSlave();
    this.inode.release();
  }

  /** Sleeps until more is typed. A signal ends a read outside of canonical mode with what there is. */
  private wait(process: Process, into?: Uint8Array): Result {
    const { terminal } = this;
    if (this.nonblocking) {
      if (into !== undefined && terminal.readableBytes > 0) return terminal.take(into);
      throw Errno.EAGAIN;
    }
    const interrupted = process.call?.interrupted === true;
    if (interrupted && into !== undefined && terminal.readableBytes > 0) return terminal.take(into);
    return process.sleepOn(terminal.readable);
  }

  /** VTIME counts from the call on or, where there is a VMIN, from the last byte that has come. */
  private timeIsUp(process: Process, call: PendingCall, betweenBytes: boolean, ms: number): boolean {
    const now = process.kernel.clock.monotonic();
    const seen = this.terminal.readableBytes;
    if (betweenBytes && seen === 0) return false;
    if (call.deadline === undefined || (betweenBytes && call.scratch !== seen)) call.deadline = now + ms;
    call.scratch = seen;
    return now + TIMER_SLACK_MS >= call.deadline;
  }
}
