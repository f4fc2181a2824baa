import type { ReadStream, WriteStream } from "node:tty";
import type { TerminalSize } from "../machine/process.js";

/**
 * What programs may have left on when they could not clean up: attributes, a hidden cursor, the other screen, the modes of keys,
 * of pasting and of the mouse.
 */
const ALL_OFF = `\x1b[m${["1", "1000", "1002", "1003", "1006", "1047", "2004"].map((mode) => `\x1b[?${mode}l`).join("")}\x1b[?25h\x1b>`;

/** The terminal that this process runs on, in raw mode: every key goes through, and whatever is written comes as it is. */
export class UserTerminal {
  private raw = true;

  private constructor(
    private readonly input: ReadStream,
    private readonly output: WriteStream,
  ) {
    input.setRawMode(true);
    // Node.js leaves the output processed, where a newline goes to the first column, too.
    const { spawnSync } = process.getBuiltinModule("node:child_process");
    spawnSync("stty", ["-opost"], { stdio: ["inherit", "ignore", "ignore"] });
    // However this process ends, the terminal is as it was.
    process.on("exit", () => this.restore("as it is"));
  }

  /** Undefined when standard input or output is none. */
  static open(): UserTerminal | undefined {
    const { stdin, stdout } = process;
    return stdin.isTTY && stdout.isTTY ? new UserTerminal(stdin, stdout) : undefined;
  }

  get size(): TerminalSize {
    return { rows: this.output.rows, columns: this.output.columns };
  }

  /** `gone` is called when the terminal has been closed. */
  listen(typed: (bytes: Uint8Array) => void, resized: () => void, gone: () => void): void {
    this.input.on("data", typed);
    this.input.on("end", gone);
    this.input.on("error", gone);
    this.output.on("error", gone);
    this.output.on("resize", resized);
  }

  /** `done` is called when it has been written. */
  write(bytes: Uint8Array, done: () => void): void {
    this.output.write(bytes, () => done());
  }

  /** `programs`: whether those that used it have left it as it should be, or may have been ended while they drew. */
  restore(programs: "as it is" | "in disorder"): void {
    if (!this.raw) return;
    this.raw = false;
    this.input.setRawMode(false);
    if (programs === "in disorder") this.output.write(`${ALL_OFF}\r\n`);
  }
}
