import type { Kernel } from "./kernel.js";

/** What uname(2) and /proc tell about the system. */
export const KERNEL_NAME = "Linux";
export const KERNEL_RELEASE = "6.1.0-limpet";
export const KERNEL_VERSION = "#1 SMP Limpet";
export const MACHINE = "wasm32";
export const DOMAIN_NAME = "(none)";

export const PAGE_SIZE = 4096;
/** All processes share one thread of the host. */
export const CPU_COUNT = 1;

/** Memory in bytes. */
export interface MemoryInformation {
  readonly total: number;
  readonly free: number;
}

export function memoryInformation(kernel: Kernel): MemoryInformation {
  const { limitBytes, freeBytes } = kernel.memory;
  return { total: limitBytes, free: Math.max(0, freeBytes) };
}

/** Over how many seconds the three load averages are taken. */
const LOAD_PERIODS = [60, 300, 900] as const;
/** How often they are brought up to date at most, in ms. */
const LOAD_STEP_MS = 1000;

/** Statistics of the whole system that are worked out when somebody asks. */
export class SystemStatistics {
  private readonly loads = LOAD_PERIODS.map(() => 0);
  private sampledAt: number;
  private sampledCpuMs = 0;
  private highestCpuMs = 0;

  constructor(private readonly kernel: Kernel) {
    this.sampledAt = kernel.clock.uptime();
  }

  /** CPU time that all processes, living and dead, have used, in ms. */
  cpuMs(): number {
    let total = 0;
    for (const process of this.kernel.processes.all()) {
      total += this.kernel.scheduler.cpuMs(process) + process.childrenCpuMs;
    }
    this.highestCpuMs = Math.max(this.highestCpuMs, total);
    return this.highestCpuMs;
  }

  /**
   * The load averages over 1, 5 and 15 minutes. There is one processor, so the share of time that it was busy since the last
   * look stands for the length of the run queue.
   */
  loadAverages(): readonly number[] {
    const now = this.kernel.clock.uptime();
    const elapsed = now - this.sampledAt;
    if (elapsed < LOAD_STEP_MS) return this.loads;
    const busy = this.cpuMs() - this.sampledCpuMs;
    const load = Math.min(1, busy / elapsed);
    LOAD_PERIODS.forEach((period, i) => {
      const decay = Math.exp(-elapsed / (period * 1000));
      this.loads[i] = (this.loads[i] ?? 0) * decay + load * (1 - decay);
    });
    this.sampledAt = now;
    this.sampledCpuMs = this.highestCpuMs;
    return this.loads;
  }
}
