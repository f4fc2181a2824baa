import { type AsyncifyExports, SuspendedStack } from "../../abi/preview1/suspended-stack.js";
import { UserMemory } from "../../kernel/user-memory.js";
import { EngineValues, ScriptError } from "./engine-values.js";
import type { QuickJsExports, Value } from "./exports.js";

/** A function of ours that scripts call. The arguments belong to the caller; the result is given away. */
export type HostFunction = (...args: Value[]) => Value;

/** What the engine asks of its host besides system calls of its C library. */
export interface EngineHost {
  fuel(): void;
  /** Whether other processes are to have a turn. */
  mustGiveWay(): boolean;
  /** Names the module that `specifier` means in the module `base`. */
  resolveModule(base: string, specifier: string): string;
  moduleSource(name: string): string;
  rejection(promise: Value, reason: Value, handled: boolean): void;
  /** The functions of wasi_snapshot_preview1 by name. */
  wasi(memory: () => UserMemory): WebAssembly.ModuleImports;
}

/** The most of the module's own stack that scripts may use: half, so that the engine always has enough to say so. */
const MAX_STACK_BYTES = 512 << 10;

/** Room for the stack of a suspended script: the part of the module's own stack that MAX_STACK_BYTES leaves. */
const SUSPENDED_BYTES = 480 << 10;
/** How much of its own stack a script may use where it is suspended: unwound, that takes up to five times as much. */
const MAX_SUSPENDED_DEPTH = 96 << 10;

/** One instance of QuickJS: its values as addresses, and strings and bytes in its memory. */
export class Engine extends EngineValues {
  override readonly memory: UserMemory;
  override readonly exports: QuickJsExports;
  readonly undefined: Value;
  private readonly functions = new Map<string, HostFunction>();
  protected override readonly words: number;
  /** Of the module that can be suspended, in the functions that it calls. */
  private readonly stack: SuspendedStack | undefined;
  private readonly stackTop: number;
  /** What goes on in the frames of ours that were left when the script was suspended: the last is to be resumed first. */
  private readonly resumptions: (() => number)[] = [];
  /** How many calls into the engine are under way whose frames cannot be left. */
  private rigid = 0;

  constructor(
    module: WebAssembly.Module,
    private readonly host: EngineHost,
    memoryLimitBytes: number,
  ) {
    super();
    const instance = new WebAssembly.Instance(module, {
      env: this.imports(),
      wasi_snapshot_preview1: host.wasi(() => this.memory),
      k: { fuel: () => host.fuel() },
    });
    const exports = instance.exports as unknown as QuickJsExports;
    this.exports = exports;
    this.memory = new UserMemory(exports.memory);
    this.stackTop = exports.__stack_pointer.value;
    if (exports.asyncify_get_state !== undefined) {
      this.stack = new SuspendedStack(exports as AsyncifyExports, this.memory, SUSPENDED_BYTES);
    }
    exports._initialize();
    exports.qjs_init();
    exports.qjs_set_memory_limit(memoryLimitBytes);
    exports.qjs_set_max_stack_size(MAX_STACK_BYTES);
    exports.qjs_set_promise_rejection_handler(1);
    exports.qjs_set_module_loader(1);
    exports.qjs_set_interrupt_handler(this.stack === undefined ? 0 : 1);
    this.words = exports.wasm_malloc(12);
    this.undefined = exports.qjs_get_undefined();
  }

  get version(): string {
    return this.cString(this.exports.qjs_get_quickjs_version());
  }

  /** Whether the script that is running can be suspended where it is. */
  get canSuspend(): boolean {
    const depth = this.stackTop - this.exports.__stack_pointer.value;
    return this.stack !== undefined && this.rigid === 0 && depth < MAX_SUSPENDED_DEPTH;
  }

  /** To be returned by a function that the script has called: suspends it, to be resumed with what `resume` returns. */
  suspend(resume: () => number): number {
    this.resumptions.push(() => {
      this.stack?.resumed();
      return resume();
    });
    return this.stack?.suspend() ?? 0;
  }

  /** Calls a function of the engine from outside, and yields whenever the script has been suspended. */
  *enter(func: Value, ...args: Value[]): Generator<void, Value, number> {
    const { list, invoke } = this.invocation(func, args);
    let result = invoke();
    while (this.stack?.unwinding) {
      this.stack.suspended();
      yield;
      this.stack.resume();
      result = invoke();
    }
    this.exports.wasm_free(list);
    return this.checked(result);
  }

  /** Calls a function where the script cannot be suspended. */
  call(func: Value, ...args: Value[]): Value {
    const { list, invoke } = this.invocation(func, args);
    const result = this.rigidly(invoke);
    this.exports.wasm_free(list);
    return this.checked(result);
  }

  /** Runs `body` so that no script is suspended in it. */
  rigidly<T>(body: () => T): T {
    this.rigid++;
    try {
      return body();
    } finally {
      this.rigid--;
    }
  }

  /** Evaluates a script or module (`flags`: JS_EVAL_*), for a function that a script has called. */
  evaluate(code: string, fileName: string, flags: number): Value {
    const source = this.store(code);
    const name = this.store(fileName);
    const step = (): Value => {
      const result = this.exports.qjs_eval(source.address, source.length, name.address, flags);
      if (this.stack?.unwinding) return this.again(step);
      this.exports.wasm_free(source.address);
      this.exports.wasm_free(name.address);
      return this.checked(result);
    };
    return step();
  }

  /** Runs what promises have queued, for a function that a script has called. What such a job throws ends in a promise. */
  runJobs(): Value {
    const step = (): Value => {
      do {
        this.exports.qjs_execute_pending_job();
        if (this.stack?.unwinding) return this.again(step);
      } while (this.exports.qjs_is_job_pending() !== 0);
      return this.exports.qjs_dup_value(this.undefined);
    };
    return this.exports.qjs_is_job_pending() === 0 ? this.exports.qjs_dup_value(this.undefined) : step();
  }

  newFunction(name: string, body: HostFunction): Value {
    this.functions.set(name, body);
    const { address, length } = this.store(name);
    const result = this.exports.qjs_new_host_function(address, length, 0);
    this.exports.wasm_free(address);
    return result;
  }

  private invocation(func: Value, args: readonly Value[]): { list: number; invoke: () => Value } {
    const list = this.exports.wasm_malloc(4 * args.length + 4);
    this.memory.refresh();
    args.forEach((arg, index) => {
      this.memory.setU32(list + 4 * index, arg);
    });
    return { list, invoke: () => this.exports.qjs_call(func, this.undefined, args.length, list) };
  }

  /** A function of ours between two parts of a stack that is being unwound: `step` is what it does again. */
  private again(step: () => number): number {
    this.resumptions.push(step);
    return 0;
  }

  private imports(): WebAssembly.ModuleImports {
    return {
      host_call: (name: number, length: number, _self: number, count: number, list: number) => {
        const resume = this.stack?.rewinding ? this.resumptions.pop() : undefined;
        if (resume !== undefined) return this.rethrow(resume);
        this.memory.refresh();
        const args = Array.from({ length: count }, (_, index) => this.memory.getU32(list + 4 * index));
        const body = this.functions.get(this.decoder.decode(this.memory.u8.subarray(name, name + length)));
        return this.rethrow(() => body?.(...args) ?? this.exports.qjs_dup_value(this.undefined));
      },
      host_interrupt: () => {
        const resume = this.stack?.rewinding ? this.resumptions.pop() : undefined;
        if (resume !== undefined) return resume();
        return this.host.mustGiveWay() && this.canSuspend ? this.suspend(() => 0) : 0;
      },
      host_promise_rejection: (promise: Value, reason: Value, handled: number) => {
        this.host.rejection(promise, reason, handled !== 0);
        this.free(promise);
        this.free(reason);
      },
      host_module_normalize: (base: number, specifier: number) =>
        this.rethrow(
          () => this.store(this.host.resolveModule(this.cString(base), this.cString(specifier))).address,
        ),
      host_module_load: (name: number, lengthAt: number) =>
        this.rethrow(() => {
          const { address, length } = this.store(this.host.moduleSource(this.cString(name)));
          this.memory.setU32(lengthAt, length);
          return address;
        }),
      // The sandbox's clock is UTC.
      host_get_timezone_offset: () => 0,
    };
  }

  /** Runs what the engine has called; an exception of a script goes on from there. */
  private rethrow(body: () => number): number {
    try {
      return body();
    } catch (error) {
      if (!(error instanceof ScriptError)) throw error;
      this.exports.qjs_throw(error.value);
      this.exports.qjs_free_value(error.value);
      return 0;
    }
  }
}
