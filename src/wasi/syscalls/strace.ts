import { signalName } from "../abi/linux/signal.js";
import { BLOCKED, type Result } from "../kernel/blocked.js";
import type { Process } from "../kernel/process.js";
import type { ArgumentKind, SyscallDefinition } from "./definition.js";

/** One line in the manner of strace(1): `[12] openat(-100, "/etc/passwd", 0x8000) = 3`. */
export function formatCall(
  process: Process,
  definition: SyscallDefinition | undefined,
  number: number,
  registers: readonly number[],
  result: Result,
): string {
  const args: string[] = [];
  let next = 0;
  for (const kind of definition?.args ?? []) {
    const raw = registers[next++] ?? 0;
    if (kind === "i64") args.push(String((registers[next++] ?? 0) * 0x1_0000_0000 + (raw >>> 0)));
    else args.push(formatArgument(process, kind, raw));
  }
  const outcome = result === BLOCKED ? "?" : String(result);
  return `[${process.pid}] ${definition?.name ?? `syscall_${number}`}(${args.join(", ")}) = ${outcome}`;
}

function formatArgument(process: Process, kind: Exclude<ArgumentKind, "i64">, raw: number): string {
  switch (kind) {
    case "path":
      return raw === 0 ? "NULL" : JSON.stringify(readPath(process, raw));
    case "ptr":
      return raw === 0 ? "NULL" : `0x${(raw >>> 0).toString(16)}`;
    case "flags":
      return `0x${(raw >>> 0).toString(16)}`;
    case "mode":
      return `0${raw.toString(8)}`;
    case "uint":
      return String(raw >>> 0);
    case "signal":
      return raw === 0 ? "0" : signalName(raw);
    case "int":
    case "fd":
    case "pid":
      return String(raw);
  }
}

function readPath(process: Process, pointer: number): string {
  try {
    return process.memory.string(pointer);
  } catch {
    return "<bad address>";
  }
}
