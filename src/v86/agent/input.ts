import type { Outbox } from "./outbox.js";

/** Bytes of one process's input that may be in the guest, which keeps in its memory what the process does not read. */
const WINDOW_BYTES = 65536;

/** What a process in the guest is to read, on its way there. */
export class AgentInput {
  private readonly waiting: Uint8Array[] = [];
  private ends = false;
  private inGuest = 0;

  constructor(
    private readonly id: number,
    private readonly outbox: Outbox,
  ) {}

  write(bytes: Uint8Array): void {
    if (bytes.length > 0) this.waiting.push(bytes);
    this.pump();
  }

  /** End of file after what has been written. */
  end(): void {
    this.ends = true;
    this.pump();
  }

  /** The guest has taken so much, or dropped it. */
  taken(bytes: number): void {
    this.inGuest -= bytes;
    this.pump();
  }

  private pump(): void {
    for (let [bytes] = this.waiting; bytes && this.inGuest < WINDOW_BYTES; [bytes] = this.waiting) {
      const part = bytes.subarray(0, WINDOW_BYTES - this.inGuest);
      if (part.length === bytes.length) this.waiting.shift();
      else this.waiting[0] = bytes.subarray(part.length);
      this.inGuest += part.length;
      this.outbox.pushBulk(this.id, part);
    }
    if (!this.ends || this.waiting.length > 0) return;
    this.ends = false;
    this.outbox.pushBulkEnd(this.id);
  }
}
