import type { Process } from "./process.js";
import { WaitQueue } from "./wait-queue.js";

/** What the call of a thread that was woken remembers, so that it ends when it is run again. */
export const WOKEN = Symbol("woken");

/** The queue of those that wait for the word at `address` of their process's memory (futex(2)). */
export function futexQueue({ leader }: Process, address: number): WaitQueue {
  leader.futexes ??= new Map();
  let queue = leader.futexes.get(address);
  if (queue === undefined) {
    queue = new WaitQueue();
    leader.futexes.set(address, queue);
  }
  return queue;
}

/** Forgets a queue in which nobody waits any more. */
export function dropFutexQueue({ leader }: Process, address: number): void {
  if (leader.futexes?.get(address)?.empty === true) leader.futexes.delete(address);
}

/** Wakes at most `count` of those that wait, the first ones first, and returns how many. */
export function wakeFutex(process: Process, address: number, count: number): number {
  const queue = process.leader.futexes?.get(address);
  if (queue === undefined) return 0;
  const woken = queue.takeFirst(count);
  for (const waiter of woken) {
    if (waiter.call !== undefined) waiter.call.scratch = WOKEN;
    process.kernel.scheduler.wake(waiter);
  }
  dropFutexQueue(process, address);
  return woken.length;
}

/** Lets at most `count` of those that wait at `from` wait at `to` instead, without waking them. */
export function requeueFutex(process: Process, from: number, to: number, count: number): number {
  const queue = process.leader.futexes?.get(from);
  if (queue === undefined) return 0;
  const moved = queue.takeFirst(count);
  for (const waiter of moved) futexQueue(process, to).add(waiter);
  dropFutexQueue(process, from);
  return moved.length;
}
