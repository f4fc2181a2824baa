import type { ProcessObserver, TerminalSize } from "../../machine/process.js";
import { AT_FDCWD, O_RDWR } from "../abi/linux/fcntl.js";
import { IUTF8 } from "../abi/linux/termios.js";
import type { FdTable } from "../kernel/fd-table.js";
import type { Process } from "../kernel/process.js";
import { acquire } from "../kernel/tty/job-control.js";
import type { OutsideMaster, Terminal } from "../kernel/tty/terminal.js";
import { TerminalFile } from "../kernel/tty/terminal-file.js";
import type { ProcessFiles } from "./process-files.js";

const CONTROL_D = Uint8Array.of(4);

/**
 * Files that are a pseudo terminal, whose master is outside the sandbox. It is the controlling terminal of the process, which
 * has to lead a session. The master is closed when the process has ended and nobody has the slave open.
 */
export class ProcessTerminal implements ProcessFiles, OutsideMaster {
  private readonly terminal: Terminal;
  private readonly slave: TerminalFile;
  /** What has been typed and does not fit into the terminal yet. */
  private readonly typed: Uint8Array[] = [];
  private held = false;
  private printing = false;

  /** `closed` is called when the master has been closed. ENOSPC, ENOMEM. */
  constructor(
    private readonly process: Process,
    size: TerminalSize,
    private readonly observer: ProcessObserver,
    private readonly closed: () => void,
  ) {
    const { kernel, credentials } = process;
    const terminal = kernel.terminals.create(credentials.euid);
    this.terminal = terminal;
    terminal.locked = false;
    // As programs that show UTF-8 set a terminal up, so that a whole character is erased.
    terminal.termios.iflag |= IUTF8;
    terminal.outside = this;
    this.resize(size);
    const inode = kernel.vfs.lookup(kernel.init, AT_FDCWD, `/dev/pts/${terminal.number}`);
    this.slave = new TerminalFile(terminal, inode, O_RDWR);
    acquire(process, terminal);
  }

  get open(): boolean {
    return this.terminal.masterOpen;
  }

  installIn(fds: FdTable): void {
    for (const fd of [0, 1, 2]) fds.set(fd, this.slave);
  }

  write(bytes: Uint8Array): void {
    this.typed.push(bytes);
    this.inputWanted();
  }

  closeInput(): void {
    this.typed.push(CONTROL_D);
    this.inputWanted();
  }

  resize({ rows, columns }: TerminalSize): void {
    this.terminal.resize({ rows, columns, widthPixels: 0, heightPixels: 0 });
  }

  resume(): void {
    this.held = false;
    this.outputReady();
  }

  inputWanted(): void {
    for (let [bytes] = this.typed; bytes !== undefined; [bytes] = this.typed) {
      const taken = this.terminal.masterOpen ? this.terminal.type(bytes) : bytes.length;
      if (taken === bytes.length) this.typed.shift();
      else this.typed[0] = bytes.subarray(taken);
      if (bytes !== CONTROL_D) this.observer.inputTaken(taken);
      if (taken < bytes.length) return;
    }
  }

  outputReady(): void {
    // Reading makes room for echo that has been held back, which is announced while it is read.
    if (this.printing) return;
    this.printing = true;
    try {
      while (!this.held && this.terminal.output.length > 0) this.print();
    } finally {
      this.printing = false;
    }
  }

  slaveClosed(): void {
    if (this.process.alive) return;
    while (this.terminal.output.length > 0) this.print();
    this.process.kernel.terminals.closeMaster(this.terminal);
    this.inputWanted();
    this.closed();
  }

  private print(): void {
    const { output } = this.terminal;
    const bytes = new Uint8Array(output.length);
    output.read(bytes);
    this.held = !this.observer.output("stdout", bytes);
  }
}
