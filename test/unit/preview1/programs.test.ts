import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import type { WasiMachine } from "../../../src/wasi/machine/machine.js";
import { type CommandResult, createMachine, runCommand } from "../../support/machine.js";

const FIXTURES = join(import.meta.dirname, "../../fixtures/wasm");

function install(machine: WasiMachine, name: string, path = "/usr/local/bin/upper"): void {
  const bytes = new Uint8Array(readFileSync(join(FIXTURES, `${name}.wasm`)));
  machine.writeFiles([{ path, bytes, mode: 0o755, append: false, createDirs: true }]);
}

describe.each([
  ["that can be suspended (Asyncify)", "wasi-upper-asyncify"],
  ["that cannot be suspended", "wasi-upper"],
])("a WASI program %s", (_kind, name) => {
  let machine: WasiMachine;
  beforeAll(() => {
    machine = createMachine();
    install(machine, name);
  });
  const run = (text: string): Promise<CommandResult> => runCommand(machine, text);
  const stdout = async (text: string) => (await run(text)).stdout;

  test("runs by name, in the middle of a pipeline", async () => {
    expect(await stdout("echo hello | upper | sed s/L/_/g")).toBe("HE__O\n");
  });

  test("waits for input that comes late, and sees its end", async () => {
    expect(await stdout("(echo one; sleep 0.05; echo two) | upper | cat -n")).toBe(
      "     1\tONE\n     2\tTWO\n",
    );
  });

  test("moves much data", async () => {
    expect(await stdout("seq 1 100000 | upper | tail -1")).toBe("100000\n");
    expect(await stdout("seq 1 100000 | upper | upper | upper | wc -c")).toBe("588895\n");
  });

  test("waits while nobody takes its output", async () => {
    expect(await stdout("seq 1 50000 > /tmp/n; upper /tmp/n | (sleep 0.05; wc -l)")).toBe("50000\n");
  });

  test("ends when nobody wants its output any more", async () => {
    expect(await stdout("(set -o pipefail; seq 1 100000 | upper | head -2; echo $?)")).toBe("1\n2\n141\n");
  });

  test("gets its arguments byte by byte, its environment, and gives its exit code", async () => {
    expect(await stdout("upper --args 'a b' é€😀 ''")).toBe("a b\né€😀\n\n");
    expect(await stdout("X='ü y' upper --env X; upper --env NOPE; echo $?")).toBe("ü y\n1\n");
    expect(await stdout("upper --exit 42; echo $?")).toBe("42\n");
  });

  test("opens files by absolute paths and from the working directory", async () => {
    expect(await stdout("mkdir -p /tmp/d && cd /tmp/d && echo file > f && upper f /tmp/d/f")).toBe(
      "FILE\nFILE\n",
    );
    expect(
      await stdout("cd /tmp/d && upper --copy f g && cat g && upper --copy f /tmp/h && cat /tmp/h"),
    ).toBe("FILE\nFILE\n");
    const missing = await run("upper /nowhere/at/all");
    expect([missing.stderr, missing.outcome]).toEqual([
      "/nowhere/at/all: No such file or directory\n",
      { kind: "exit", code: 2 },
    ]);
  });

  test("is bound by permissions", async () => {
    const user = createMachine({ user: "user" });
    install(user, name, "/tmp/upper");
    const { stderr } = await runCommand(user, "/tmp/upper --copy /etc/passwd /etc/shadow2");
    expect(stderr).toBe("/etc/shadow2: Permission denied\n");
  });

  test("dies of a signal while it computes, and while it waits", async () => {
    const computing = await run("timeout 0.1 upper --spin; echo $?");
    expect(computing.stdout).toBe("124\n");
    expect(await stdout("mkfifo /tmp/p; timeout 0.1 upper 3<>/tmp/p < /tmp/p; echo $?")).toBe("124\n");
  });

  test("runs next to others", async () => {
    expect(await stdout("upper --spin & p=$!; echo hi | upper; kill $p; wait $p; echo $?")).toBe("HI\n143\n");
  });

  test("leaves no memory behind", async () => {
    await run("echo x | upper");
    const { memoryUsedBytes } = machine.status();
    for (let i = 0; i < 5; i++) await run("echo x | upper; upper --exit 3");
    expect(machine.status().memoryUsedBytes).toBe(memoryUsedBytes);
  });
});

test("a file that is no program of WASI is refused", async () => {
  const machine = createMachine();
  const refused = async (bytes: Uint8Array) => {
    machine.writeFiles([{ path: "/tmp/x", bytes, mode: 0o755, append: false, createDirs: true }]);
    return (await runCommand(machine, "/tmp/x; echo $?")).stdout;
  };
  const header = [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00];
  expect(await refused(Uint8Array.from(header)), "without _start").toBe("126\n");
  expect(await refused(Uint8Array.from([...header, 0xff, 0x01, 0x02])), "broken").toBe("126\n");
});
