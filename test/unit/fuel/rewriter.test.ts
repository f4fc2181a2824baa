import binaryen from "binaryen";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addFuel } from "../../../src/wasi/fuel/rewriter.js";
import { WasmFormatError } from "../../../src/wasi/fuel/wasm-reader.js";
import { assemble } from "../../support/assemble.js";

type Exports = Record<string, (...values: number[]) => number>;

interface Running {
  exports: Exports;
  /** How often k.fuel has been called. */
  calls(): number;
}

function run(bytes: Uint8Array, imports: WebAssembly.ModuleImports = {}, onFuel = (): void => {}): Running {
  let calls = 0;
  const fuel = (): void => {
    calls++;
    onFuel();
  };
  // A view of a shared buffer is no BufferSource to TypeScript; these are none.
  const module = new WebAssembly.Module(bytes as BufferSource);
  const instance = new WebAssembly.Instance(module, { k: { fuel }, host: imports });
  return { exports: instance.exports as Exports, calls: () => calls };
}

const countDown = `(module
  (func (export "count") (param $n i32) (result i32)
    (local $rounds i32)
    (loop $again
      (local.set $rounds (i32.add (local.get $rounds) (i32.const 1)))
      (br_if $again (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
    (local.get $rounds)))`;

describe("a program with fuel", () => {
  it("calls k.fuel after every 16,384 rounds of a loop", () => {
    const { exports, calls } = run(addFuel(assemble(countDown)));
    expect(exports.count?.(1_000_000)).toBe(1_000_000);
    expect(calls()).toBeGreaterThanOrEqual(Math.floor(1_000_000 / 16_384));
    expect(calls()).toBeLessThanOrEqual(Math.ceil(1_000_000 / 16_384) + 1);
  });

  it("calls k.fuel for many short loops too", () => {
    const { exports, calls } = run(addFuel(assemble(countDown)));
    for (let i = 0; i < 100_000; i++) exports.count?.(3);
    expect(calls()).toBeGreaterThanOrEqual(Math.floor((100_000 * 8) / 16_384));
  });

  it("can be stopped in an endless loop, and called again", () => {
    const text = `(module (func (export "spin") (loop $again (br $again))) (func (export "answer") (result i32) (i32.const 42)))`;
    const { exports } = run(addFuel(assemble(text)), {}, () => {
      throw new Error("stopped");
    });
    expect(() => exports.spin?.()).toThrow("stopped");
    expect(exports.answer?.()).toBe(42);
    expect(() => exports.spin?.()).toThrow("stopped");
  });

  it("can be stopped between two functions that loop over each other", () => {
    const text = `(module
      (func $inner (local $i i32)
        (loop $again (br_if $again (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (i32.const 2)))))
      (func (export "spin") (loop $again (call $inner) (br $again))))`;
    const { exports } = run(addFuel(assemble(text)), {}, () => {
      throw new Error("stopped");
    });
    expect(() => exports.spin?.()).toThrow("stopped");
  });

  it("gives the same results as without", () => {
    const nested = `(module
      (func (export "sum") (param $n i32) (result i32)
        (local $i i32) (local $j i32) (local $s i64)
        (loop $outer
          (local.set $j (i32.const 0))
          (loop $inner
            (local.set $s (i64.add (i64.mul (local.get $s) (i64.const 31))
              (i64.extend_i32_u (i32.xor (local.get $i) (local.get $j)))))
            (br_if $inner (i32.lt_u (local.tee $j (i32.add (local.get $j) (i32.const 1))) (local.get $i))))
          (br_if $outer (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (local.get $n))))
        (i32.add (i32.wrap_i64 (local.get $s))
          (loop $value (result i32) (i32.add (local.get $i) (block $b (result i32) (br $b (i32.const 5))))))))`;
    const plain = run(assemble(nested));
    const fuelled = run(addFuel(assemble(nested)));
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 300 }), (n) => {
        expect(fuelled.exports.sum?.(n)).toBe(plain.exports.sum?.(n));
      }),
      { numRuns: 50 },
    );
  });
});

describe("functions keep their places", () => {
  const text = `(module
    (import "host" "double" (func $double (param i32) (result i32)))
    (type $unary (func (param i32) (result i32)))
    (memory (export "memory") 1)
    (table $table (export "table") 4 4 funcref)
    (global $reference (mut funcref) (ref.func $add2))
    (elem (table $table) (i32.const 0) func $double $add1)
    (elem $passive func $add2)
    (elem (table $table) (i32.const 3) funcref (item (ref.func $add2)))
    (start $begin)
    (data (i32.const 8) "\\01")
    (func $begin (i32.store8 (i32.const 0) (i32.const 7)))
    (func $add1 (export "add1") (param i32) (result i32) (i32.add (local.get 0) (i32.const 1)))
    (func $add2 (export "add2") (param i32) (result i32) (call $add1 (call $add1 (local.get 0))))
    (func (export "begun") (result i32) (i32.load8_u (i32.const 0)))
    (func (export "indirect") (param i32 i32) (result i32)
      (call_indirect $table (type $unary) (local.get 1) (local.get 0)))
    (func (export "reference") (param i32) (result i32)
      (table.set $table (i32.const 2) (global.get $reference))
      (call_indirect $table (type $unary) (local.get 0) (i32.const 2)))
    (func (export "initialized") (param i32) (result i32)
      (table.init $table $passive (i32.const 1) (i32.const 0) (i32.const 1))
      (call_indirect $table (type $unary) (local.get 0) (i32.const 1)))
    (func (export "loops") (param i32) (result i32)
      (loop $again (br_if $again (local.tee 0 (i32.sub (local.get 0) (i32.const 1)))))
      (call $double (i32.const 21))))`;
  const double = (value: number): number => value * 2;
  const exportsOf = (): Exports => run(addFuel(assemble(text)), { double }).exports;

  it("in calls, exports and at the start", () => {
    const { add2, begun, loops } = exportsOf();
    expect([add2?.(40), begun?.(), loops?.(100)]).toEqual([42, 7, 42]);
  });

  it("in tables, references and element segments", () => {
    const { indirect, reference, initialized } = exportsOf();
    expect([0, 1, 3].map((slot) => indirect?.(slot, 10))).toEqual([20, 11, 12]);
    expect(reference?.(10)).toBe(12);
    expect(initialized?.(10)).toBe(12);
  });

  it("in the names that a stack trace shows", () => {
    const named = `(module (import "host" "f" (func $f))
      (func $the_spinning_one (export "spin") (loop $again (br $again))))`;
    const { exports } = run(addFuel(assemble(named, true)), { f: () => {} }, () => {
      throw new Error("stopped");
    });
    const trace = ((): string => {
      try {
        exports.spin?.();
        return "";
      } catch (error) {
        return String((error as Error).stack);
      }
    })();
    expect(trace).toContain("the_spinning_one");
  });
});

describe("every instruction is understood", () => {
  const body: Record<string, string> = {
    "bulk memory": `(memory.fill (i32.const 0) (i32.const 1) (i32.const 9)) (memory.copy (i32.const 9) (i32.const 0) (i32.const 9))
      (memory.init $data (i32.const 0) (i32.const 0) (i32.const 2)) (data.drop $data)`,
    tables: `(drop (table.grow $t (ref.null func) (i32.const 1))) (drop (table.size $t)) (drop (ref.is_null (table.get $t (i32.const 0))))
      (table.fill $t (i32.const 0) (ref.func $f) (i32.const 1)) (table.copy $t $t (i32.const 0) (i32.const 0) (i32.const 1))`,
    numbers: `(drop (i32.trunc_sat_f64_s (f64.const 1.5))) (drop (i64.extend8_s (i64.const -1))) (drop (f32.const nan)) (drop (i64.const 0x123456789abcdef))`,
    branches: `(block $a (block $b (br_table $a $b $a (i32.const 1)))) (drop (select (result funcref) (ref.func $f) (ref.null func) (i32.const 0)))
      (drop (if (result i32) (i32.const 1) (then (i32.const 1)) (else (i32.const 2)))) (return)`,
    "multiple values": `(call $drop2 (block $two (type $pair) (i32.const 1) (i64.const 2)))`,
    vectors: `(drop (i8x16.shuffle 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 (v128.const i32x4 1 2 3 4) (v128.load (i32.const 0))))
      (drop (i8x16.extract_lane_s 3 (v128.load8_splat (i32.const 0)))) (drop (v128.load16_lane 2 (i32.const 0) (v128.const i64x2 0 0)))
      (v128.store64_lane 1 (i32.const 0) (i32x4.splat (i32.const 1))) (drop (v128.load32_zero (i32.const 0))) (drop (f64x2.abs (v128.const f64x2 1 2)))
      (drop (i32x4.relaxed_trunc_f32x4_s (v128.const f32x4 1 2 3 4)))`,
    atomics: `(drop (i32.atomic.rmw.add (i32.const 0) (i32.const 1))) (atomic.fence) (drop (i64.atomic.load (i32.const 0)))`,
    "exceptions of the first proposal": `(try (do (throw $e (i32.const 1))) (catch $e (drop (pop i32))) (catch_all))
      (try $outer (do (try (do (call $f)) (delegate $outer))) (catch_all (rethrow $outer)))`,
    "exceptions of the standard": `(drop (block $caught (result i32) (try_table (catch $e $caught) (throw $e (i32.const 1))) (i32.const 0)))
      (drop (block $any (result exnref) (try_table (catch_all_ref $any) (call $f)) (ref.null exn)))`,
    "tail calls": `(return_call $f)`,
  };

  it.each(Object.entries(body))("%s", (_, instructions) => {
    const bytes = assemble(`(module
      (type $pair (func (result i32 i64)))
      (import "host" "f" (func $imported))
      (memory 1 1 shared)
      (data $data "ab")
      (table $t 1 9 funcref)
      (elem declare func $f)
      (tag $e (param i32))
      (func $f)
      (func $drop2 (param i32 i64))
      (func (export "test") (loop $spin (br_if $spin (i32.const 0))) ${instructions}))`);
    const module = binaryen.readBinary(addFuel(bytes));
    module.setFeatures(binaryen.Features.All);
    expect(module.validate()).toBe(1);
    expect(module.emitText()).toContain('(import "k" "fuel"');
    module.dispose();
  });
});

describe("modules that stay as they are", () => {
  it("one without loops", () => {
    const bytes = assemble(`(module (func (export "f")))`);
    expect(addFuel(bytes)).toBe(bytes);
  });

  it("one that has fuel", () => {
    const bytes = addFuel(assemble(countDown));
    expect(addFuel(bytes)).toBe(bytes);
  });
});

describe("bytes that are no module", () => {
  it.each([
    ["nothing", new Uint8Array()],
    ["text", new TextEncoder().encode("#!/bin/sh\necho hello\n")],
    ["a later version", Uint8Array.of(0, 0x61, 0x73, 0x6d, 2, 0, 0, 0)],
    ["an unknown section", Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 99, 0)],
    ["a section that is cut off", Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 1, 5, 0)],
    ["a number without end", Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 1, 255, 255, 255, 255, 255)],
    ["a struct type", Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 1, 3, 1, 0x5f, 0, 10, 1, 0)],
  ])("%s is a format error", (_, bytes) => {
    expect(() => addFuel(bytes)).toThrow(WasmFormatError);
  });

  it("damaged modules give a format error or a module, and nothing else", () => {
    const bytes = assemble(countDown, true);
    const position = fc.nat(bytes.length - 1);
    fc.assert(
      fc.property(
        fc.array(fc.tuple(position, fc.nat(255)), { minLength: 1, maxLength: 4 }),
        position,
        (changes, end) => {
          const damaged = bytes.slice(0, end % 3 === 0 ? end : bytes.length);
          for (const [index, value] of changes) if (index < damaged.length) damaged[index] = value;
          try {
            expect(addFuel(damaged)).toBeInstanceOf(Uint8Array);
          } catch (error) {
            expect(error).toBeInstanceOf(WasmFormatError);
          }
        },
      ),
      { numRuns: 2000 },
    );
  });
});
