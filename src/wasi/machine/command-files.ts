import type { CommandObserver } from "../../machine/machine.js";
import { O_RDONLY } from "../abi/linux/fcntl.js";
import type { Process } from "../kernel/process.js";
import { RegularFile } from "../vfs/regular-file.js";
import { CommandOutput } from "./command-output.js";

/**
 * Standard input, output and error of one command. The input is all there from the start, as if redirected from a file, so that
 * the shell can read ahead and give back what it did not use.
 */
export class CommandFiles {
  private readonly output: CommandOutput;
  private readonly error: CommandOutput;

  constructor(
    owner: Process,
    private readonly stdin: Uint8Array,
    observer: CommandObserver,
  ) {
    this.output = new CommandOutput(owner, (bytes) => observer.output("stdout", bytes));
    this.error = new CommandOutput(owner, (bytes) => observer.output("stderr", bytes));
  }

  installIn(process: Process): void {
    const { ipc, vfs } = process.kernel;
    process.fds.set(0, new RegularFile(ipc.contentInode(process, this.stdin), O_RDONLY, vfs.host));
    process.fds.set(1, this.output);
    process.fds.set(2, this.error);
  }

  /** From now on the output is for somebody else. */
  redirect(receiver: CommandObserver["output"]): void {
    this.output.redirect((bytes) => receiver("stdout", bytes));
    this.error.redirect((bytes) => receiver("stderr", bytes));
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
