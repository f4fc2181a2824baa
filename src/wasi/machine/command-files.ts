import type { CommandObserver } from "../../machine/machine.js";
import type { Process } from "../kernel/process.js";
import { InputFile } from "./input-file.js";
import { OutputFile } from "./output-file.js";

/** Standard input, output and error of one command. */
export class CommandFiles {
  private readonly input: InputFile;
  private readonly output: OutputFile;
  private readonly error: OutputFile;

  constructor(owner: Process, stdin: Uint8Array, observer: CommandObserver) {
    this.input = new InputFile(owner, stdin);
    this.output = new OutputFile(owner, (bytes) => observer.output("stdout", bytes));
    this.error = new OutputFile(owner, (bytes) => observer.output("stderr", bytes));
  }

  installIn(process: Process): void {
    process.fds.set(0, this.input);
    process.fds.set(1, this.output);
    process.fds.set(2, this.error);
  }

  resume(): void {
    this.output.resume();
    this.error.resume();
  }

  detach(): void {
    this.output.detach();
    this.error.detach();
  }
}
