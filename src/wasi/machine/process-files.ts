import type { ProcessObserver, TerminalSize } from "../../machine/process.js";
import { AT_FDCWD, O_RDONLY } from "../abi/linux/fcntl.js";
import type { FdTable } from "../kernel/fd-table.js";
import type { OpenFile } from "../kernel/open-file.js";
import type { Process } from "../kernel/process.js";
import { CommandInput } from "./command-input.js";
import { CommandOutput } from "./command-output.js";

/** Standard input, output and error of a started process, and what its client does with them (RunningProcess). */
export interface ProcessFiles {
  installIn(fds: FdTable): void;
  write(bytes: Uint8Array): void;
  closeInput(): void;
  resize(size: TerminalSize): void;
  resume(): void;
  /** Whether a process may still write. */
  readonly open: boolean;
}

/** Files that are pipes, or with an input that is empty. */
export class ProcessPipes implements ProcessFiles {
  private readonly input: CommandInput | undefined;
  private readonly outputs: readonly [CommandOutput, CommandOutput];
  private openOutputs = 2;

  /** `closed` is called when nobody has an output open any more. */
  constructor(
    private readonly process: Process,
    stdin: "null" | "pipe",
    private readonly observer: ProcessObserver,
    closed: () => void,
  ) {
    const outputClosed = (): void => {
      this.openOutputs--;
      if (this.openOutputs === 0) closed();
    };
    this.outputs = [
      new CommandOutput(process, (bytes) => observer.output("stdout", bytes), outputClosed),
      new CommandOutput(process, (bytes) => observer.output("stderr", bytes), outputClosed),
    ];
    if (stdin === "pipe") this.input = new CommandInput(process, (bytes) => observer.inputTaken(bytes));
  }

  get open(): boolean {
    return this.openOutputs > 0;
  }

  installIn(fds: FdTable): void {
    const [output, error] = this.outputs;
    fds.set(0, this.input ?? emptyInput(this.process));
    fds.set(1, output);
    fds.set(2, error);
  }

  write(bytes: Uint8Array): void {
    if (this.input === undefined) this.observer.inputTaken(bytes.length);
    else this.input.push(bytes);
  }

  closeInput(): void {
    this.input?.end();
  }

  resize(_size: TerminalSize): void {}

  resume(): void {
    for (const output of this.outputs) output.resume();
  }
}

function emptyInput(process: Process): OpenFile {
  return process.kernel.vfs.open(process, AT_FDCWD, "/dev/null", O_RDONLY, 0) as OpenFile; // a device does not block
}
