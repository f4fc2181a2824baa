import type { LimitName } from "../../machine/session-limits.js";
import { SIGKILL, SIGTERM, SIGXCPU } from "../abi/linux/signal.js";
import type { Kernel } from "./kernel.js";
import type { Process, WaitStatus } from "./process.js";

/** What the processes of one request may use together; `Infinity` for no limit. */
export interface JobLimits {
  readonly cpuMs: number;
  readonly outputBytes: number;
}

/** Processor time to clean up in, from SIGXCPU to SIGKILL. */
const CPU_GRACE_MS = 1000;
/** How long processes may clean up between SIGTERM and SIGKILL, in ms. */
const GRACE_MS = 200;

/**
 * The processes that work for one request, in the manner of a control group: a child is born into its parent's job and cannot
 * leave it, whatever process group or session it goes into.
 */
export class Job {
  private readonly members = new Set<Process>();
  /** The first limit that a member ran into. */
  limit: LimitName | undefined;
  private cpuMs = 0;
  private outputBytes = 0;
  /** Told how the last member ended, when it has. */
  onEmpty: ((status: WaitStatus) => void) | undefined;
  /** `end` has been called, perhaps before anything was begun. */
  ended = false;

  constructor(private readonly kernel: Kernel) {}

  noteLimit(name: LimitName): void {
    this.limit ??= name;
  }

  /** A member has used processor time. Beyond the limit all of them get SIGXCPU, and when they go on, SIGKILL (setrlimit(2)). */
  charge(ms: number): void {
    const before = this.cpuMs;
    this.cpuMs += ms;
    const { cpuMs: limit } = this.kernel.options.jobLimits;
    if (this.cpuMs <= limit) return;
    this.noteLimit("cpu_ms");
    if (before <= limit) this.signal(SIGXCPU);
    else if (this.cpuMs > limit + CPU_GRACE_MS) this.signal(SIGKILL);
  }

  /** How much of `bytes` of output may be written. */
  outputRoom(bytes: number): number {
    const room = Math.min(bytes, this.kernel.options.jobLimits.outputBytes - this.outputBytes);
    if (room < bytes) this.noteLimit("output_bytes");
    this.outputBytes += room;
    return room;
  }

  add(process: Process): void {
    process.job?.members.delete(process);
    process.job = this;
    this.members.add(process);
  }

  remove(process: Process): void {
    this.members.delete(process);
    if (this.members.size === 0) this.onEmpty?.(process.exitStatus ?? 0);
  }

  /** The oldest member. */
  get first(): Process | undefined {
    const [first] = this.members;
    return first;
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
