import { describe, expect, test } from "vitest";
import { WasmFormatError } from "../../../src/wasi/fuel/wasm-reader.js";
import { limitGrowth } from "../../../src/wasi/modules/growth.js";
import { assemble } from "../../support/assemble.js";

interface Exports {
  readonly memory: WebAssembly.Memory;
  readonly table: WebAssembly.Table;
}

function limited(fields: string, maxPages: number): Exports {
  const bytes = limitGrowth(assemble(`(module ${fields})`), maxPages) as Uint8Array<ArrayBuffer>;
  return new WebAssembly.Instance(new WebAssembly.Module(bytes)).exports as unknown as Exports;
}

describe("a memory grows", () => {
  test.each([
    ["to the limit", "2", 5, 3],
    ["to its own maximum", "2 4", 100, 2],
    ["not at all when it is larger from the start", "9", 5, 0],
  ])("%s", (_, limits, maxPages, by) => {
    const { memory } = limited(`(memory (export "memory") ${limits})`, maxPages);
    expect(() => memory.grow(by)).not.toThrow();
    expect(() => memory.grow(1)).toThrow(RangeError);
  });
});

describe("a table", () => {
  test.each([
    ["without a maximum", "1"],
    ["with a large maximum", "1 9000000"],
  ])("%s stays small", (_, limits) => {
    const { table } = limited(`(table (export "table") ${limits} funcref)`, 1);
    expect(() => table.grow(2_000_000)).toThrow(RangeError);
    expect(table.grow(1000)).toBe(1);
  });

  test.each([
    ["that is large from the start", "(table 9000000 funcref)"],
    ["that is one of many", "(table 1 funcref)".repeat(17)],
  ])("%s is refused", (_, fields) => {
    expect(() => limited(fields, 1)).toThrow(WasmFormatError);
  });
});

test.each([
  ["a shared memory", "(memory 1 2 shared)"],
  ["a memory with 64-bit addresses", "(memory i64 1)"],
])("%s is refused", (_, fields) => {
  expect(() => limited(fields, 1)).toThrow(WasmFormatError);
});
