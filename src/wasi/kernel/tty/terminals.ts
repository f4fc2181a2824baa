import { O_ACCMODE, O_NOCTTY, O_WRONLY } from "../../abi/linux/fcntl.js";
import { Errno } from "../../errno.js";
import type { Inode } from "../../vfs/inode.js";
import type { Kernel } from "../kernel.js";
import type { Process } from "../process.js";
import { acquire, hangUp, mayAcquireByOpen } from "./job-control.js";
import { MasterFile } from "./master-file.js";
import { Terminal } from "./terminal.js";
import { TerminalFile } from "./terminal-file.js";
import { OUTPUT_BYTES } from "./terminal-output.js";

/** How many there may be at once: their numbers are the minor numbers of one device. */
export const MAX_TERMINALS = 256;
/** What one takes of the session's memory, its input queue and marks included. */
const TERMINAL_BYTES = 2 * OUTPUT_BYTES;

/** The pseudo terminals of one kernel, by number. */
export class Terminals {
  private readonly terminals = new Map<number, Terminal>();

  constructor(private readonly kernel: Kernel) {}

  get(number: number): Terminal | undefined {
    return this.terminals.get(number);
  }

  /** In the order in which they were made. */
  numbers(): readonly number[] {
    return [...this.terminals.keys()];
  }

  /** A new one, whose master is open. ENOSPC when there are too many, ENOMEM. */
  create(owner: number): Terminal {
    let number = 0;
    while (this.terminals.has(number)) number++;
    if (number >= MAX_TERMINALS) throw Errno.ENOSPC;
    if (!this.kernel.memory.reserve(TERMINAL_BYTES)) throw Errno.ENOMEM;
    const terminal = new Terminal(this.kernel, number, owner, () => this.kernel.memory.free(TERMINAL_BYTES));
    this.terminals.set(number, terminal);
    return terminal;
  }

  /** open(2) of /dev/ptmx. */
  openMaster(process: Process, inode: Inode, flags: number): MasterFile {
    return new MasterFile(this.create(process.credentials.euid), inode, flags);
  }

  /** open(2) of /dev/pts/N; O_NOCTTY counts. EIO while it is locked or when its master is closed. It may become the controlling terminal. */
  openSlave(process: Process, number: number, inode: Inode, flags: number): TerminalFile {
    const terminal = this.terminals.get(number);
    if (terminal === undefined || terminal.locked) throw Errno.EIO;
    const readable = (flags & O_ACCMODE) !== O_WRONLY;
    if ((flags & O_NOCTTY) === 0 && readable && mayAcquireByOpen(process, terminal))
      acquire(process, terminal);
    return new TerminalFile(terminal, inode, flags & ~O_NOCTTY);
  }

  /** open(2) of /dev/tty: ENXIO for a process without a controlling terminal. */
  openControlling({ leader }: Process, inode: Inode, flags: number): TerminalFile {
    if (leader.terminal === undefined) throw Errno.ENXIO;
    return new TerminalFile(leader.terminal, inode, flags);
  }

  /** The master is closed: the name goes, and whoever uses the slave is told. */
  closeMaster(terminal: Terminal): void {
    this.terminals.delete(terminal.number);
    hangUp(this.kernel, terminal);
    terminal.closeMaster();
  }
}
