import type { Result } from "../kernel/blocked.js";
import type { Kernel } from "../kernel/kernel.js";
import type { Process, Registers } from "../kernel/process.js";

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
  readonly invoke: (kernel: Kernel, process: Process, ...registers: Registers) => Result;
}

/** Defines one system call. `handler` gets its arguments decoded as `args` says. Man page section 2 has the behaviour. */
export function syscall<const Kinds extends readonly ArgumentKind[]>(
  number: number,
  name: string,
  args: Kinds,
  handler: (kernel: Kernel, process: Process, ...values: DecodedAll<Kinds>) => Result,
  extent: { support: Support; note: string } | { support: "full" } = { support: "full" },
): SyscallDefinition {
  const call = handler as Call;
  return {
    name,
    number,
    args,
    invoke: isPlain(args) ? plainInvoke(args, call) : invoke(args, call),
    ...extent,
  };
}

type Invoke = SyscallDefinition["invoke"];
type Call = (kernel: Kernel, process: Process, ...values: (number | string)[]) => Result;

/** Whether each argument is one register as it is, perhaps unsigned. */
function isPlain(args: readonly ArgumentKind[]): boolean {
  return args.every((kind) => kind !== "path" && kind !== "i64");
}

/** Without lists of arguments: this is on the way of most calls. */
function plainInvoke(args: readonly ArgumentKind[], call: Call): Invoke {
  const [ua, ub, uc, ud, ue, uf] = [0, 1, 2, 3, 4, 5].map((at) => isUnsigned(args[at]));
  return (kernel, process, a, b, c, d, e, f) =>
    call(
      kernel,
      process,
      ua ? a >>> 0 : a,
      ub ? b >>> 0 : b,
      uc ? c >>> 0 : c,
      ud ? d >>> 0 : d,
      ue ? e >>> 0 : e,
      uf ? f >>> 0 : f,
    );
}

function invoke(args: readonly ArgumentKind[], call: Call): Invoke {
  return (kernel, process, ...registers) => call(kernel, process, ...decode(process, args, registers));
}

function isUnsigned(kind: ArgumentKind | undefined): boolean {
  return kind === "uint" || kind === "ptr";
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
    else values.push(isUnsigned(kind) ? raw >>> 0 : raw);
  }
  return values;
}
