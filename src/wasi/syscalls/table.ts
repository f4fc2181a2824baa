import type { SyscallDefinition } from "./definition.js";
import { memorySyscalls } from "./memory.js";
import { processSyscalls } from "./processes.js";
import { sessionSyscalls } from "./session.js";
import { signalSyscalls } from "./signals.js";

/** Every system call that the kernel knows, by area. */
export const allSyscalls: readonly SyscallDefinition[] = [
  ...memorySyscalls,
  ...processSyscalls,
  ...sessionSyscalls,
  ...signalSyscalls,
];
