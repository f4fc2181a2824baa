import { CLK_TCK } from "../../abi/linux/time.js";
import type { Kernel } from "../../kernel/kernel.js";
import {
  CPU_COUNT,
  KERNEL_NAME,
  KERNEL_RELEASE,
  KERNEL_VERSION,
  MACHINE,
  memoryInformation,
  PAGE_SIZE,
} from "../../kernel/system-information.js";

const ticks = (ms: number) => Math.floor((ms * CLK_TCK) / 1000);

/** /proc/cpuinfo. */
export function cpuInfoText(): string {
  return Array.from({ length: CPU_COUNT }, (_, i) => {
    const lines: [string, string | number][] = [
      ["processor\t", i],
      ["vendor_id\t", "WebAssembly"],
      ["model name\t", MACHINE],
      ["physical id\t", 0],
      ["siblings\t", CPU_COUNT],
      ["core id\t\t", i],
      ["cpu cores\t", CPU_COUNT],
    ];
    return `${lines.map(([key, text]) => `${key}: ${text}\n`).join("")}\n`;
  }).join("");
}

/** /proc/loadavg. */
export function loadAverageText(kernel: Kernel): string {
  const loads = kernel.statistics.loadAverages().map((load) => load.toFixed(2));
  const processes = kernel.processes.all();
  const running = processes.filter(({ state }) => state === "ready" || state === "running").length;
  return `${loads.join(" ")} ${running}/${processes.length} ${processes.at(-1)?.pid ?? 0}\n`;
}

/** /proc/meminfo. What programs do not use is files: there is no cache that could be given up. */
export function memoryInfoText(kernel: Kernel): string {
  const { total, free } = memoryInformation(kernel);
  const programs = kernel.processes
    .all()
    .reduce((sum, { instance }) => sum + (instance?.chargedBytes ?? 0), 0);
  const files = Math.max(0, total - free - programs);
  const sizes: [string, number][] = [
    ["MemTotal", total],
    ["MemFree", free],
    ["MemAvailable", free],
    ["Buffers", 0],
    ["Cached", files],
    ["SwapCached", 0],
    ["Active", programs],
    ["Inactive", files],
    ["Unevictable", 0],
    ["Mlocked", 0],
    ["SwapTotal", 0],
    ["SwapFree", 0],
    ["Dirty", 0],
    ["Writeback", 0],
    ["AnonPages", programs],
    ["Mapped", 0],
    ["Shmem", files],
    ["Slab", 0],
    ["SReclaimable", 0],
    ["SUnreclaim", 0],
    ["PageTables", 0],
    ["CommitLimit", total],
    ["Committed_AS", programs],
  ];
  return sizes
    .map(([name, bytes]) => `${`${name}:`.padEnd(15)} ${String(Math.floor(bytes / 1024)).padStart(8)} kB\n`)
    .join("");
}

/** /proc/stat. */
export function statText(kernel: Kernel): string {
  const uptime = kernel.clock.uptime();
  const busy = Math.min(kernel.statistics.cpuMs(), uptime * CPU_COUNT);
  const times = [ticks(busy), 0, 0, ticks(uptime * CPU_COUNT - busy), 0, 0, 0, 0, 0, 0].join(" ");
  const processes = kernel.processes.all();
  const running = processes.filter(({ state }) => state === "ready" || state === "running").length;
  return [
    `cpu  ${times}`,
    ...Array.from({ length: CPU_COUNT }, (_, i) => `cpu${i} ${times}`),
    "intr 0",
    "ctxt 0",
    `btime ${Math.floor((kernel.clock.realtimeMs() - uptime) / 1000)}`,
    `processes ${processes.at(-1)?.pid ?? 0}`,
    `procs_running ${running}`,
    "procs_blocked 0",
    "softirq 0 0 0 0 0 0 0 0 0 0 0",
    "",
  ].join("\n");
}

/** /proc/uptime: since boot, and idle, in seconds. */
export function uptimeText(kernel: Kernel): string {
  const uptime = kernel.clock.uptime();
  const idle = Math.max(0, uptime * CPU_COUNT - kernel.statistics.cpuMs());
  return `${(uptime / 1000).toFixed(2)} ${(idle / 1000).toFixed(2)}\n`;
}

/** /proc/version. */
export function versionText(): string {
  return `${KERNEL_NAME} version ${KERNEL_RELEASE} (limpet) (TypeScript) ${KERNEL_VERSION}\n`;
}

/** /proc/vmstat: the lines that vmstat(8) wants. */
export function vmStatText(kernel: Kernel): string {
  const { free } = memoryInformation(kernel);
  const counters = ["pgpgin", "pgpgout", "pswpin", "pswpout", "pgfault", "pgmajfault", "oom_kill"];
  return `nr_free_pages ${Math.floor(free / PAGE_SIZE)}\n${counters.map((name) => `${name} 0\n`).join("")}`;
}
