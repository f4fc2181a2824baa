import { wasi } from "@bjorn3/browser_wasi_shim";
import { Errno } from "../../errno.js";
import { BLOCKED, type Result } from "../../kernel/blocked.js";
import { Instance, LEAVE, LeaveProgram, type RunResult } from "../../kernel/instance.js";
import type { Process } from "../../kernel/process.js";
import { UserMemory } from "../../kernel/user-memory.js";
import type { UserModule } from "../../modules/user-module.js";
import { SIGKILL } from "../linux/signal.js";
import { BufferedInput } from "./buffered-input.js";
import { WouldBlock, wasiErrno } from "./errno.js";
import { type WasiFunction, wasiFunctions } from "./imports.js";
import { WASI_MODULE } from "./program.js";
import { type AsyncifyExports, isSuspendable, SuspendedStack } from "./suspended-stack.js";

/**
 * The functions in which a program built with Asyncify can be suspended: it has to be built with
 * `--pass-arg=asyncify-imports@wasi_snapshot_preview1.fd_read,wasi_snapshot_preview1.fd_write,wasi_snapshot_preview1.poll_oneoff`.
 */
const SUSPENDING = new Set(["fd_read", "fd_write", "poll_oneoff"]);

interface WasiExports extends Partial<AsyncifyExports> {
  readonly memory: WebAssembly.Memory;
  readonly _start: () => void;
}

const PAGE = 65536;

/**
 * A program of the ABI wasm32-wasip1. It cannot fork, and no signal handler runs in it. One that was built with Asyncify is
 * suspended like any other program. Any other gets its standard input when all of it is there, and where it has to wait, the
 * other processes run on top of its stack.
 */
export class WasiInstance extends Instance {
  override memory = new UserMemory(new WebAssembly.Memory({ initial: 0 }));
  /** Undefined until the program starts: its start function is a part of the program and may do what it likes. */
  private exports: WasiExports | undefined;
  /** Undefined until the program starts. */
  private functions: Record<string, WasiFunction> | undefined;
  /** Of a program that can be suspended, and has started. */
  private stack: SuspendedStack | undefined;
  /** Of a program that reads but cannot be suspended. */
  private readonly input: BufferedInput | undefined;
  /** Bytes of the session's memory: all, those of the program's own memory, and those for its input. */
  private charged: number;
  private inputBytes = 0;

  private constructor(
    process: Process,
    private readonly module: WebAssembly.Module,
    private readonly minBytes: number,
    private readonly argv: readonly string[],
    private readonly environ: readonly string[],
  ) {
    super(process);
    this.charged = minBytes;
    const reads = WebAssembly.Module.imports(module).some(({ name }) => name === "fd_read");
    if (reads && !isSuspendable(module)) {
      this.input = new BufferedInput(process, (bytes) => {
        this.inputBytes += bytes;
        return this.charge();
      });
    }
  }

  /** A program about to start. ENOMEM when there is no room for its memory. */
  static exec(
    process: Process,
    { module, minPages }: UserModule,
    argv: readonly string[],
    environ: readonly string[],
  ): WasiInstance {
    const minBytes = minPages * PAGE;
    if (!process.kernel.memory.reserve(minBytes)) throw Errno.ENOMEM;
    return new WasiInstance(process, module, minBytes, argv, environ);
  }

  override run(): RunResult {
    const { process, input, stack } = this;
    stack?.resume();
    if (this.exports === undefined) {
      if (
        input !== undefined &&
        process.kernel.syscalls.runForeign(process, () => input.fill()) === BLOCKED
      ) {
        return "suspended";
      }
      if (process.killedBy !== undefined) throw LEAVE;
      this.exports = this.instantiate();
    }
    this.exports._start();
    if (this.stack === undefined || !this.stack.unwinding) return "returned";
    this.stack.suspended();
    return "suspended";
  }

  override get chargedBytes(): number {
    return this.charged;
  }
  override writeSignal(): void {}

  override release(): void {
    this.process.kernel.memory.free(this.charged);
    this.charged = 0;
  }

  private instantiate(): WasiExports {
    const imports: Record<string, WebAssembly.ImportValue> = {};
    for (const { module, name } of WebAssembly.Module.imports(this.module)) {
      if (module === WASI_MODULE) imports[name] = (...args: never[]) => this.call(name, args);
    }
    const instance = new WebAssembly.Instance(this.module, {
      [WASI_MODULE]: imports,
      k: { fuel: () => this.fuel() },
    });
    const exports = instance.exports as unknown as WasiExports;
    this.memory = new UserMemory(exports.memory);
    if (isSuspendable(this.module)) {
      this.stack = new SuspendedStack(exports as WasiExports & AsyncifyExports, this.memory);
    }
    this.functions = wasiFunctions(this.process, this.argv, this.environ, () => exports.memory);
    return exports;
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
    const own = this.exports?.memory.buffer.byteLength ?? this.minBytes;
    const more = own + this.inputBytes - this.charged;
    if (more === 0) return true;
    if (!this.process.kernel.memory.reserve(more)) {
      this.process.killedBy = SIGKILL;
      return false;
    }
    this.charged += more;
    return true;
  }
}
