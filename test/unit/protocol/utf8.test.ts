import { describe, expect, test } from "vitest";
import { incompleteSuffix } from "../../../src/protocol/utf8.js";

describe("the part of a character at the end of bytes", () => {
  test.each([
    ["nothing", [], 0],
    ["text", [0x61, 0x62], 0],
    ["a whole character", [0x61, 0xe2, 0x82, 0xac], 0],
    ["one of two bytes", [0x61, 0xc3], 1],
    ["two of three", [0x61, 0xe2, 0x82], 2],
    ["three of four", [0xf0, 0x9f, 0x98], 3],
    ["bytes that begin no character", [0x61, 0xff], 0],
    ["bytes that only continue one", [0x80, 0x80, 0x80, 0x80], 0],
    ["an overlong form", [0xc0], 0],
  ])("%s", (_name, bytes, length) => {
    expect(incompleteSuffix(Uint8Array.from(bytes))).toBe(length);
  });
});
