import type { Writable } from "node:stream";
import ndjson from "ndjson";
import type { ServerMessage } from "../protocol/messages/index.js";

/** Unwritten bytes from which on no new work is begun. */
const CONGESTED_BYTES = 1024 * 1024;

/** The only writer of stdout: one JSON object per line, in the order given. */
export class Writer {
  private readonly serializer = ndjson.stringify();
  private readonly waiting: (() => void)[] = [];
  private wasCongested = false;

  /** `onClear` is called when the reader has caught up after `congested` was true. */
  constructor(
    private readonly output: Writable,
    private readonly onClear: () => void,
  ) {
    this.serializer.on("data", (line: string) => {
      this.output.write(line, () => this.written());
      this.wasCongested ||= this.congested;
    });
  }

  write(message: ServerMessage): void {
    this.serializer.write(message);
  }

  get congested(): boolean {
    return this.output.writableLength >= CONGESTED_BYTES;
  }

  /** Runs `callback` now, or as soon as the reader has caught up. */
  whenClear(callback: () => void): void {
    if (this.congested) this.waiting.push(callback);
    else callback();
  }

  /** Resolves when everything has been handed to the operating system. */
  flush(): Promise<void> {
    return new Promise((resolve) => {
      if (this.output.writableLength === 0) resolve();
      else this.output.write("", () => resolve());
    });
  }

  private written(): void {
    if (!this.wasCongested || this.congested) return;
    this.wasCongested = false;
    for (const callback of this.waiting.splice(0)) callback();
    this.onClear();
  }
}
