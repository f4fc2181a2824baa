import { SIGKILL, SIGTERM } from "../abi/linux/signal.js";
import type { Kernel } from "./kernel.js";
import type { Process } from "./process.js";

/** How long processes may clean up between SIGTERM and SIGKILL, in ms. */
const GRACE_MS = 200;

/**
 * The processes that work for one request, in the manner of a control group: a child is born into its parent's job and cannot
 * leave it, whatever process group or session it goes into.
 */
export class Job {
  private readonly members = new Set<Process>();
  /** `end` has been called, perhaps before anything was begun. */
  ended = false;

  constructor(private readonly kernel: Kernel) {}

  add(process: Process): void {
    process.job?.members.delete(process);
    process.job = this;
    this.members.add(process);
  }

  remove(process: Process): void {
    this.members.delete(process);
  }

  get size(): number {
    return this.members.size;
  }

  /** Whether any of its processes could run now. */
  get busy(): boolean {
    for (const { threads } of this.members)
      for (const { state } of threads) if (state === "ready" || state === "running") return true;
    return false;
  }

  /** SIGTERM to all, stopped ones included, and SIGKILL to what is left after a grace. */
  end(): void {
    this.ended = true;
    this.signal(SIGTERM);
    for (const process of this.members) {
      if (process.state === "stopped") this.kernel.signals.send(process, SIGKILL);
    }
    if (this.members.size > 0) {
      this.kernel.timers.at(this.kernel.clock.monotonic() + GRACE_MS, () => this.signal(SIGKILL));
      this.kernel.timers.arm();
    }
  }

  signal(signal: number): void {
    for (const process of [...this.members]) this.kernel.signals.send(process, signal);
  }
}
