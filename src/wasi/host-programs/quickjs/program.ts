import { AT_FDCWD } from "../../abi/linux/fcntl.js";
import { Errno } from "../../errno.js";
import type { UserMemory } from "../../kernel/user-memory.js";
import { isRegular } from "../../vfs/inode.js";
import type { HostProgram, HostProgramStart } from "../host-program.js";
import { Engine } from "./engine.js";
import { ScriptError } from "./engine-values.js";
import type { Value } from "./exports.js";
import { OutputQueue } from "./output-queue.js";
import { ScriptExit, scriptInterface } from "./script-interface.js";
import { wasiImports } from "./wasi-imports.js";

/** Where guest/programs/quickjs/lib is in the sandbox. */
const LIBRARY = "/usr/lib/quickjs";
/** What the process leaves with when the library itself cannot be used. */
const EXIT_BROKEN = 127;

/** The functions that the library gives to its host, besides `turn`. */
type Hook = "resolve" | "load" | "rejected" | "signal";

/**
 * QuickJS, as the commands that its library makes of it. Scripts run to the end of their event loop's turn; each turn ends with
 * the system call that the process waits in for the next one.
 */
export class QuickJs implements HostProgram {
  readonly memory: UserMemory;
  private readonly engine: Engine;
  private readonly output: OutputQueue;
  private hooks: Value = 0;

  constructor(private readonly start: HostProgramStart) {
    const { process, calls } = start;
    const { kernel } = process;
    this.engine = new Engine(
      kernel.host.loadProgram(start.mayPin ? "quickjs" : "quickjs-suspendable"),
      {
        fuel: () => calls.fuel(),
        mustGiveWay: () => kernel.scheduler.mustGiveWay(process),
        resolveModule: (base, specifier) => this.text("resolve", base, specifier),
        moduleSource: (name) => this.text("load", name),
        rejection: (promise, reason, handled) => {
          this.hook("rejected", promise, reason, this.engine.newNumber(handled ? 1 : 0));
        },
        wasi: (memory) => wasiImports(process, memory),
      },
      kernel.memory.freeBytes,
    );
    this.memory = this.engine.memory;
    this.output = new OutputQueue(this.engine, calls);
  }

  *main(): Generator<void, number, number> {
    let code: number;
    try {
      this.hooks = this.boot();
      code = yield* this.turns();
    } catch (error) {
      if (error instanceof ScriptExit) code = error.code;
      else if (error instanceof ScriptError) code = this.broken(error);
      else throw error;
    }
    yield* this.output.flush();
    return code;
  }

  signal(signal: number): void {
    this.hook("signal", this.engine.newNumber(signal));
  }

  /** Turn after turn of the event loop: each gets the result of the call that the one before has asked for. */
  private *turns(): Generator<void, number, number> {
    const { engine } = this;
    let result = 0;
    for (;;) {
      const turn = engine.property(this.hooks, "turn");
      const argument = engine.newNumber(result);
      const next = yield* engine.enter(turn, argument);
      engine.free(turn);
      engine.free(argument);
      yield* this.output.flush();
      if (engine.exports.qjs_is_number(next) !== 0) return engine.number(next);
      const [which = 0, a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = Array.from({ length: 7 }, (_, index) =>
        this.take(engine.exports.qjs_get_prop_uint32(next, index)),
      );
      engine.free(next);
      yield* this.start.calls.giveWay();
      result = yield* this.start.calls.wait(which, a, b, c, d, e, f);
    }
  }

  /** Evaluates the library's first file: a function that is given ours and returns its own. */
  private boot(): Value {
    const { engine, start } = this;
    const host = engine.exports.qjs_new_object();
    for (const [name, body] of Object.entries(scriptInterface(engine, start, this.output))) {
      engine.setProperty(host, name, engine.newFunction(name, body));
    }
    const texts = { path: start.path, argv: start.argv.join("\0"), environ: start.environ.join("\0") };
    for (const [name, text] of Object.entries(texts)) engine.setProperty(host, name, engine.newString(text));
    engine.setProperty(host, "version", engine.newString(engine.version));
    const path = `${LIBRARY}/boot.js`;
    return engine.rigidly(() => engine.call(engine.evaluate(this.read(path), path, 0), host));
  }

  private read(path: string): string {
    const { process } = this.start;
    const inode = process.kernel.vfs.lookup(process, AT_FDCWD, path);
    if (!isRegular(inode)) throw Errno.EINVAL;
    const bytes = new Uint8Array(inode.size);
    inode.read(bytes, 0);
    return new TextDecoder().decode(bytes);
  }

  private hook(name: Hook, ...args: Value[]): Value {
    const func = this.engine.property(this.hooks, name);
    const result = this.engine.call(func, ...args);
    this.engine.free(func);
    return result;
  }

  private text(name: Hook, ...args: string[]): string {
    const result = this.hook(name, ...args.map((text) => this.engine.newString(text)));
    const text = this.engine.string(result);
    this.engine.free(result);
    return text;
  }

  private take(value: Value): number {
    const number = this.engine.number(value);
    this.engine.free(value);
    return number | 0;
  }

  /** An exception that the library has not caught: its files have been changed. */
  private broken({ value }: ScriptError): number {
    const { kernel } = this.start.process;
    kernel.host.log("warn", "the library of quickjs does not work", { error: this.engine.string(value) });
    return EXIT_BROKEN;
  }
}
