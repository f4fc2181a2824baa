import type { Process } from "./process.js";

/**
 * The processes that sleep until something changes: a pipe gets data, a child exits, a lock is released.
 * Waking is a hint only. A woken process runs its system call again and may go back to sleep.
 */
export class WaitQueue {
  private readonly sleepers = new Set<Process>();
  /** How often something has changed; tells epoll's edge-triggered mode that there is news. */
  changes = 0;

  add(process: Process): void {
    this.sleepers.add(process);
    process.sleepingOn.push(this);
  }

  remove(process: Process): void {
    this.sleepers.delete(process);
  }

  /** Takes out those that have slept longest, at most `count`, without waking them. */
  takeFirst(count: number): Process[] {
    const first: Process[] = [];
    for (const process of this.sleepers) {
      if (first.length >= count) break;
      this.sleepers.delete(process);
      first.push(process);
    }
    return first;
  }

  get empty(): boolean {
    return this.sleepers.size === 0;
  }

  wake(): void {
    this.changes++;
    if (this.sleepers.size === 0) return;
    const woken = [...this.sleepers];
    this.sleepers.clear();
    for (const process of woken) process.kernel.scheduler.wake(process);
  }
}
