import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  decodeState,
  encodeState,
  findChanges,
  findRuns,
  PAGE_BYTES,
} from "../../../src/v86/machine-state.js";

function memoryWith(...pages: readonly number[]): Uint8Array {
  const memory = new Uint8Array(16 * PAGE_BYTES);
  for (const page of pages) memory.fill(page + 1, page * PAGE_BYTES, (page + 1) * PAGE_BYTES);
  return memory;
}

function runsOf(memory: Uint8Array) {
  return findRuns(memory, (page) =>
    memory.subarray(page * PAGE_BYTES, (page + 1) * PAGE_BYTES).every((byte) => byte === 0),
  );
}

describe("the memory of a saved machine", () => {
  test.each([
    ["no page", [], []],
    ["all pages", Array.from({ length: 16 }, (_, page) => page), [[0, 16]]],
    [
      "the first and the last page",
      [0, 15],
      [
        [0, 1],
        [15, 1],
      ],
    ],
    [
      "pages next to each other",
      [3, 4, 5, 9],
      [
        [3, 3],
        [9, 1],
      ],
    ],
  ])("is kept as runs: %s", (_name, pages, expected) => {
    const runs = runsOf(memoryWith(...pages));
    expect(runs.map(({ firstPage, bytes }) => [firstPage, bytes.length / PAGE_BYTES])).toEqual(expected);
  });
});

describe("what has changed in the memory of a machine", () => {
  const changesOf = (memory: Uint8Array, base: Uint8Array) =>
    findChanges(memory, runsOf(base)).map(({ firstPage, bytes }) => [firstPage, bytes.length / PAGE_BYTES]);

  test("is nothing while it is as it was", () => {
    expect(changesOf(memoryWith(2, 3, 15), memoryWith(2, 3, 15))).toEqual([]);
  });

  test("are pages that were written to, new ones, and those that have become zeros", () => {
    const memory = memoryWith(2, 9, 10, 15);
    memory.fill(99, 2 * PAGE_BYTES + 5, 2 * PAGE_BYTES + 6);
    expect(changesOf(memory, memoryWith(2, 3, 15))).toEqual([
      [2, 2],
      [9, 2],
    ]);
  });

  test("makes the same memory again, whatever it is", () => {
    const pages = fc.uniqueArray(fc.nat(39), { maxLength: 20 });
    fc.assert(
      fc.property(pages, fc.array(fc.tuple(fc.nat(39), fc.nat(2)), { maxLength: 20 }), (filled, writes) => {
        const base = new Uint8Array(40 * PAGE_BYTES);
        for (const page of filled) base[page * PAGE_BYTES + page] = 1;
        const memory = base.slice();
        for (const [page, value] of writes) memory.fill(value, page * PAGE_BYTES, (page + 1) * PAGE_BYTES);
        const again = base.slice();
        for (const { firstPage, bytes } of findChanges(memory, runsOf(base)))
          again.set(bytes, firstPage * PAGE_BYTES);
        expect(Buffer.compare(again, memory)).toBe(0);
      }),
      { numRuns: 100 },
    );
  });
});

describe("a saved machine", () => {
  const state = {
    memoryBytes: 16 * PAGE_BYTES,
    devices: Uint8Array.of(1, 2, 3),
    runs: runsOf(memoryWith(2, 3, 15)),
  };

  test("is the same after it was encoded and decoded", () => {
    expect(decodeState(encodeState(state))).toEqual(state);
  });

  test("is refused when it is cut off, too long, or something else", () => {
    const encoded = encodeState(state);
    expect(() => decodeState(encoded.subarray(0, -PAGE_BYTES))).toThrow(/not as long/);
    expect(() => decodeState(Uint8Array.of(...encoded, 0))).toThrow(/not as long/);
    expect(() => decodeState(new Uint8Array(100))).toThrow(/no saved machine/);
  });
});
