import type { OutputStream } from "../../machine/machine.js";
import { encodeFrame, type Frame, u32 } from "./frames.js";
import type { Outbox } from "./outbox.js";

/** The agent has at most 256 KiB of one command's output under way; it hears of each such part that has been taken. */
const CREDIT_BYTES = 65536;

/** Output of one command on its way to whoever observes it. */
export class AgentOutput {
  /** What came while the observer wanted no more. */
  private backlog: { readonly stream: OutputStream; readonly bytes: Uint8Array }[] = [];
  private held = false;
  private taken = 0;
  private total = 0;
  private atEnd: (() => void) | undefined;

  constructor(
    private readonly id: number,
    private readonly outbox: Outbox,
    /** Returning false asks for no more until `resume`. */
    private readonly observe: (stream: OutputStream, bytes: Uint8Array) => boolean,
    /** How many bytes are observed at most; what comes after them goes nowhere. */
    private readonly limit: number,
    /** Called once, when there are more. */
    private readonly exceed: () => void,
  ) {}

  /** Whether there was more than the limit allows. */
  get exceeded(): boolean {
    return this.total > this.limit;
  }

  /** Takes an `o` or `e` frame; false if it is another. */
  receive({ type, payload }: Frame): boolean {
    if (type !== "o" && type !== "e") return false;
    this.deliver(type === "o" ? "stdout" : "stderr", payload);
    return true;
  }

  resume(): void {
    this.held = false;
    for (const { stream, bytes } of this.backlog.splice(0)) this.deliver(stream, bytes);
    this.callIfDone();
  }

  /** Nothing more comes: calls back when all has been observed. */
  end(done: () => void): void {
    this.atEnd = done;
    this.callIfDone();
  }

  /** What has not been observed is lost. */
  drop(): void {
    this.backlog = [];
    this.held = false;
  }

  private deliver(stream: OutputStream, bytes: Uint8Array): void {
    if (this.held) {
      this.backlog.push({ stream, bytes });
      return;
    }
    this.taken += bytes.length;
    const wanted = this.admit(bytes);
    if (wanted.length > 0) this.held = !this.observe(stream, wanted);
    if (this.taken < CREDIT_BYTES || this.atEnd !== undefined) return;
    this.outbox.push(encodeFrame("C", this.id, u32(this.taken)));
    this.taken = 0;
  }

  /** The part of `bytes` that is within the limit. */
  private admit(bytes: Uint8Array): Uint8Array {
    const room = Math.max(0, this.limit - this.total);
    const { exceeded } = this;
    this.total += bytes.length;
    if (!exceeded && this.exceeded) this.exceed();
    return bytes.subarray(0, room);
  }

  private callIfDone(): void {
    if (this.held) return;
    const done = this.atEnd;
    this.atEnd = undefined;
    done?.();
  }
}
