import type { MachineStatus } from "../machine/calls/session.js";
import type { Sandbox } from "./sandbox.js";

/** How long `status` waits for the machine. */
const STATUS_LIMIT_MS = 1_000;

/** Asks a session's machine how it is, one question at a time. */
export class StatusInquiry {
  /** The last answer. */
  last: MachineStatus | undefined;
  private underWay: Promise<MachineStatus | undefined> | undefined;

  /** Undefined when the machine does not respond in time. */
  ask(sandbox: Sandbox): Promise<MachineStatus | undefined> {
    this.underWay ??= this.begin(sandbox).finally(() => {
      this.underWay = undefined;
    });
    return this.underWay;
  }

  private begin(sandbox: Sandbox): Promise<MachineStatus | undefined> {
    return new Promise((resolve) => {
      const request = sandbox.call({ name: "status", argument: {} }, (result) => {
        clearTimeout(timer);
        if (result.ok) this.last = result.value;
        resolve(result.ok ? result.value : undefined);
      });
      const timer = setTimeout(() => {
        sandbox.forget(request);
        resolve(undefined);
      }, STATUS_LIMIT_MS);
    });
  }
}
