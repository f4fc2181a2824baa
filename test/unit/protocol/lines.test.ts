import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { LineReader, type Received } from "../../../src/daemon/line-reader.js";
import { isNestedDeeper } from "../../../src/protocol/nesting.js";

function read(...chunks: readonly (string | Uint8Array)[]): Received[] {
  const received: Received[] = [];
  const reader = new LineReader(1 << 20, (each) => received.push(each));
  for (const chunk of chunks) reader.push(Buffer.from(chunk as string));
  reader.end();
  return received;
}

const code = (received: Received | undefined) => (received?.ok ? "ok" : received?.code);

describe("a line", () => {
  it("is an object, and arrives before the next line is looked at", () => {
    expect(read('{"a":1}\n{"b":[2]}\r\n {"c":"\u2028"} \n')).toEqual([
      { ok: true, value: { a: 1 }, bytes: 8 },
      { ok: true, value: { b: [2] }, bytes: 11 },
      { ok: true, value: { c: "\u2028" }, bytes: 14 },
    ]);
  });

  it.each([
    ["{", "INVALID_JSON"],
    ["{'a':1}", "INVALID_JSON"],
    ['{"a":1}{"b":2}', "INVALID_JSON"],
    ['{"a":1,}', "INVALID_JSON"],
    ['{"a":"\t"}', "INVALID_JSON"],
    ["shell ls", "INVALID_JSON"],
    ["\0", "INVALID_JSON"],
    ["null", "INVALID_REQUEST"],
    ["[]", "INVALID_REQUEST"],
    ["42", "INVALID_REQUEST"],
    ['"shell"', "INVALID_REQUEST"],
  ])("%j is %s, and the lines around it are taken", (line, expected) => {
    expect(read(`{"n":1}\n${line}\n{"n":2}\n`).map(code)).toEqual(["ok", expected, "ok"]);
  });

  it("that is not UTF-8 is INVALID_UTF8 and says where", () => {
    const [received] = read(Uint8Array.of(0x7b, 0x22, 0xc3, 0x28, 0x22, 0x7d, 0x0a));
    expect(received).toMatchObject({ ok: false, code: "INVALID_UTF8" });
    expect(received).toHaveProperty("error", "the line is not valid UTF-8 (first at byte 2)");
  });

  it("keeps odd keys as they are", () => {
    const [received] = read('{"__proto__":{"x":1},"a":1,"a":2}\n');
    expect(received?.ok && Object.keys(received.value)).toEqual(["__proto__", "a"]);
    expect(received?.ok && (received.value as { a: number }).a).toBe(2);
  });

  it("nested deeply is refused before it costs memory", () => {
    for (const bracket of ["[", '{"a":']) {
      const line = `{"id":1,"x":${bracket.repeat(100_000)}`;
      expect(read(`${line}\n`).map(code)).toEqual(["INVALID_REQUEST"]);
    }
  });

  it("has one result, whatever it holds, and leaves the next line alone", () => {
    const line = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.json(),
      fc.uint8Array().map((each) => Buffer.from(each).toString("latin1")),
      fc.json().map((json) => json.slice(0, -1)),
    );
    fc.assert(
      fc.property(line, (text) => {
        const bytes = Buffer.from(text, "latin1").filter((byte) => byte !== 0x0a);
        const results = read(Buffer.concat([bytes, Buffer.from('\n{"next":true}\n')]));
        expect(results.at(-1)).toMatchObject({ ok: true, value: { next: true } });
        expect(results.length).toBeLessThanOrEqual(2);
      }),
      { numRuns: 20_000 },
    );
  });
});

describe("the nesting check", () => {
  it("counts brackets outside strings only", () => {
    const depth = (json: string, limit: number) => isNestedDeeper(Buffer.from(json), limit);
    expect(depth("[[[]]]", 3)).toBe(false);
    expect(depth("[[[]]]", 2)).toBe(true);
    expect(depth('["[[[[[["]', 1)).toBe(false);
    expect(depth('["\\"[[[[[["]', 1)).toBe(false);
    expect(depth('["\\\\",[]]', 1)).toBe(true);
    expect(depth("[],[],[],[]", 1)).toBe(false);
  });

  it("agrees with the depth of any JSON value", () => {
    const depthOf = (value: unknown): number =>
      typeof value === "object" && value !== null ? 1 + Math.max(0, ...Object.values(value).map(depthOf)) : 0;
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 6 }), fc.nat(7), (value, limit) => {
        const json = JSON.stringify(value);
        if (json.length <= limit) return;
        expect(isNestedDeeper(Buffer.from(json), limit)).toBe(depthOf(value) > limit);
      }),
      { numRuns: 10_000 },
    );
  });
});
