import type { LimitName, SessionLimits } from "../../machine/session-limits.js";
import type { StorageBudget } from "../fs/memfs/store.js";
import type { MemoryBudget } from "../kernel/memory-budget.js";

/** Memory that files leave to programs, so that a session whose disk is full can still run rm; at most half of all. */
const PROGRAM_RESERVE_BYTES = 48 << 20;

export function programReserve({ limitBytes }: MemoryBudget): number {
  return Math.min(PROGRAM_RESERVE_BYTES, limitBytes / 2);
}

/** What the files of one tree take of a session's memory. */
export class BudgetShare implements StorageBudget {
  private used = 0;
  private givenUp = false;

  /** `limitReached` is told which limit has refused something. */
  constructor(
    private readonly budget: MemoryBudget,
    private readonly limits: SessionLimits,
    private readonly limitReached: (name: LimitName) => void,
  ) {}

  get usedBytes(): number {
    return this.used;
  }

  get limitBytes(): number {
    return Math.min(this.budget.limitBytes, this.limits.file_bytes ?? Number.POSITIVE_INFINITY);
  }
  get freeBytes(): number {
    const free = this.budget.freeBytes - programReserve(this.budget);
    return Math.max(0, Math.min(free, this.limitBytes - this.used));
  }

  reserve(bytes: number): boolean {
    if (this.givenUp) return false;
    if (bytes > this.freeBytes) {
      this.limitReached(bytes > this.limitBytes - this.used ? "file_bytes" : "memory_bytes");
      return false;
    }
    if (!this.budget.reserve(bytes)) return false;
    this.used += bytes;
    return true;
  }

  free(bytes: number): void {
    if (this.givenUp) return;
    this.used -= bytes;
    this.budget.free(bytes);
  }

  giveUp(): void {
    this.budget.free(this.used);
    this.givenUp = true;
  }
}
