import { concatenate } from "../wasi/bytes.js";
import type { OutputStream } from "./machine.js";
import type { ServerHost } from "./server-host.js";
import { ownBytes, transferable } from "./transfer.js";

/** Bytes that may be on their way to the main thread or wait to be sent; beyond this the command is held back. */
const WINDOW_BYTES = 1024 * 1024;
/** Small writes are collected up to this size, or until the next turn of the event loop or the kernel's next poll. */
const BATCH_BYTES = 64 * 1024;

interface Batch {
  readonly stream: OutputStream;
  readonly parts: Uint8Array[];
}

/** Sends a command's output to the main thread as it comes, in order, never more than the main thread gives credit for. */
export class OutputSender {
  readonly totals: Record<OutputStream, number> = { stdout: 0, stderr: 0 };
  private batches: Batch[] = [];
  private batchedBytes = 0;
  private uncredited = 0;
  private held = false;
  private flushPlanned = false;

  /** `maxBytes`: what is sent of each stream at most. `resume` is called when the command need no longer wait. */
  constructor(
    private readonly request: number,
    private readonly maxBytes: number | undefined,
    private readonly host: ServerHost,
    private readonly resume: () => void,
  ) {}

  /** False when the command must wait for `credit`. */
  write(stream: OutputStream, bytes: Uint8Array): boolean {
    const room =
      this.maxBytes === undefined ? bytes.length : Math.max(0, this.maxBytes - this.totals[stream]);
    this.totals[stream] += bytes.length;
    this.batch(stream, bytes.length > room ? bytes.subarray(0, room) : bytes);
    if (this.batchedBytes >= BATCH_BYTES) this.flush();
    this.planFlush();
    this.held = this.uncredited + this.batchedBytes >= WINDOW_BYTES;
    return !this.held;
  }

  flush(): void {
    const batches = this.batches;
    this.batches = [];
    this.uncredited += this.batchedBytes;
    this.batchedBytes = 0;
    for (const { stream, parts } of batches) this.send(stream, ownBytes(concatenate(parts)));
  }

  /** What has not been sent is not wanted any more. */
  drop(): void {
    this.batches = [];
    this.batchedBytes = 0;
  }

  credit(bytes: number): void {
    this.uncredited -= bytes;
    if (this.held && this.uncredited + this.batchedBytes < WINDOW_BYTES / 2) {
      this.held = false;
      this.resume();
    }
  }

  private planFlush(): void {
    if (this.flushPlanned) return;
    this.flushPlanned = true;
    this.host.defer(() => {
      this.flushPlanned = false;
      this.flush();
    });
  }

  private send(stream: OutputStream, bytes: Uint8Array): void {
    this.host.post({ kind: "output", request: this.request, stream, bytes }, transferable([bytes]));
  }

  private batch(stream: OutputStream, bytes: Uint8Array): void {
    if (bytes.length === 0) return;
    const last = this.batches.at(-1);
    if (last?.stream === stream) last.parts.push(bytes);
    else this.batches.push({ stream, parts: [bytes] });
    this.batchedBytes += bytes.length;
  }
}
