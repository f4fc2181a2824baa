import type { Kernel } from "../../kernel/kernel.js";
import { UserMemory } from "../../kernel/user-memory.js";

/** Where a program of the Linux ABI has its parts: addresses in its linear memory. */
export interface ProgramLayout {
  /** Start of the data segments. Below it lies the C stack, below that the Asyncify buffer. */
  readonly dataStart: number;
  readonly dataEnd: number;
  readonly heapStart: number;
  /** Initial stack pointer; the stack grows down from here. */
  readonly stackTop: number;
  /** `__k_sig`: the slot a caught signal is handed over in. */
  readonly signalSlot: number;
  /** `__k_pending`: non-zero asks the program to make a system call soon. */
  readonly pendingFlag: number | undefined;
  /** `__wasm_thread_pointer`, in programs with threads. */
  readonly threadPointer: number | undefined;
}

/** The exports of a program built by guest/toolchain. */
export interface ProgramExports {
  readonly _start: (argumentBlock: number) => void;
  /** Where a further thread starts, in programs with threads. */
  readonly __k_thread_start?: (entry: number) => void;
  readonly asyncify_start_unwind: (buffer: number) => void;
  readonly asyncify_stop_unwind: () => void;
  readonly asyncify_start_rewind: (buffer: number) => void;
  readonly asyncify_stop_rewind: () => void;
  readonly asyncify_get_state: () => number;
  readonly __stack_pointer: WebAssembly.Global<"i32">;
}

/** A memory with an instantiated module, ready to hold any process that runs this program. */
export interface LoadedModule {
  readonly memory: UserMemory;
  readonly exports: ProgramExports;
  /** Who takes its system calls: the process in a pooled module changes, and so does the thread that runs. */
  handler: SystemCallHandler | undefined;
}

/** Takes the calls that a program makes of its imports. */
export interface SystemCallHandler {
  call(number: number, a: number, b: number, c: number, d: number, e: number, f: number): number;
  callBlocking(number: number, a: number, b: number, c: number, d: number, e: number, f: number): number;
  fuel(): void;
}

const PAGE = 65536;
/** Idle modules kept for reuse, and the largest memory worth keeping. */
const POOL_SIZE = 32;
const POOL_MEMORY_LIMIT = 64 << 20;

/**
 * A compiled program and its pool of instantiated modules. Instantiating costs more than copying the initial data over a
 * used memory, so a module whose process has ended is used again.
 */
export class Program {
  private readonly idle: LoadedModule[] = [];
  private pristineData: Uint8Array | undefined;
  private knownLayout: ProgramLayout | undefined;

  constructor(
    private readonly kernel: Kernel,
    readonly name: string,
    private readonly module: WebAssembly.Module,
    private readonly minPages: number,
  ) {}

  get layout(): ProgramLayout {
    if (this.knownLayout === undefined) throw new Error(`${this.name} has not been instantiated`);
    return this.knownLayout;
  }

  /** A module with fresh data, zeroed bss, and the stack pointer at the top: for exec. */
  takeFresh(): LoadedModule {
    const used = this.idle.pop();
    if (used === undefined) return this.instantiate(this.minPages);
    const { dataStart, dataEnd, heapStart, stackTop } = this.layout;
    used.memory.refresh();
    used.memory.u8.set(this.pristineData as Uint8Array, dataStart); // kept since the first instantiation
    used.memory.u8.fill(0, dataEnd, heapStart);
    used.exports.__stack_pointer.value = stackTop;
    return used;
  }

  /** A module with at least `pages` of memory whose content the caller overwrites: for fork and for restoring a snapshot. */
  takeForCopy(pages: number): LoadedModule {
    const used = this.idle.pop();
    if (used === undefined) return this.instantiate(Math.max(pages, this.minPages));
    const have = used.memory.memory.buffer.byteLength / PAGE;
    if (have < pages) used.memory.memory.grow(pages - have);
    used.memory.refresh();
    return used;
  }

  /** Takes back a module that no process uses any more. */
  giveBack(loaded: LoadedModule): void {
    if (this.idle.length >= POOL_SIZE || loaded.memory.memory.buffer.byteLength > POOL_MEMORY_LIMIT) return;
    const state = loaded.exports.asyncify_get_state();
    if (state === 1) loaded.exports.asyncify_stop_unwind();
    else if (state === 2) loaded.exports.asyncify_stop_rewind();
    loaded.handler = undefined;
    this.idle.push(loaded);
  }

  private instantiate(pages: number): LoadedModule {
    const maximum = Math.max(pages, this.kernel.options.maxProgramPages);
    const memory = new WebAssembly.Memory({ initial: pages, maximum });
    const handler = (): SystemCallHandler => loaded.handler ?? noProcess();
    const imports = {
      env: { memory },
      k: {
        sys: (n: number, a: number, b: number, c: number, d: number, e: number, f: number) =>
          handler().call(n, a, b, c, d, e, f),
        sysb: (n: number, a: number, b: number, c: number, d: number, e: number, f: number) =>
          handler().callBlocking(n, a, b, c, d, e, f),
        fuel: () => handler().fuel(),
      },
    };
    const instance = new WebAssembly.Instance(this.module, imports);
    const exports = instance.exports as unknown as ProgramExports & Addresses;
    const loaded: LoadedModule = { memory: new UserMemory(memory), exports, handler: undefined };
    if (this.knownLayout === undefined) {
      this.knownLayout = {
        dataStart: address(exports, "__global_base"),
        dataEnd: address(exports, "__data_end"),
        heapStart: address(exports, "__heap_base"),
        signalSlot: address(exports, "__k_sig"),
        pendingFlag: exports.__k_pending?.value,
        threadPointer: exports.__wasm_thread_pointer?.value,
        stackTop: exports.__stack_pointer.value,
      };
      this.pristineData = loaded.memory.u8.slice(this.knownLayout.dataStart, this.knownLayout.dataEnd);
    }
    return loaded;
  }
}

/** The exports that are addresses of objects of the program. */
type Addresses = Readonly<
  Record<
    "__global_base" | "__data_end" | "__heap_base" | "__k_sig" | "__k_pending" | "__wasm_thread_pointer",
    WebAssembly.Global<"i32"> | undefined
  >
>;

function address(exports: Addresses, name: keyof Addresses): number {
  const value = exports[name]?.value;
  if (value === undefined) throw new WebAssembly.LinkError(`the program does not export ${name}`);
  return value;
}

function noProcess(): never {
  throw new Error("a program ran without a process");
}

/** Tells whether a module speaks the Linux ABI: it imports its system calls from `k`. */
export function isLinuxProgram(module: WebAssembly.Module): boolean {
  return WebAssembly.Module.imports(module).some((entry) => entry.module === "k" && entry.name === "sysb");
}

/** The pages that a module's imported memory needs at least, found in the import section's limits. */
export function minimumPages(bytes: Uint8Array): number {
  let at = 8;
  const leb = (): number => {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = bytes[at++];
      if (byte === undefined) throw new WebAssembly.CompileError("truncated module");
      value += (byte & 0x7f) * 2 ** shift;
      if ((byte & 0x80) === 0) return value;
    }
  };
  const skipName = () => {
    const length = leb();
    at += length;
  };
  while (at < bytes.length) {
    const section = bytes[at++];
    const end = leb() + at;
    if (section === 2) {
      for (let count = leb(); count > 0; count--) {
        skipName();
        skipName();
        const kind = bytes[at++];
        if (kind === 2) {
          leb();
          return leb();
        }
        if (kind === 0) leb();
        else if (kind === 1) {
          at++;
          if ((leb() & 1) !== 0) {
            leb();
            leb();
          } else leb();
        } else if (kind === 3) at += 2;
        else {
          at++;
          leb();
        }
      }
    }
    at = end;
  }
  return 1;
}
