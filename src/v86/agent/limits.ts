import { u64 } from "./frames.js";

/** What a session may use in the guest; what is undefined has no limit but the machine's own. */
export interface GuestLimits {
  /** Processes and threads at the same time: EAGAIN. For root the kernel's own make it a few more or less. */
  readonly processes?: number;
  /** Open files of one process: EMFILE. */
  readonly openFiles?: number;
  /** Size of one file in bytes: SIGXFSZ, EFBIG. */
  readonly fileSize?: number;
  /** Processor time of one process in seconds: SIGXCPU, a second later SIGKILL. */
  readonly cpuSeconds?: number;
  /** Files that have been made or changed: ENOSPC. */
  readonly files?: number;
  /** Bytes in them, counted in pages: ENOSPC. */
  readonly bytes?: number;
}

const NO_LIMIT = 0xffff_ffff_ffff_ffffn;

/** As the agent takes them. */
export function encodeLimits(limits: GuestLimits): Uint8Array {
  const { processes, openFiles, fileSize, cpuSeconds, files, bytes } = limits;
  const all = [processes, openFiles, fileSize, cpuSeconds, files, bytes];
  return u64(...all.map((limit) => limit ?? NO_LIMIT));
}
