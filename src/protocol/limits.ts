/** Bounds of the protocol and the daemon's defaults. The schemas, the daemon, the command line and protocol.md all take them from here. */

/** The protocol's version; it goes up when a client of the version before could misread an answer. */
export const PROTOCOL_VERSION = 1;

export const KIB = 1024;
export const MIB = 1024 * KIB;

/** Characters of a string `id`. */
export const MAX_ID_LENGTH = 256;
/** Characters of a session's name. */
export const MAX_SESSION_NAME_LENGTH = 128;
export const MAX_SNAPSHOT_NAME_LENGTH = 128;
/** New sessions of one `fork`. */
export const MAX_FORKS = 256;
/** Characters of a process's id. */
export const MAX_PROCESS_ID_LENGTH = 128;
/** Arrays and objects inside each other in a request. */
export const MAX_NESTING = 32;

/** Bytes of one request line, its newline not counted (`--max-line-bytes`). */
export const DEFAULT_MAX_LINE_BYTES = 16 * MIB;
export const MAX_LINE_BYTES = 256 * MIB;

/** Time a command may run (`--time-limit-ms`, `time_limit_ms`). */
export const DEFAULT_TIME_LIMIT_MS = 30_000;
export const MAX_TIME_LIMIT_MS = 86_400_000;

/** How long `read_output` waits at most (`wait_ms`). */
export const MAX_WAIT_MS = 600_000;

/** How long `watch` watches (`wait_ms`), how many changes it tells of at most (`max_changes`), and how many files it looks at. */
export const DEFAULT_WATCH_MS = 60_000;
export const MAX_WATCH_CHANGES = 100_000;
export const MAX_WATCHED_FILES = 50_000;

/** A terminal's size, and the longest side that one can have. */
export const DEFAULT_TERMINAL = { rows: 24, columns: 80 };
export const MAX_TERMINAL_SIDE = 65_535;

/** Bytes kept of each output stream of a command (`--max-output-bytes`, `max_output_bytes`). */
export const DEFAULT_MAX_OUTPUT_BYTES = 1024 * KIB;
export const MAX_OUTPUT_BYTES = 64 * MIB;

/** Bytes that one `read_file` returns at most. */
export const MAX_READ_BYTES = 64 * MIB;

/** Files of one `read_files` or `write_files`, and edits of one `edit_file`. */
export const MAX_FILES = 1000;
export const MAX_EDITS = 1000;

/** Entries of one `list_dir`. */
export const DEFAULT_LISTED_FILES = 1000;
export const MAX_LISTED_FILES = 100_000;

/** Matching lines of one `search`, lines around each, and characters given of a line. */
export const DEFAULT_MATCHES = 200;
export const MAX_MATCHES = 10_000;
export const MAX_CONTEXT_LINES = 10;
export const MAX_LINE_SHOWN = 1000;
/** Changes that one `diff` lists (`max_changes`). */
export const DEFAULT_MAX_CHANGES = 10_000;
export const MAX_CHANGES = 100_000;

/** Directories of the host in one session. */
export const MAX_MOUNTS = 64;

/** Memory of one session: its processes and its files (`--memory-limit`, `memory_limit_bytes`). */
export const DEFAULT_MEMORY_LIMIT_BYTES = 1024 * MIB;
export const MIN_MEMORY_LIMIT_BYTES = 16 * MIB;
export const MAX_MEMORY_LIMIT_BYTES = 64 * 1024 * MIB;
/** What a machine of the v86 backend can have of it. */
export const V86_MEMORY_BYTES = { least: 32 * MIB, most: 1024 * MIB };

/** Name of every sandbox's machine (uname -n). */
export const HOSTNAME = "limpet";

/** Sessions at the same time, the default one included (`--max-sessions`). */
export const DEFAULT_MAX_SESSIONS = 1000;
export const MAX_MAX_SESSIONS = 100_000;

/** Threads for sessions that are at work or may be soon (`--max-workers`). */
export const DEFAULT_MAX_WORKERS = 16;
export const MAX_MAX_WORKERS = 4096;

/** Requests taken in and not yet answered, over all sessions; with more, stdin is not read until some are answered. */
export const MAX_REQUESTS_IN_FLIGHT = 4096;
/** Bytes of their lines together, for the same purpose. */
export const MAX_BYTES_IN_FLIGHT = 64 * MIB;

/** The further limits of a session, each with the least and the most that it can be set to (`limits` of `open`, `--limit`). */
export const SESSION_LIMITS = {
  file_bytes: [1, Number.MAX_SAFE_INTEGER],
  files: [1, Number.MAX_SAFE_INTEGER],
  file_size_bytes: [1, Number.MAX_SAFE_INTEGER],
  processes: [1, 4096],
  open_files: [16, 1_048_576],
  cpu_ms: [1, MAX_TIME_LIMIT_MS],
  output_bytes: [1, Number.MAX_SAFE_INTEGER],
} as const satisfies Record<string, readonly [least: number, most: number]>;
