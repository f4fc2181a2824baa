import type { Job } from "../kernel/job.js";
import type { Kernel } from "../kernel/kernel.js";

/** How long an answer waits for processes that still have something to do when the shell has finished, in ms. */
const SETTLE_MS = 100;

/**
 * Calls `done` once nothing of the job is about to run: the end of a pipe that the shell did not wait for, as in
 * `> >(tee log)`, gets to write what it has. Processes that sleep are left to themselves.
 */
export function whenQuiet(job: Job, { timers, clock, host }: Kernel, done: () => void): void {
  if (!job.busy) return done();
  // A process that computes keeps the event loop from turning, but not the kernel's timers.
  const limit = timers.at(clock.monotonic() + SETTLE_MS, () => finish());
  const finish = () => {
    limit.cancel();
    done();
  };
  const look = () => {
    if (limit.cancelled) return;
    if (job.busy) host.defer(look);
    else finish();
  };
  look();
}
