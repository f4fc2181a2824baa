import {
  B38400,
  CREAD,
  CS8,
  CSIZE,
  ECHO,
  ECHOCTL,
  ECHOE,
  ECHOK,
  ECHOKE,
  ICANON,
  ICRNL,
  IEXTEN,
  ISIG,
  IXON,
  NCCS,
  ONLCR,
  OPOST,
  PARENB,
} from "../../abi/linux/termios.js";

/** The bytes of the kernel's struct termios: four words of flags, the line discipline, the characters. */
export const TERMIOS_SIZE = 36;
const LINE_OFFSET = 16;
const CC_OFFSET = 17;

/** ^C ^\ DEL ^U ^D, VTIME 0, VMIN 1, no VSWTC, ^Q ^S ^Z, no VEOL, ^R ^O ^W ^V, no VEOL2. */
const DEFAULT_CC = [3, 28, 127, 21, 4, 0, 1, 0, 17, 19, 26, 0, 18, 15, 23, 22, 0, 0, 0];

/** The settings of a terminal (termios(3)). A new pseudo terminal has those that Linux gives it. */
export class Termios {
  iflag = ICRNL | IXON;
  oflag = OPOST | ONLCR;
  cflag = B38400 | CS8 | CREAD;
  lflag = ISIG | ICANON | ECHO | ECHOE | ECHOK | ECHOCTL | ECHOKE | IEXTEN;
  private discipline = 0;
  readonly cc = Uint8Array.from(DEFAULT_CC);

  /** Whether `character` is what c_cc has at `index`; 0 there means none. */
  is(index: number, character: number): boolean {
    return character !== 0 && this.cc[index] === character;
  }

  /** Writes struct termios. */
  writeTo(bytes: Uint8Array): void {
    const view = new DataView(bytes.buffer, bytes.byteOffset, TERMIOS_SIZE);
    [this.iflag, this.oflag, this.cflag, this.lflag].forEach((flags, i) => {
      view.setUint32(4 * i, flags, true);
    });
    bytes[LINE_OFFSET] = this.discipline;
    bytes.set(this.cc, CC_OFFSET);
  }

  /** Takes a struct termios over. The characters of a pseudo terminal have eight bits and no parity, whatever is asked for. */
  readFrom(bytes: Uint8Array): void {
    const view = new DataView(bytes.buffer, bytes.byteOffset, TERMIOS_SIZE);
    this.iflag = view.getUint32(0, true);
    this.oflag = view.getUint32(4, true);
    this.cflag = (view.getUint32(8, true) & ~(CSIZE | PARENB)) | CS8 | CREAD;
    this.lflag = view.getUint32(12, true);
    this.discipline = bytes[LINE_OFFSET] ?? 0;
    this.cc.set(bytes.subarray(CC_OFFSET, CC_OFFSET + NCCS));
  }
}
