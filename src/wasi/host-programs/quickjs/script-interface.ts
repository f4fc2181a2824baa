import { Errno } from "../../errno.js";
import { spawnProcess } from "../../kernel/spawn.js";
import { StringVector } from "../../kernel/string-vector.js";
import type { HostProgramStart } from "../host-program.js";
import type { Engine, HostFunction } from "./engine.js";
import type { Range } from "./engine-values.js";
import type { Value } from "./exports.js";
import type { OutputQueue } from "./output-queue.js";

/** Thrown through the engine's frames by `exit`: the script is over. */
export class ScriptExit {
  constructor(readonly code: number) {}
}

/**
 * The functions from which the library of scripts (guest/programs/quickjs/lib) makes everything else. Errors are negative errnos.
 *
 * - `call(number, ...arguments)`: a system call. Strings and buffers are handed over as their addresses.
 * - `write(fd, buffer)`: as write(2), but output that nobody takes yet waits outside of the engine
 * - `spawn(path, argv, environ, cwd, descriptors, newSession)`: a child process. Lists are strings with a NUL after each element;
 *   `descriptors` is a list of pairs, the child's and ours
 * - `address(buffer)`: where it is, for structures with pointers
 * - `decode(buffer)`, `encode(text)`: UTF-8
 * - `evaluate(code, fileName, flags)`: JS_EVAL_*
 * - `isModule(code)`: whether a script can only be a module
 * - `flush()`: waits for what `write` keeps
 * - `runJobs()`: what promises have queued
 * - `exit(code)`
 */
export function scriptInterface(
  engine: Engine,
  start: HostProgramStart,
  output: OutputQueue,
): Readonly<Record<string, HostFunction>> {
  const { exports } = engine;
  const { process, calls } = start;
  const number = (value: Value | undefined): number => (value === undefined ? 0 : engine.number(value));
  const optional = (value: Value): string | undefined =>
    exports.qjs_is_undefined(value) !== 0 ? undefined : engine.string(value);
  const range = (value: Value): Range => engine.bytes(value) ?? { address: 0, length: 0 };
  const list = (value: Value): StringVector => StringVector.of(engine.string(value).split("\0").slice(0, -1));

  return {
    call(which: Value, ...args: Value[]) {
      const texts: number[] = [];
      const registers = args.map((value) => {
        if (exports.qjs_is_number(value) !== 0) return engine.number(value) | 0;
        if (exports.qjs_is_string(value) === 0) return range(value).address;
        const { address } = engine.text(value);
        texts.push(address);
        return address;
      });
      const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = registers;
      const finish = (result: number): Value => {
        for (const text of texts) exports.qjs_free_cstring(text);
        return engine.newNumber(result);
      };
      const number = engine.number(which);
      if (!engine.canSuspend) return finish(calls.call(number, a, b, c, d, e, f));
      const waiting = calls.wait(number, a, b, c, d, e, f);
      const step = ({ done, value }: IteratorResult<void, number>): Value =>
        done ? finish(value) : engine.suspend(() => step(waiting.next(process.instance?.result ?? 0)));
      return step(waiting.next(0));
    },
    write: (fd: Value, buffer: Value) => engine.newNumber(output.write(engine.number(fd), range(buffer))),
    spawn(path: Value, argv: Value, environ: Value, cwd: Value, descriptors: Value, newSession: Value) {
      output.flushOnTop();
      const pairs = range(descriptors);
      const words = Array.from({ length: pairs.length / 8 }, (_, index) => pairs.address + 8 * index);
      try {
        return engine.newNumber(
          spawnProcess(process, {
            path: engine.string(path),
            argv: list(argv),
            environ: list(environ),
            cwd: optional(cwd),
            descriptors: words.map((at) => [engine.memory.getI32(at), engine.memory.getI32(at + 4)] as const),
            newSession: number(newSession) !== 0,
          }),
        );
      } catch (error) {
        if (error instanceof Errno) return engine.newNumber(-error.number);
        throw error;
      }
    },
    flush() {
      output.flushOnTop();
      return engine.newNumber(0);
    },
    address: (buffer: Value) => engine.newNumber(range(buffer).address),
    decode(buffer: Value) {
      const { address, length } = range(buffer);
      return exports.qjs_new_string(address, length);
    },
    encode(text: Value) {
      const { address, length } = engine.text(text);
      const result = exports.qjs_new_uint8_array(address, length);
      exports.qjs_free_cstring(address);
      return result;
    },
    evaluate: (code: Value, fileName: Value, flags: Value) =>
      engine.evaluate(engine.string(code), engine.string(fileName), engine.number(flags)),
    isModule(code: Value) {
      const { address, length } = engine.text(code);
      const result = exports.JS_DetectModule(address, length);
      exports.qjs_free_cstring(address);
      return engine.newNumber(result);
    },
    /** 0: pending, 1: fulfilled, 2: rejected. */
    promiseState: (promise: Value) => engine.newNumber(exports.qjs_promise_state(promise)),
    promiseResult: (promise: Value) => exports.qjs_promise_result(promise),
    runJobs: () => engine.runJobs(),
    exit(code: Value) {
      throw new ScriptExit(engine.number(code));
    },
  };
}
