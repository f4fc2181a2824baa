import type { SyscallDefinition } from "./definition.js";
import { eventSyscalls } from "./events.js";
import { fileSyscalls } from "./files.js";
import { futexSyscalls } from "./futex.js";
import { identitySyscalls } from "./identity.js";
import { limitSyscalls } from "./limits.js";
import { memorySyscalls } from "./memory.js";
import { pipeSyscalls } from "./pipes.js";
import { pollSyscalls } from "./poll.js";
import { processAttributeSyscalls } from "./process-attributes.js";
import { processSyscalls } from "./processes.js";
import { schedulingSyscalls } from "./scheduling.js";
import { sessionSyscalls } from "./session.js";
import { signalSyscalls } from "./signals.js";
import { socketSyscalls } from "./sockets.js";
import { systemSyscalls } from "./system.js";
import { timeSyscalls } from "./time.js";
import { timerSyscalls } from "./timers.js";

/** Every system call that the kernel knows, by area. */
export const allSyscalls: readonly SyscallDefinition[] = [
  ...eventSyscalls,
  ...fileSyscalls,
  ...futexSyscalls,
  ...identitySyscalls,
  ...limitSyscalls,
  ...memorySyscalls,
  ...pipeSyscalls,
  ...pollSyscalls,
  ...processAttributeSyscalls,
  ...processSyscalls,
  ...schedulingSyscalls,
  ...sessionSyscalls,
  ...signalSyscalls,
  ...socketSyscalls,
  ...systemSyscalls,
  ...timeSyscalls,
  ...timerSyscalls,
];
