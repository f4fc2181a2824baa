import type { Timespec } from "../vfs/inode.js";

/** The clocks of one kernel (clock_gettime(2)). Both run on the host's monotonic timer, so that they never disagree. */
export class Clock {
  private readonly bootMs = performance.now();

  /** CLOCK_MONOTONIC in milliseconds with a fraction; comparable with timer deadlines. */
  monotonic(): number {
    return performance.now();
  }

  /** CLOCK_BOOTTIME of this kernel in milliseconds: how long it has been up. */
  uptime(): number {
    return performance.now() - this.bootMs;
  }

  /** CLOCK_REALTIME in milliseconds since 1970 with a fraction. */
  realtimeMs(): number {
    return performance.timeOrigin + performance.now();
  }

  /** CLOCK_REALTIME. */
  realtime(): Timespec {
    const ms = this.realtimeMs();
    const sec = Math.floor(ms / 1000);
    return { sec, nsec: Math.floor((ms - sec * 1000) * 1e6) };
  }
}
