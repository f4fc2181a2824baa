import type { ManagedProcess } from "../session/managed-process.js";
import type { Session } from "../session/session.js";
import type { Context } from "./context.js";
import type { InFlight } from "./in-flight.js";
import { quote } from "./responder.js";

export interface WaitingFor {
  /** Undefined: without limit. */
  readonly waitMs: number | undefined;
  /** Whether there is nothing left to wait for. */
  ready(): boolean;
  /** Answers the request. */
  answer(): void;
  /** Called once, before the request is answered in any way. */
  stop(): void;
}

/** A request that is answered when something about a process is so, after a time, or when it is cancelled. */
export class Waiting {
  private settled = false;
  private readonly timer: NodeJS.Timeout | undefined;
  private readonly unwatch: () => void;

  constructor(
    { respond }: Context,
    entry: InFlight,
    { session, process }: { readonly session: Session; readonly process: ManagedProcess },
    private readonly what: WaitingFor,
  ) {
    const { waitMs, answer } = what;
    this.unwatch = process.watch(() => this.look());
    if (waitMs !== undefined) this.timer = setTimeout(() => this.settle(answer), waitMs);
    entry.work = {
      session,
      cancel: () => {
        const error = `${entry.request.type}: waiting for process ${quote(process.id)} was cancelled`;
        this.settle(() => respond.fail(entry, "CANCELLED", error));
        return true;
      },
    };
    if (waitMs === 0) this.settle(answer);
    else this.look();
  }

  /** Answers if it is time to. */
  look(): void {
    if (!this.settled && this.what.ready()) this.settle(this.what.answer);
  }

  private settle(answer: () => void): void {
    if (this.settled) return;
    this.settled = true;
    clearTimeout(this.timer);
    this.unwatch();
    this.what.stop();
    answer();
  }
}
