import type { RequestOf } from "../protocol/messages/index.js";
import type { Follower, ManagedProcess } from "../session/managed-process.js";
import { encode } from "./encoding.js";
import type { Responder } from "./responder.js";

/** Bytes that are read at a time to be sent. */
const PIECE_BYTES = 64 * 1024;

/** Sends a process's output as events of a `wait` request, as fast as the client reads; the process does not run ahead. */
export class OutputEvents implements Follower {
  /** Number of the last byte sent. */
  seq: number;
  /** Bytes that were no longer there when their turn came. */
  droppedBytes = 0;
  private stopped = false;
  private readonly release: readonly (() => void)[];

  /** `progress` is called when events have been sent. */
  constructor(
    private readonly respond: Responder,
    private readonly process: ManagedProcess,
    private readonly request: RequestOf<"wait">,
    private readonly progress: () => void,
  ) {
    this.seq = Math.min(request.after_seq ?? 0, process.output.lastSeq);
    this.release = [process.watch(() => this.pump()), process.follow(this)];
  }

  get complete(): boolean {
    return this.seq >= this.process.output.lastSeq;
  }

  /** Sends what has come; when the client is behind, goes on as soon as it has caught up. */
  pump(): void {
    while (!this.stopped && !this.complete) {
      if (this.respond.congested) return this.respond.whenClear(() => this.pump());
      this.sendNext();
    }
    if (this.stopped) return;
    this.process.giveCredit();
    this.progress();
  }

  stop(): void {
    this.stopped = true;
    for (const end of this.release) end();
  }

  private sendNext(): void {
    const { id, encoding = "text" } = this.request;
    const { chunks, lastSeq, droppedBytes } = this.process.output.read(this.seq, PIECE_BYTES);
    for (const { stream, bytes } of chunks)
      this.respond.event({ id, type: "output", stream, ...encode(bytes, encoding) });
    this.droppedBytes += droppedBytes;
    this.seq = lastSeq;
  }
}
