import type { Program } from "../abi/linux/program.js";
import { type Credentials, credentialsOf } from "../kernel/credentials.js";
import type { Kernel } from "../kernel/kernel.js";
import type { Process } from "../kernel/process.js";
import type { FsContext } from "../vfs/vfs.js";
import type { Checkpoint } from "./checkpoint.js";
import { type Manifest, shellImage } from "./manifest.js";
import { decodeImage, encodeImage, type ImagedShell } from "./session-image.js";
import { SessionShell } from "./session-shell.js";
import { describeSurroundings, endChildren, enterDirectory, reopenFiles } from "./surroundings.js";

/** Takes images of a session's shell, and makes shells from images. */
export class ShellImages {
  constructor(
    private readonly kernel: Kernel,
    private readonly credentials: Credentials,
    private readonly manifest: Manifest,
  ) {}

  /** `state`: of `process`, while it waits for a command. */
  take(process: Process, state: Checkpoint): SharedArrayBuffer {
    return encodeImage(state, shellImage(this.manifest).sha256, describeSurroundings(process, state));
  }

  /** The state of a new shell that is to stand in `fs`; undefined when the image is of another bash. */
  begin(image: Uint8Array, fs: FsContext): Checkpoint | undefined {
    return this.decode(image)?.checkpoint(this.program, fs, this.credentials);
  }

  /** The shell of an image that was taken in another machine with the same files. */
  restore(image: SharedArrayBuffer): SessionShell {
    const decoded = this.decode(new Uint8Array(image));
    if (decoded === undefined) throw new TypeError("an image of another bash");
    const { kernel, credentials } = this;
    const { surroundings } = decoded;
    const fs = kernel.vfs.rootContext();
    const process = kernel.createProcess(kernel.init, credentialsOf(0, 0), fs, surroundings.pid);
    enterDirectory(process, surroundings);
    kernel.processes.countFrom(surroundings.lastPid);
    const shell = new SessionShell(kernel, process);
    shell.restore(decoded.checkpoint(this.program, fs, credentials), false);
    reopenFiles(process, surroundings);
    kernel.scheduler.run();
    endChildren(process, surroundings);
    kernel.scheduler.run();
    return shell;
  }

  private decode(image: Uint8Array): ImagedShell | undefined {
    return decodeImage(image, shellImage(this.manifest).sha256);
  }

  private get program(): Program {
    return this.kernel.programs.fromImage("bash", shellImage(this.manifest).minPages);
  }
}
