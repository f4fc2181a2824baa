import {
  ECHOCTL,
  IUTF8,
  OCRNL,
  OLCUC,
  ONLCR,
  ONLRET,
  ONOCR,
  OPOST,
  TABDLY,
  XTABS,
} from "../../abi/linux/termios.js";
import { ByteRing } from "../byte-ring.js";
import { WaitQueue } from "../wait-queue.js";
import { caretNotation, isContinuation, isControl, toUpper } from "./characters.js";
import type { Termios } from "./termios.js";

/** What the slave's side may be ahead of its reader. */
export const OUTPUT_BYTES = 8192;
/** Echo that is kept while the output is stopped or nobody reads; more is lost. */
const MAX_HELD = 4096;

const BS = 0x08;
const TAB = 0x09;
const NL = 0x0a;
const CR = 0x0d;
const SPACE = 0x20;

/** What comes out of a terminal, after the processing that c_oflag asks for: the bytes that the master reads. */
export class TerminalOutput {
  /** Its memory is charged to the session with the whole terminal. */
  private readonly ring = new ByteRing(OUTPUT_BYTES, { reserve: () => true, free() {} });
  /** Woken when the slave may write again. */
  readonly writable = new WaitQueue();
  /** By VSTOP or TCOOFF. */
  stopped = false;
  private held: number[] = [];
  /** Where the cursor is, and where the line being edited began. */
  private column = 0;
  private lineColumn = 0;

  constructor(
    private readonly termios: Termios,
    /** Called when there are new bytes for the master. */
    private readonly announce: () => void,
  ) {}

  get length(): number {
    return this.ring.length;
  }

  get hasRoom(): boolean {
    return !this.stopped && this.held.length === 0 && this.ring.room >= LONGEST;
  }

  /** Takes what fits of what a program writes; returns how many bytes that is. */
  write(from: Uint8Array): number {
    this.releaseHeld();
    if (!this.hasRoom) return 0;
    let taken = 0;
    if ((this.termios.oflag & OPOST) === 0) taken = this.ring.write(from);
    else {
      const processed: number[] = [];
      const room = this.ring.room - LONGEST;
      while (taken < from.length && processed.length <= room) {
        this.process(from[taken++] as number, processed);
      }
      this.ring.write(Uint8Array.from(processed));
    }
    this.announce();
    return taken;
  }

  /** Moves bytes out for the master; returns how many. */
  read(into: Uint8Array): number {
    const count = this.ring.read(into);
    this.releaseHeld();
    if (this.hasRoom) this.writable.wake();
    return count;
  }

  stop(): void {
    this.stopped = true;
  }

  start(): void {
    if (!this.stopped) return;
    this.stopped = false;
    this.releaseHeld();
    this.writable.wake();
  }

  /** A typed character, as it is. */
  echo(byte: number): void {
    const processed: number[] = [];
    if ((this.termios.oflag & OPOST) === 0) processed.push(byte);
    else this.process(byte, processed);
    this.put(processed);
  }

  /** A typed character, with control characters as ^X where ECHOCTL is set. */
  echoVisibly(byte: number): void {
    if ((this.termios.lflag & ECHOCTL) === 0 || !isControl(byte) || byte === TAB) {
      this.echo(byte);
      return;
    }
    this.column += 2;
    this.put(caretNotation(byte));
  }

  /** The next character is the first of a line being edited. */
  beginLine(): void {
    this.lineColumn = this.column;
  }

  /** Wipes out the character before the cursor. */
  eraseColumn(): void {
    this.column = Math.max(0, this.column - 1);
    this.put([BS, SPACE, BS]);
  }

  /** Goes back over a tab that began `columns` after the tab before it or, if there is none, after the begin of the line. */
  eraseTab(columns: number, afterTab: boolean): void {
    const width = 8 - ((afterTab ? columns : columns + this.lineColumn) & 7);
    this.column = Math.max(0, this.column - width);
    this.put(new Array<number>(width).fill(BS));
  }

  private put(bytes: readonly number[]): void {
    if (this.stopped || this.held.length > 0 || this.ring.room < bytes.length) {
      if (this.held.length < MAX_HELD) this.held.push(...bytes);
      return;
    }
    this.ring.write(Uint8Array.from(bytes));
    this.announce();
  }

  private releaseHeld(): void {
    if (this.held.length === 0 || this.stopped) return;
    const count = this.ring.write(Uint8Array.from(this.held));
    this.held = this.held.slice(count);
    this.announce();
  }

  private process(byte: number, into: number[]): void {
    const { oflag, iflag } = this.termios;
    const has = (flag: number) => (oflag & flag) !== 0;
    switch (byte) {
      case NL:
        if (has(ONLRET) || has(ONLCR)) this.column = 0;
        if (has(ONLCR)) into.push(CR);
        this.lineColumn = this.column;
        into.push(NL);
        return;
      case CR:
        if (has(ONOCR) && this.column === 0) return;
        if (!has(OCRNL) || has(ONLRET)) this.lineColumn = this.column = 0;
        into.push(has(OCRNL) ? NL : CR);
        return;
      case TAB: {
        const width = 8 - (this.column & 7);
        this.column += width;
        if ((oflag & TABDLY) === XTABS) into.push(...new Array<number>(width).fill(SPACE));
        else into.push(TAB);
        return;
      }
      case BS:
        this.column = Math.max(0, this.column - 1);
        into.push(BS);
        return;
    }
    if (!isControl(byte) && !((iflag & IUTF8) !== 0 && isContinuation(byte))) this.column++;
    into.push(has(OLCUC) ? toUpper(byte) : byte);
  }
}

/** The most bytes that one is turned into: a tab. */
const LONGEST = 8;
