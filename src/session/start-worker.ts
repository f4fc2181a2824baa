import { Worker } from "node:worker_threads";

/** Deep recursion in the shell needs a deep stack: `f() { f; }` goes some thousand levels on Linux too. */
const STACK_MB = 64;
/** JavaScript objects only: the memory of programs and the content of files lie outside this heap. */
const HEAP_MB = 512;

export function startWorker(workerPath: string): Worker {
  return new Worker(workerPath, {
    resourceLimits: { stackSizeMb: STACK_MB, maxOldGenerationSizeMb: HEAP_MB },
    stdout: true,
  });
}
