import { concatenate } from "../../bytes.js";
import { Errno } from "../../errno.js";
import { BLOCKED, type Result } from "../../kernel/blocked.js";
import type { Process } from "../../kernel/process.js";
import { RegularFile } from "../../vfs/regular-file.js";
import { O_RDONLY } from "../linux/fcntl.js";

const CHUNK = 65536;

/**
 * Reads standard input to its end and puts a file with all of it in its place, for a program that cannot wait for input once it
 * runs. Returns BLOCKED, to be called again, while there may be more; 0 when it is there, or never blocks anyhow.
 * `charge` is asked for every piece whether there is memory for it, and ends the process if not.
 */
export class BufferedInput {
  private readonly chunks: Uint8Array[] = [];

  constructor(
    private readonly process: Process,
    private readonly charge: (bytes: number) => boolean,
  ) {}

  fill(): Result {
    const { process } = this;
    const file = process.fds.find(0);
    if (file === undefined || !file.readable || file.waitQueues().length === 0) return 0;
    try {
      for (;;) {
        const chunk = new Uint8Array(CHUNK);
        const count = file.read(chunk, process);
        if (count === BLOCKED) return BLOCKED;
        if (count === 0) break;
        if (!this.charge(count)) return 0;
        this.chunks.push(chunk.subarray(0, count));
      }
    } catch (error) {
      // What cannot be read now is left for the program to find out.
      if (!(error instanceof Errno)) throw error;
    }
    const { ipc, vfs } = process.kernel;
    process.fds.set(
      0,
      new RegularFile(ipc.contentInode(process, concatenate(this.chunks)), O_RDONLY, vfs.host),
    );
    return 0;
  }
}
