import type { LimitName, LimitUse, SessionLimits } from "../../machine/session-limits.js";
import { RLIMIT_FSIZE, RLIMIT_NOFILE } from "../abi/linux/resource.js";
import type { Kernel, KernelOptions } from "../kernel/kernel.js";
import { ResourceLimits } from "../kernel/limits.js";
import type { FileTree } from "./file-tree.js";

/** Processes at the same time, if nothing else is said. */
const MAX_PROCESSES = 256;

/** What the kernel is told of a session's limits. `ownProcesses`: those of the machine itself, which are not counted. */
export function kernelLimits(
  limits: SessionLimits,
  ownProcesses: number,
): Pick<KernelOptions, "maxProcesses" | "resourceLimits" | "jobLimits"> {
  return {
    maxProcesses: (limits.processes ?? MAX_PROCESSES) + ownProcesses,
    resourceLimits: resourceLimits(limits),
    jobLimits: {
      cpuMs: limits.cpu_ms ?? Number.POSITIVE_INFINITY,
      outputBytes: limits.output_bytes ?? Number.POSITIVE_INFINITY,
    },
  };
}

function resourceLimits({ open_files, file_size_bytes }: SessionLimits): ResourceLimits {
  const limits = new ResourceLimits();
  if (open_files !== undefined) limits.set(RLIMIT_NOFILE, open_files, open_files);
  if (file_size_bytes !== undefined) limits.set(RLIMIT_FSIZE, file_size_bytes, file_size_bytes);
  return limits;
}

/** What is used of each limit. */
export function limitUses(
  { memory, processes, options }: Kernel,
  files: FileTree,
  limits: SessionLimits,
  ownProcesses: number,
): readonly LimitUse[] {
  const use = (limit: LimitName, used: number | null, maximum: number | undefined): LimitUse => ({
    limit,
    used,
    maximum: maximum ?? null,
  });
  return [
    use("memory_bytes", memory.usedBytes, memory.limitBytes),
    use("file_bytes", files.usedBytes, limits.file_bytes),
    use("files", files.usedNames, limits.files),
    use("file_size_bytes", null, limits.file_size_bytes),
    use("processes", processes.size - ownProcesses, options.maxProcesses - ownProcesses),
    use("open_files", null, options.resourceLimits.openFiles),
    use("cpu_ms", null, limits.cpu_ms),
    use("output_bytes", null, limits.output_bytes),
  ];
}
