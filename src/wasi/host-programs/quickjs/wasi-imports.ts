import type { Process } from "../../kernel/process.js";
import { fillRandom } from "../../kernel/random.js";
import type { UserMemory } from "../../kernel/user-memory.js";

const SUCCESS = 0;
const BADF = 8;
const NSEC_PER_MS = 1e6;
const REALTIME = 0;

/** What the engine's C library imports: clocks and random numbers. Files it has none; scripts get them by system calls. */
export function wasiImports(process: Process, memory: () => UserMemory): WebAssembly.ModuleImports {
  const { clock } = process.kernel;
  return {
    clock_time_get(id: number, _precision: bigint, ptr: number) {
      const ms = id === REALTIME ? clock.realtimeMs() : clock.monotonic();
      memory().refresh();
      memory().setU64(ptr, BigInt(Math.floor(ms * NSEC_PER_MS)));
      return SUCCESS;
    },
    random_get(ptr: number, length: number) {
      memory().refresh();
      fillRandom(memory().bytes(ptr, length));
      return SUCCESS;
    },
    fd_close: () => BADF,
    fd_fdstat_get: () => BADF,
    fd_seek: () => BADF,
    fd_write: () => BADF,
  };
}
