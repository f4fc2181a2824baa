import { SIGKILL, SIGTERM } from "../../wasi/abi/linux/signal.js";
import { encodeFrame, u32 } from "./frames.js";
import type { Outbox } from "./outbox.js";

/** How long processes may clean up between SIGTERM and SIGKILL, in ms. */
const GRACE_MS = 200;

/** Signals to a command and all of its descendants. Its id keeps its meaning after its end, for what it has left behind. */
export class AgentSignals {
  private killer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly id: number,
    private readonly outbox: Outbox,
  ) {}

  send(signal: number): void {
    this.outbox.push(encodeFrame("K", this.id, u32(signal)));
  }

  /** SIGTERM first, SIGKILL after a grace. */
  kill(): void {
    if (this.killer !== undefined) return;
    this.send(SIGTERM);
    this.killer = setTimeout(() => this.send(SIGKILL), GRACE_MS);
  }

  /** Nobody is there any more who could be sent anything. */
  stop(): void {
    clearTimeout(this.killer);
  }
}
