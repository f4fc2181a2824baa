import type { Result } from "../kernel/blocked.js";
import type { Kernel } from "../kernel/kernel.js";
import type { Process } from "../kernel/process.js";

/**
 * The kinds of argument that a system call takes. They say how a register is decoded and how `strace` shows it.
 * `i64` takes two registers (low word first) and becomes a number; all others take one.
 */
export type ArgumentKind =
  | "int"
  | "uint"
  | "fd"
  | "ptr"
  | "path"
  | "i64"
  | "flags"
  | "mode"
  | "signal"
  | "pid";

type Decoded<Kind extends ArgumentKind> = Kind extends "path" ? string : number;
type DecodedAll<Kinds extends readonly ArgumentKind[]> = { [I in keyof Kinds]: Decoded<Kinds[I]> };

/** `full`: as on Linux. `partial`: the note says what is missing. `none`: answered with the errno that the note names. */
export type Support = "full" | "partial" | "none";

export interface SyscallDefinition {
  readonly name: string;
  readonly number: number;
  readonly args: readonly ArgumentKind[];
  readonly support: Support;
  readonly note?: string;
  /** Runs the call with raw register values. */
  readonly invoke: (kernel: Kernel, process: Process, registers: readonly number[]) => Result;
}

/** Defines one system call. `handler` gets its arguments decoded as `args` says. Man page section 2 has the behaviour. */
export function syscall<const Kinds extends readonly ArgumentKind[]>(
  number: number,
  name: string,
  args: Kinds,
  handler: (kernel: Kernel, process: Process, ...values: DecodedAll<Kinds>) => Result,
  extent: { support: Support; note: string } | { support: "full" } = { support: "full" },
): SyscallDefinition {
  const plain = args.every((kind) => kind !== "path" && kind !== "i64" && kind !== "uint" && kind !== "ptr");
  const call = handler as (kernel: Kernel, process: Process, ...values: (number | string)[]) => Result;
  const invoke = plain
    ? (kernel: Kernel, process: Process, r: readonly number[]) =>
        call(
          kernel,
          process,
          r[0] as number,
          r[1] as number,
          r[2] as number,
          r[3] as number,
          r[4] as number,
          r[5] as number,
        )
    : (kernel: Kernel, process: Process, r: readonly number[]) =>
        call(kernel, process, ...decode(process, args, r));
  return { name, number, args, invoke, ...extent };
}

function decode(
  process: Process,
  args: readonly ArgumentKind[],
  registers: readonly number[],
): (number | string)[] {
  const values: (number | string)[] = [];
  let next = 0;
  for (const kind of args) {
    const raw = registers[next++] as number;
    if (kind === "path") values.push(process.memory.string(raw));
    else if (kind === "i64") values.push((registers[next++] as number) * 0x1_0000_0000 + (raw >>> 0));
    else if (kind === "uint" || kind === "ptr") values.push(raw >>> 0);
    else values.push(raw);
  }
  return values;
}
