import { V86_MEMORY_BYTES } from "../protocol/limits.js";
import type { Backend } from "./machine.js";

/** The memory that a machine gets when so much is asked for. */
export function machineMemory(backend: Backend, limitBytes: number): number {
  if (backend === "wasi") return limitBytes;
  return Math.min(Math.max(limitBytes, V86_MEMORY_BYTES.least), V86_MEMORY_BYTES.most);
}
