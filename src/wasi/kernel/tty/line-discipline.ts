import { SIGINT, SIGQUIT, SIGTSTP } from "../../abi/linux/signal.js";
import {
  ECHO,
  ECHOCTL,
  ECHOE,
  ECHOK,
  ECHOKE,
  ECHONL,
  ICANON,
  ICRNL,
  IEXTEN,
  IGNCR,
  INLCR,
  ISIG,
  ISTRIP,
  IUCLC,
  IUTF8,
  IXANY,
  IXON,
  NOFLSH,
  VEOF,
  VEOL,
  VEOL2,
  VERASE,
  VINTR,
  VKILL,
  VLNEXT,
  VQUIT,
  VREPRINT,
  VSTART,
  VSTOP,
  VSUSP,
  VWERASE,
} from "../../abi/linux/termios.js";
import { isContinuation, isControl, isWord, toLower } from "./characters.js";
import type { InputQueue } from "./input-queue.js";
import type { TerminalOutput } from "./terminal-output.js";
import type { Termios } from "./termios.js";

const BS = 0x08;
const TAB = 0x09;
const NL = 0x0a;
const CR = 0x0d;
const CARET = 0x5e;

type Erasure = "character" | "word" | "line";

/**
 * What becomes of typed bytes (termios(3)): they edit a line, stop and start the output, or are signals, and are echoed. Parity
 * marks, ECHOPRT and EXTPROC have no effect.
 */
export class LineDiscipline {
  /** The character before was VLNEXT: the next one stands for itself. */
  private literal = false;

  constructor(
    private readonly termios: Termios,
    private readonly input: InputQueue,
    private readonly output: TerminalOutput,
    /** Sends a signal to the foreground process group. */
    private readonly signal: (signal: number) => void,
  ) {}

  /** Takes what there is room for; returns how many bytes that is. A line that is too long loses what does not fit. */
  receive(bytes: Uint8Array): number {
    let taken = 0;
    for (const byte of bytes) {
      if (!this.takesInput) break;
      if (this.input.room < 0) this.input.dropLast(1);
      this.receiveByte(byte);
      taken++;
    }
    return taken;
  }

  /** A full queue takes no more, except for the end of a line that fills it alone. */
  get takesInput(): boolean {
    return this.input.room > 0 || (this.has("lflag", ICANON) && !this.input.hasLine);
  }

  /** The mode has changed between canonical and not. */
  modeChanged(): void {
    this.literal = false;
    this.input.finish();
  }

  private has(word: "iflag" | "lflag", flag: number): boolean {
    return (this.termios[word] & flag) !== 0;
  }

  private receiveByte(given: number): void {
    let byte = this.has("iflag", ISTRIP) ? given & 0x7f : given;
    if (this.has("iflag", IUCLC) && this.has("lflag", IEXTEN)) byte = toLower(byte);
    if (this.literal) {
      this.literal = false;
      this.enter(byte);
      return;
    }
    if (this.isFlowControl(byte) || this.isSignal(byte)) return;
    if (byte === CR && this.has("iflag", IGNCR)) return;
    const isReturn = byte === CR && this.has("iflag", ICRNL);
    if (isReturn) byte = NL;
    else if (byte === NL && this.has("iflag", INLCR)) byte = CR;
    if (this.has("lflag", ICANON) && this.isEditing(byte)) return;
    this.enter(byte, isReturn);
  }

  private isFlowControl(byte: number): boolean {
    if (!this.has("iflag", IXON)) return false;
    if (this.termios.is(VSTART, byte)) this.output.start();
    else if (this.termios.is(VSTOP, byte)) this.output.stop();
    else return false;
    return true;
  }

  private isSignal(byte: number): boolean {
    if (!this.has("lflag", ISIG)) return false;
    const { termios } = this;
    if (termios.is(VINTR, byte)) this.raise(SIGINT, byte);
    else if (termios.is(VQUIT, byte)) this.raise(SIGQUIT, byte);
    else if (termios.is(VSUSP, byte)) this.raise(SIGTSTP, byte);
    else return false;
    return true;
  }

  private raise(signal: number, byte: number): void {
    this.signal(signal);
    if (!this.has("lflag", NOFLSH)) this.input.clear();
    if (this.has("iflag", IXON)) this.output.start();
    if (this.has("lflag", ECHO)) this.output.echoVisibly(byte);
  }

  /** What is no ordinary character in canonical mode. */
  private isEditing(byte: number): boolean {
    const { termios, output, input } = this;
    const extended = this.has("lflag", IEXTEN);
    const echo = this.has("lflag", ECHO);
    if (termios.is(VERASE, byte)) this.erase("character");
    else if (termios.is(VKILL, byte)) this.erase("line");
    else if (extended && termios.is(VWERASE, byte)) this.erase("word");
    else if (extended && termios.is(VLNEXT, byte)) {
      this.literal = true;
      if (echo && this.has("lflag", ECHOCTL)) for (const char of [CARET, BS]) output.echo(char);
    } else if (extended && echo && termios.is(VREPRINT, byte)) this.reprint(byte);
    else if (byte === NL) {
      if (echo || this.has("lflag", ECHONL)) output.echo(NL);
      input.endLine(NL);
    } else if (termios.is(VEOF, byte)) input.endOfFile();
    else if (termios.is(VEOL, byte) || (extended && termios.is(VEOL2, byte))) {
      if (echo) this.echoEntered(byte);
      input.endLine(byte);
    } else return false;
    return true;
  }

  private enter(byte: number, isReturn = false): void {
    if (this.output.stopped && this.has("iflag", IXON) && this.has("iflag", IXANY)) this.output.start();
    if (this.has("lflag", ECHO)) {
      if (isReturn) this.output.echo(NL);
      else this.echoEntered(byte);
    }
    this.input.put(byte);
  }

  private echoEntered(byte: number): void {
    if (this.input.lineLength === 0) this.output.beginLine();
    this.output.echoVisibly(byte);
  }

  private reprint(byte: number): void {
    const { input, output } = this;
    output.echoVisibly(byte);
    output.echo(NL);
    for (let back = input.lineLength; back > 0; back--) output.echoVisibly(input.fromEnd(back));
  }

  private erase(what: Erasure): void {
    const { input, output } = this;
    const echo = this.has("lflag", ECHO);
    if (what === "line" && !(echo && this.has("lflag", ECHOE) && this.hasAll(ECHOK | ECHOKE))) {
      this.killUnseen(echo);
      return;
    }
    let inWord = false;
    while (input.lineLength > 0) {
      const size = this.lastCharacterSize();
      const first = input.fromEnd(size);
      if (this.isPartOfCharacter(first)) return;
      if (what === "word") {
        if (isWord(first)) inWord = true;
        else if (inWord) return;
      }
      input.dropLast(size);
      if (echo && what === "character" && !this.has("lflag", ECHOE)) {
        output.echoVisibly(this.termios.cc[VERASE] ?? 0);
      } else if (echo) this.wipe(first);
      if (what === "character") return;
    }
  }

  private hasAll(flags: number): boolean {
    return (this.termios.lflag & flags) === flags;
  }

  /** The whole line goes, and on the screen it stays. */
  private killUnseen(echo: boolean): void {
    const { input, output } = this;
    if (input.lineLength === 0) return;
    input.dropLast(input.lineLength);
    if (!echo) return;
    output.echoVisibly(this.termios.cc[VKILL] ?? 0);
    if (this.has("lflag", ECHOK)) output.echo(NL);
  }

  private lastCharacterSize(): number {
    let size = 1;
    while (size < this.input.lineLength && this.isPartOfCharacter(this.input.fromEnd(size))) size++;
    return size;
  }

  private isPartOfCharacter(byte: number): boolean {
    return this.has("iflag", IUTF8) && isContinuation(byte);
  }

  /** Takes a character, which has left the line, off the screen. */
  private wipe(byte: number): void {
    const { output } = this;
    if (byte === TAB) {
      const { columns, afterTab } = this.columnsSinceTab();
      output.eraseTab(columns, afterTab);
      return;
    }
    const shown = !isControl(byte) ? 1 : this.has("lflag", ECHOCTL) ? 2 : 0;
    for (let column = 0; column < shown; column++) output.eraseColumn();
  }

  /** Columns that the line takes after its last tab, or from its beginning. */
  private columnsSinceTab(): { columns: number; afterTab: boolean } {
    let columns = 0;
    for (let back = 1; back <= this.input.lineLength; back++) {
      const byte = this.input.fromEnd(back);
      if (byte === TAB) return { columns, afterTab: true };
      if (isControl(byte)) columns += this.has("lflag", ECHOCTL) ? 2 : 0;
      else if (!this.isPartOfCharacter(byte)) columns++;
    }
    return { columns, afterTab: false };
  }
}
