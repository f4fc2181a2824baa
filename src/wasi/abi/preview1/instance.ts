import { wasi } from "@bjorn3/browser_wasi_shim";
import { Errno } from "../../errno.js";
import { BLOCKED, type Result } from "../../kernel/blocked.js";
import { Instance, LEAVE, LeaveProgram, type RunResult } from "../../kernel/instance.js";
import type { Process } from "../../kernel/process.js";
import { UserMemory } from "../../kernel/user-memory.js";
import { SIGKILL } from "../linux/signal.js";
import { BufferedInput } from "./buffered-input.js";
import { WouldBlock, wasiErrno } from "./errno.js";
import { type WasiFunction, wasiFunctions } from "./imports.js";
import { type AsyncifyExports, isSuspendable, SuspendedStack } from "./suspended-stack.js";

const WASI_MODULE = "wasi_snapshot_preview1";

/**
 * The functions in which a program built with Asyncify can be suspended: it has to be built with
 * `--pass-arg=asyncify-imports@wasi_snapshot_preview1.fd_read,wasi_snapshot_preview1.fd_write,wasi_snapshot_preview1.poll_oneoff`.
 */
const SUSPENDING = new Set(["fd_read", "fd_write", "poll_oneoff"]);

interface WasiExports extends Partial<AsyncifyExports> {
  readonly memory: WebAssembly.Memory;
  readonly _start: () => void;
}

/**
 * A program of the ABI wasm32-wasip1. It cannot fork, and no signal handler runs in it. One that was built with Asyncify is
 * suspended like any other program. Any other gets its standard input when all of it is there, and where it has to wait, the
 * other processes run on top of its stack.
 */
export class WasiInstance extends Instance {
  readonly memory: UserMemory;
  private readonly exports: WasiExports;
  /** Of a program that can be suspended. */
  private readonly stack: SuspendedStack | undefined;
  /** Undefined until the program starts. */
  private functions: Record<string, WasiFunction> | undefined;
  /** Of a program that reads but cannot be suspended. */
  private readonly input: BufferedInput | undefined;
  /** Bytes of the session's memory: for the program's own, and for its input. */
  private charged = 0;
  private inputBytes = 0;

  private constructor(
    process: Process,
    module: WebAssembly.Module,
    private readonly argv: readonly string[],
    private readonly environ: readonly string[],
  ) {
    super(process);
    const { exports } = new WebAssembly.Instance(module, this.imports(module));
    this.exports = exports as unknown as WasiExports;
    this.memory = new UserMemory(this.exports.memory);
    this.stack = isSuspendable(this.exports) ? new SuspendedStack(this.exports, this.memory) : undefined;
    const reads = WebAssembly.Module.imports(module).some(({ name }) => name === "fd_read");
    if (reads && this.stack === undefined) {
      this.input = new BufferedInput(process, (bytes) => {
        this.inputBytes += bytes;
        return this.charge();
      });
    }
  }

  /** A program about to start. ENOEXEC when the module is no WASI program, ENOMEM when there is no room for its memory. */
  static exec(
    process: Process,
    module: WebAssembly.Module,
    argv: readonly string[],
    environ: readonly string[],
  ): WasiInstance {
    if (!isWasiProgram(module)) throw Errno.ENOEXEC;
    let instance: WasiInstance;
    try {
      instance = new WasiInstance(process, module, argv, environ);
    } catch (error) {
      if (error instanceof WebAssembly.LinkError) throw Errno.ENOEXEC;
      if (error instanceof RangeError) throw Errno.ENOMEM;
      throw error;
    }
    if (!process.kernel.memory.reserve(instance.memory.u8.length)) throw Errno.ENOMEM;
    instance.charged = instance.memory.u8.length;
    return instance;
  }

  override run(): RunResult {
    const { process } = this;
    if (this.functions === undefined) {
      const { input } = this;
      if (
        input !== undefined &&
        process.kernel.syscalls.runForeign(process, () => input.fill()) === BLOCKED
      ) {
        return "suspended";
      }
      if (process.killedBy !== undefined) throw LEAVE;
      this.functions = wasiFunctions(process, this.argv, this.environ, () => this.exports.memory);
    } else this.stack?.resume();
    this.exports._start();
    if (this.stack === undefined || !this.stack.unwinding) return "returned";
    this.stack.suspended();
    return "suspended";
  }

  override fork(): Instance {
    throw Errno.ENOSYS;
  }
  override setBreak(): number {
    return 0;
  }
  override get chargedBytes(): number {
    return this.charged;
  }
  override setPendingFlag(): void {}
  override writeSignal(): void {}

  override release(): void {
    this.process.kernel.memory.free(this.charged);
    this.charged = 0;
  }

  private imports(module: WebAssembly.Module): WebAssembly.Imports {
    const imports: Record<string, WebAssembly.ImportValue> = {};
    for (const { module: from, name } of WebAssembly.Module.imports(module)) {
      if (from === WASI_MODULE) imports[name] = (...args: never[]) => this.call(name, args);
    }
    return { [WASI_MODULE]: imports, k: { fuel: () => this.fuel() } };
  }

  /** A call from the program: what it returns is a WASI error number, 0 for success. */
  call(name: string, args: never[]): number {
    const { process, stack } = this;
    const { syscalls, scheduler } = process.kernel;
    if (!this.charge()) throw LEAVE;
    if (stack?.rewinding) {
      stack.resumed();
      return this.result;
    }
    const canSuspend = stack !== undefined && SUSPENDING.has(name);
    let result = syscalls.runForeign(process, () => this.attempt(name, args));
    if (result === BLOCKED) {
      if (process.killedBy !== undefined) throw LEAVE;
      if (canSuspend) return stack.suspend();
      result = scheduler.waitOnTop(process);
    }
    if (process.killedBy !== undefined) throw LEAVE;
    if (canSuspend && scheduler.mustGiveWay(process)) {
      this.result = result;
      return stack.suspend();
    }
    return result;
  }

  /** One try: the error number, or BLOCKED. */
  private attempt(name: string, args: never[]): Result {
    const handler = this.functions?.[name];
    if (handler === undefined) return wasi.ERRNO_NOSYS;
    try {
      return Number(handler(...args) ?? wasi.ERRNO_SUCCESS);
    } catch (error) {
      if (error instanceof WouldBlock) return BLOCKED;
      if (error instanceof Errno) return wasiErrno(error);
      // Views of the program's memory throw this for addresses outside of it.
      if (error instanceof RangeError) return wasi.ERRNO_FAULT;
      if (error instanceof LeaveProgram) throw error;
      this.process.kernel.reportBug(`WASI function ${name}`, error);
      return wasi.ERRNO_IO;
    }
  }

  private fuel(): void {
    if (!this.charge()) throw LEAVE;
    this.process.kernel.scheduler.fuel(this.process);
  }

  /**
   * Accounts for what the program has grown by: it does so by itself. When that does not fit into the session's memory, the
   * process dies as by Linux's OOM killer, and the answer is false.
   */
  private charge(): boolean {
    const more = this.exports.memory.buffer.byteLength + this.inputBytes - this.charged;
    if (more === 0) return true;
    if (!this.process.kernel.memory.reserve(more)) {
      this.process.killedBy = SIGKILL;
      return false;
    }
    this.charged += more;
    return true;
  }
}

/** Whether a module imports nothing but WASI (and fuel) and is a command. */
function isWasiProgram(module: WebAssembly.Module): boolean {
  const imports = WebAssembly.Module.imports(module);
  const exports = new Map(WebAssembly.Module.exports(module).map(({ name, kind }) => [name, kind]));
  return (
    imports.every(
      (entry) => entry.module === WASI_MODULE || (entry.module === "k" && entry.name === "fuel"),
    ) &&
    exports.get("_start") === "function" &&
    exports.get("memory") === "memory"
  );
}
