import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addFuel } from "../../../src/wasi/fuel/rewriter.js";
import { WasmFormatError } from "../../../src/wasi/fuel/wasm-reader.js";
import { makeWorkVisible } from "../../../src/wasi/modules/visible-work.js";
import { assemble } from "../../support/assemble.js";

const MODULE = `(module
  (memory (export "memory") 2 9)
  (table $t 10 funcref)
  (data $d "abcdef")
  (func $fib (export "fib") (param i32) (result i32)
    (if (result i32) (i32.lt_u (local.get 0) (i32.const 2)) (then (local.get 0))
      (else (i32.add (call $fib (i32.sub (local.get 0) (i32.const 1))) (call $fib (i32.sub (local.get 0) (i32.const 2)))))))
  (func (export "bulk") (param $n i32) (result i32) (local $x i64)
    (memory.init $d (i32.const 0) (i32.const 0) (i32.const 6))
    (memory.copy (i32.const 10) (i32.const 0) (local.get $n))
    (memory.fill (i32.const 70000) (i32.const 7) (i32.const 50000))
    (drop (table.grow $t (ref.null func) (i32.const 3)))
    (table.fill $t (i32.const 0) (ref.null func) (i32.const 2))
    (local.set $x (i64.load8_u (i32.const 70001)))
    (i32.add (i32.load8_u (i32.const 12)) (i32.wrap_i64 (local.get $x)))))`;

function instantiate(bytes: Uint8Array): { exports: Record<string, (n: number) => number>; fuel(): number } {
  let calls = 0;
  const instance = new WebAssembly.Instance(new WebAssembly.Module(bytes as Uint8Array<ArrayBuffer>), {
    k: { fuel: () => calls++ },
  });
  return { exports: instance.exports as Record<string, (n: number) => number>, fuel: () => calls };
}

const rewritten = (): Uint8Array => addFuel(makeWorkVisible(assemble(MODULE)));

describe("a module whose work has been made visible", () => {
  test("gives the same results", () => {
    const { exports } = instantiate(rewritten());
    expect([exports.fib?.(20), exports.bulk?.(6), exports.bulk?.(60000)]).toEqual([6765, 106, 106]);
  });

  test("burns fuel in a recursion", () => {
    const { exports, fuel } = instantiate(rewritten());
    exports.fib?.(22);
    expect(fuel()).toBeGreaterThan(10);
  });
});

test("damaged modules give a format error or a module, and nothing else", () => {
  const bytes = assemble(MODULE);
  const position = fc.nat(bytes.length - 1);
  const changes = fc.array(fc.tuple(position, fc.nat(255)), { minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(changes, position, (all, end) => {
      const damaged = bytes.slice(0, end % 3 === 0 ? end : bytes.length);
      for (const [index, value] of all) if (index < damaged.length) damaged[index] = value;
      try {
        expect(makeWorkVisible(damaged)).toBeInstanceOf(Uint8Array);
      } catch (error) {
        expect(error).toBeInstanceOf(WasmFormatError);
      }
    }),
    { numRuns: 2000 },
  );
});
