import { describe, expect, test } from "vitest";
import { decodeState, encodeState, findRuns, PAGE_BYTES } from "../../../src/v86/machine-state.js";

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
