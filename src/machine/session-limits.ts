/** What a session may use. What is not there has no limit but the session's memory. */
export interface SessionLimits {
  /** Bytes in files that were written (ENOSPC). */
  readonly file_bytes?: number | undefined;
  /** Files and directories that were made (ENOSPC). */
  readonly files?: number | undefined;
  /** Size of one file in bytes (EFBIG and SIGXFSZ). */
  readonly file_size_bytes?: number | undefined;
  /** Processes and threads at the same time (EAGAIN). */
  readonly processes?: number | undefined;
  /** Descriptors of one process (EMFILE). */
  readonly open_files?: number | undefined;
  /** Processor time in ms of a command and all it starts (SIGXCPU, a second later SIGKILL). */
  readonly cpu_ms?: number | undefined;
  /** Bytes that a command and all it starts write to its output and error output together (EFBIG and SIGXFSZ). */
  readonly output_bytes?: number | undefined;
}

/** `memory_bytes` is `MachineOptions.memoryLimitBytes` (ENOMEM, for files ENOSPC). */
export type LimitName = keyof SessionLimits | "memory_bytes";

export interface LimitUse {
  readonly limit: LimitName;
  /** Null where each process or command has its own use. */
  readonly used: number | null;
  /** Null: none of its own. */
  readonly maximum: number | null;
}
