import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";

const root = join(import.meta.dirname, "../..");
const folder = mkdtempSync(join(tmpdir(), "limpet-package-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it("the package's types suit a strict ES module", () => {
  mkdirSync(join(folder, "node_modules"));
  symlinkSync(root, join(folder, "node_modules/limpet"), "dir");
  writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
  writeFileSync(
    join(folder, "use.ts"),
    `import { FileError, Limpet, LimpetError, type ShellResult } from "limpet";
     await using limpet = await Limpet.start({ user: "user" });
     const result: ShellResult = await limpet.shell("ls", { time_limit_ms: 5, signal: AbortSignal.timeout(5) });
     const code: number | null = result.exit_code;
     const mode: string = (await limpet.readFile("/x", { encoding: "base64" })).mode;
     await using session = await limpet.open("other", { user: "user" });
     await using process = await session.start("cat", { stdin: "pipe" });
     for await (const { data, seq, dropped_bytes } of process.output({ after_seq: 1 }))
       [data.length, seq, dropped_bytes] satisfies number[];
     const lines = session.stream("ls");
     for await (const { stream } of lines) stream satisfies "stdout" | "stderr";
     const { stdout_bytes } = await lines.result;
     const { bytes }: { bytes: number } = await limpet.request("write_file", { path: "/x", content: "" });
     // @ts-expect-error: there is no such option
     await limpet.shell("ls", { timeout: 5 });
     // @ts-expect-error: there is no such field
     await limpet.request("shell", { command: "ls", timeout: 5 });
     export { bytes, code, FileError, LimpetError, mode, stdout_bytes };`,
  );
  const compiler = join(root, "node_modules/typescript/bin/tsc");
  const options =
    "--noEmit --strict --module nodenext --target es2023 --lib es2023,dom,esnext.disposable --types node";
  const typeRoots = join(root, "node_modules/@types");
  execFileSync(process.execPath, [compiler, ...options.split(" "), "--typeRoots", typeRoots, "use.ts"], {
    cwd: folder,
    stdio: "inherit",
  });
});

it("everything that package.json points to is there", () => {
  const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const entries = [
    manifest.bin.limpet,
    manifest.main,
    manifest.types,
    manifest.exports["./protocol.schema.json"],
  ];
  for (const entry of entries) expect(readFileSync(join(root, entry)).length).toBeGreaterThan(0);
  expect(readFileSync(join(root, manifest.bin.limpet), "utf8")).toMatch(/^#!\/usr\/bin\/env node\n/);
});
