import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { LineFramer } from "../../../src/protocol/framing.js";

const LIMIT = 20;

/** The lines that come out, without their newlines, as text; `<too long>` for one over the limit. */
function frame(chunks: readonly Uint8Array[], limit = LIMIT): string[] {
  const lines: string[] = [];
  const framer = new LineFramer(limit, (result) => {
    lines.push(
      result.kind === "line" ? Buffer.from(result.bytes).toString("latin1").slice(0, -1) : "<too long>",
    );
  });
  for (const chunk of chunks) framer.push(chunk);
  framer.end();
  return lines;
}

const bytes = (text: string) => Buffer.from(text, "latin1");

function split(all: Uint8Array, cuts: readonly number[]): Uint8Array[] {
  const borders = [0, ...cuts.map((cut) => Math.min(cut, all.length)).sort((a, b) => a - b), all.length];
  return borders.slice(1).map((end, index) => all.subarray(borders[index], end));
}

describe("the line framer", () => {
  it("cuts at newlines and ends the last line itself", () => {
    expect(frame([bytes("one\ntwo\nthree")])).toEqual(["one", "two", "three"]);
  });

  it("leaves out lines of white space", () => {
    expect(frame([bytes("\n  \t\r\none\n\n \ntwo\n")])).toEqual(["one", "two"]);
  });

  it("keeps a carriage return, which is white space to JSON", () => {
    expect(frame([bytes("{}\r\n")])).toEqual(["{}\r"]);
  });

  it("takes a byte order mark off the first line only", () => {
    expect(frame([Buffer.from("\ufeffone\n\ufefftwo\n")])).toEqual(["one", "\u00ef\u00bb\u00bftwo"]);
  });

  it("takes a line at the limit and skips one over it", () => {
    expect(frame([bytes(`${"a".repeat(LIMIT)}\n${"b".repeat(LIMIT + 1)}\nc\n`)])).toEqual([
      "a".repeat(LIMIT),
      "<too long>",
      "c",
    ]);
  });

  it("reports a line over the limit before it has ended, once", () => {
    let reports = 0;
    const framer = new LineFramer(LIMIT, () => reports++);
    for (let i = 0; i < 100; i++) framer.push(bytes("abcdefghij"));
    expect(reports).toBe(1);
  });

  it("gives the same lines wherever the input is cut", () => {
    const byte = fc.oneof(fc.nat(255), fc.constantFrom(0x0a, 0x0a, 0x20, 0x0d));
    fc.assert(
      fc.property(
        fc.array(byte, { maxLength: 80 }),
        fc.array(fc.nat(80), { maxLength: 10 }),
        (input, cuts) => {
          const all = Uint8Array.from(input);
          const whole = frame([all]);
          expect(frame(split(all, cuts))).toEqual(whole);
          expect(frame(Array.from(all, (one) => Uint8Array.of(one)))).toEqual(whole);
        },
      ),
      { numRuns: 20_000 },
    );
  });

  it("takes time in proportion to the input", () => {
    const time = (size: number): number => {
      const chunk = Buffer.alloc(65_536, 0x61);
      const start = performance.now();
      const framer = new LineFramer(Number.POSITIVE_INFINITY, () => {});
      for (let sent = 0; sent < size; sent += chunk.length) framer.push(chunk);
      framer.end();
      return performance.now() - start;
    };
    time(1 << 22);
    const [small, large] = [time(1 << 24), time(1 << 27)];
    // Eight times the input; a quadratic framer takes 64 times the time.
    expect(large).toBeLessThan(24 * small + 100);
  });
});
