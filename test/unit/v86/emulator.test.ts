import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { tune } from "../../../src/v86/emulator.js";

const wasm = readFileSync(fileURLToPath(import.meta.resolve("v86/build/v86.wasm")));

describe("the v86 package", () => {
  test("is the version whose inside we know", () => {
    const { version } = JSON.parse(
      readFileSync(fileURLToPath(import.meta.resolve("v86/package.json")), "utf8"),
    );
    expect(version).toMatch(/^0\.5\.462\b/);
  });

  test("has its threshold for compiling where it can be raised", () => {
    const tuned = tune(wasm);
    expect(tuned?.filter((byte, index) => byte !== wasm[index])).toHaveLength(2);
    expect(WebAssembly.validate(tuned ?? new Uint8Array())).toBe(true);
  });

  test("has the setting for how much is compiled in one piece", () => {
    const names = WebAssembly.Module.exports(new WebAssembly.Module(wasm)).map(({ name }) => name);
    expect(names).toContain("set_jit_config");
  });
});

describe("code that is not the one we know", () => {
  test("is left as it is when the threshold is not there", () => {
    expect(tune(new Uint8Array(100))).toBeUndefined();
  });

  test("is left as it is when the threshold could be in two places", () => {
    expect(tune(Uint8Array.of(0x41, 0xc0, 0x9a, 0x0c, 0, 0x41, 0xc0, 0x9a, 0x0c))).toBeUndefined();
  });
});
