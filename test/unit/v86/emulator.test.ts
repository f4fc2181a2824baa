import { openSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { ChunkedDisk } from "../../../src/v86/chunked-disk.js";
import { Emulator } from "../../../src/v86/emulator.js";
import { decodeState, encodeState, PAGE_BYTES } from "../../../src/v86/machine-state.js";
import { tune } from "../../../src/v86/tuning.js";

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

describe("a machine that was saved", () => {
  const disk = new ChunkedDisk(openSync(join(import.meta.dirname, "../../../images/v86/root.img"), "r"));
  const create = () =>
    Emulator.create(new WebAssembly.Module(wasm), { memoryBytes: 32 << 20, disk }, { channel: () => {} });

  test("has the same memory when it is restored, whatever was in it meanwhile", async () => {
    const first = await (await create()).save();
    const page = new Uint8Array(PAGE_BYTES).fill(7);
    const runs = [0x40, 0x1234].map((firstPage) => ({ firstPage, bytes: page }));
    const changed = decodeState(encodeState({ ...first, runs }));
    const machine = await create();
    await machine.restore(changed);
    expect((await machine.save()).runs).toEqual(changed.runs);
    await machine.restore(first);
    expect((await machine.save()).runs).toEqual(first.runs);
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
