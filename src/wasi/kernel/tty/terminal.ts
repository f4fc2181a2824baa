import { SIGWINCH } from "../../abi/linux/signal.js";
import { ICANON, VMIN, VTIME } from "../../abi/linux/termios.js";
import type { Kernel } from "../kernel.js";
import { WaitQueue } from "../wait-queue.js";
import { InputQueue } from "./input-queue.js";
import { LineDiscipline } from "./line-discipline.js";
import { TerminalOutput } from "./terminal-output.js";
import { Termios } from "./termios.js";

export interface WindowSize {
  readonly rows: number;
  readonly columns: number;
  /** Of the whole window; 0 where nobody knows. */
  readonly widthPixels: number;
  readonly heightPixels: number;
}

/** A master that no process holds: it is outside the sandbox, and is called where a process would be woken. */
export interface OutsideMaster {
  /** There are new bytes to read. */
  outputReady(): void;
  /** There is room for input again. */
  inputWanted(): void;
  /** The last program has closed the slave. */
  slaveClosed(): void;
}

/** A pseudo terminal (pty(7)): what lies between the master, where somebody types and looks, and the slave, where programs do. */
export class Terminal {
  readonly termios = new Termios();
  readonly input = new InputQueue();
  readonly output = new TerminalOutput(this.termios, () => this.wakeMaster());
  private readonly discipline: LineDiscipline;
  private size: WindowSize = { rows: 0, columns: 0, widthPixels: 0, heightPixels: 0 };

  /** The session whose controlling terminal it is, and that session's foreground process group; 0 for none. */
  session = 0;
  foreground = 0;

  /** Woken when a program may have something to read, and at hang-up. */
  readonly readable = new WaitQueue();
  /** Woken when the master has something to read, and at its end. */
  readonly printed = new WaitQueue();
  /** Woken when the master may write again. */
  readonly typable = new WaitQueue();
  outside: OutsideMaster | undefined;

  /** The slave cannot be opened before the master has called unlockpt(3). */
  locked = true;
  masterOpen = true;
  /** Open files of the slave's side, and whether there has been one. */
  private slaves = 0;
  private everOpened = false;

  constructor(
    readonly kernel: Kernel,
    /** N of /dev/pts/N. */
    readonly number: number,
    readonly owner: number,
    /** Called when both sides are closed. */
    private readonly unused: () => void,
  ) {
    this.discipline = new LineDiscipline(this.termios, this.input, this.output, (signal) =>
      this.signalForeground(signal),
    );
  }

  get canonical(): boolean {
    return (this.termios.lflag & ICANON) !== 0;
  }

  get windowSize(): WindowSize {
    return this.size;
  }

  /** Somebody has typed. Returns how many bytes were taken; the others have to wait until programs have read. */
  type(bytes: Uint8Array): number {
    const taken = this.discipline.receive(bytes);
    if (this.readableBytes > 0) this.readable.wake();
    return taken;
  }

  /** Whether `type` would take anything now. */
  get takesInput(): boolean {
    return this.discipline.takesInput;
  }

  /** What read(2) of the slave would give now, an empty line for the end of file counted as one. */
  get readableBytes(): number {
    return this.input.available(this.canonical);
  }

  /** Moves typed bytes to a program: at most one line in canonical mode. */
  take(into: Uint8Array): number {
    const count = this.canonical ? this.input.readLine(into) : this.input.readBytes(into);
    this.makeRoom();
    return count;
  }

  flushInput(): void {
    this.input.clear();
    this.makeRoom();
  }

  /** For VMIN bytes a read waits, and for so many ms (VTIME); both are 0 or more, and only count outside of canonical mode. */
  get readThreshold(): { readonly bytes: number; readonly ms: number } {
    const { cc } = this.termios;
    return { bytes: cc[VMIN] ?? 0, ms: 100 * (cc[VTIME] ?? 0) };
  }

  /** tcsetattr(3): `bytes` is a struct termios. */
  configure(bytes: Uint8Array): void {
    const before = this.canonical;
    this.termios.readFrom(bytes);
    if (before !== this.canonical) this.discipline.modeChanged();
    this.readable.wake();
  }

  /** Tells the foreground process group of a new size. */
  resize(size: WindowSize): void {
    const { rows, columns, widthPixels, heightPixels } = this.size;
    const same =
      rows === size.rows &&
      columns === size.columns &&
      widthPixels === size.widthPixels &&
      heightPixels === size.heightPixels;
    this.size = size;
    if (!same) this.signalForeground(SIGWINCH);
  }

  signalForeground(signal: number): void {
    if (this.foreground === 0) return;
    for (const process of this.kernel.processes.inGroup(this.foreground)) {
      this.kernel.signals.send(process, signal);
    }
  }

  /** The master sees the end when the last program has closed the slave. */
  get slaveClosed(): boolean {
    return this.everOpened && this.slaves === 0;
  }

  addSlave(): void {
    this.slaves++;
    this.everOpened = true;
  }

  removeSlave(): void {
    if (--this.slaves > 0) return;
    this.printed.wake();
    this.outside?.slaveClosed();
    this.endIfUnused();
  }

  /** The master is closed: whoever has the slave open is woken to see it. */
  closeMaster(): void {
    this.masterOpen = false;
    this.outside = undefined;
    this.readable.wake();
    this.output.writable.wake();
    this.endIfUnused();
  }

  private wakeMaster(): void {
    this.printed.wake();
    this.outside?.outputReady();
  }

  private makeRoom(): void {
    this.typable.wake();
    this.outside?.inputWanted();
  }

  private endIfUnused(): void {
    if (!this.masterOpen && this.slaves === 0) this.unused();
  }
}
