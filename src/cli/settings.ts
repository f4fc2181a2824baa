import { join } from "node:path";
import type { Settings } from "../daemon/settings.js";
import {
  DEFAULT_MAX_LINE_BYTES,
  DEFAULT_MAX_OUTPUT_BYTES,
  DEFAULT_MAX_SESSIONS,
  DEFAULT_MAX_WORKERS,
  DEFAULT_MEMORY_LIMIT_BYTES,
  DEFAULT_TIME_LIMIT_MS,
  HOSTNAME,
} from "../protocol/limits.js";

/** Put in by the build, from package.json. */
declare const LIMPET_VERSION: string;

/** What the daemon does without options. */
export const defaultSettings: Settings = {
  version: LIMPET_VERSION,
  workerPath: join(__dirname, "worker.js"),
  imagesPath: join(__dirname, "..", "images", "wasi"),
  codeCachePath: join(__dirname, "code-cache"),
  v86: {
    imagesPath: join(__dirname, "..", "images", "v86"),
    distPath: __dirname,
    codeCachePath: join(__dirname, "code-cache", "v86"),
  },
  machine: {
    backend: "wasi",
    user: "root",
    env: {},
    memoryLimitBytes: DEFAULT_MEMORY_LIMIT_BYTES,
    limits: {},
    hostname: HOSTNAME,
    mounts: [],
  },
  timeLimitMs: DEFAULT_TIME_LIMIT_MS,
  maxOutputBytes: DEFAULT_MAX_OUTPUT_BYTES,
  maxLineBytes: DEFAULT_MAX_LINE_BYTES,
  maxSessions: DEFAULT_MAX_SESSIONS,
  maxWorkers: DEFAULT_MAX_WORKERS,
  logLevel: "warn",
};
