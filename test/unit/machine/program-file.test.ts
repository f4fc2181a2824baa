import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { brotliCompressSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { readProgramFile } from "../../../src/machine/program-file.js";

describe("the file of a program", () => {
  const folder = mkdtempSync(join(tmpdir(), "limpet-program-"));

  it("is read as it is", () => {
    writeFileSync(join(folder, "plain.wasm"), "plain");
    expect(Buffer.from(readProgramFile(join(folder, "plain.wasm"))).toString()).toBe("plain");
  });

  it("is expanded when only its compressed form is there", () => {
    writeFileSync(join(folder, "packed.wasm.br"), brotliCompressSync("expanded"));
    expect(Buffer.from(readProgramFile(join(folder, "packed.wasm"))).toString()).toBe("expanded");
  });

  it("is missing when there is neither", () => {
    expect(() => readProgramFile(join(folder, "nosuch.wasm"))).toThrow("ENOENT");
  });
});
