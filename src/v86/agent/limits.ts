import type { LimitName, LimitUse, SessionLimits } from "../../machine/session-limits.js";
import { u64 } from "./frames.js";
import type { GuestStatus } from "./status.js";

const NO_LIMIT = 0xffff_ffff_ffff_ffffn;

/** As the agent takes them. What the host limits is not among them. */
export function encodeLimits(limits: SessionLimits): Uint8Array {
  const { processes, open_files, file_size_bytes, files, file_bytes, cpu_ms } = limits;
  const cpuUs = cpu_ms === undefined ? undefined : 1000 * cpu_ms;
  const all = [processes, open_files, file_size_bytes, files, file_bytes, cpuUs];
  return u64(...all.map((limit) => limit ?? NO_LIMIT));
}

export function limitUses(status: GuestStatus, limits: SessionLimits): readonly LimitUse[] {
  const use = (limit: LimitName, used: number | null, maximum: number | undefined): LimitUse => ({
    limit,
    used,
    maximum: maximum ?? null,
  });
  return [
    use("memory_bytes", status.totalBytes - status.availableBytes, status.totalBytes),
    use("file_bytes", status.fileBytes, limits.file_bytes),
    use("files", status.files, limits.files),
    use("file_size_bytes", null, limits.file_size_bytes),
    use("processes", status.processes, limits.processes),
    use("open_files", null, limits.open_files),
    use("cpu_ms", null, limits.cpu_ms),
    use("output_bytes", null, limits.output_bytes),
  ];
}
