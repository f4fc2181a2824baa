import { describe, expect, test, vi } from "vitest";
import type { WasiMachine } from "../../../src/wasi/machine/machine.js";
import { assemble } from "../../support/assemble.js";
import { type CommandResult, createMachine, runCommand, testHost } from "../../support/machine.js";

const HEADER = [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00];

function install(machine: WasiMachine, module: string | Uint8Array): void {
  const bytes = typeof module === "string" ? assemble(module) : module;
  machine.writeFiles([{ path: "/tmp/x", bytes, mode: 0o755, append: false, createDirs: true }]);
}

/** Runs a module in a machine that must be as good as new afterwards. */
async function run(module: string | Uint8Array, command = "/tmp/x; echo $?"): Promise<CommandResult> {
  const machine = createMachine({ memoryLimitBytes: 128 << 20 });
  install(machine, module);
  const result = await runCommand(machine, command);
  expect((await runCommand(machine, "rm /tmp/x; echo alive | cat")).stdout).toBe("alive\n");
  return result;
}

/** A command with these fields before its entry point. */
const command = (fields: string, body = ""): string =>
  `(module ${fields} (memory (export "memory") 1) (func (export "_start") ${body}))`;
const wasi = (name: string, type: string): string =>
  `(import "wasi_snapshot_preview1" "${name}" (func $${name} ${type}))`;

/** The same bytes every time. */
function noise(length: number): number[] {
  let state = 1;
  return Array.from({ length }, () => {
    state = (state * 1103515245 + 12345) & 0x7fffffff;
    return state >>> 16;
  });
}

describe("is no program, and refused as such", () => {
  test.each<[string, string | Uint8Array]>([
    ["the magic alone", Uint8Array.from(HEADER.slice(0, 4))],
    ["an empty module", Uint8Array.from(HEADER)],
    ["random bytes after the magic", Uint8Array.from([...HEADER.slice(0, 4), ...noise(500)])],
    ["random bytes after the version", Uint8Array.from([...HEADER, ...noise(500)])],
    ["a section longer than the file", Uint8Array.from([...HEADER, 1, 0xff, 0xff, 0xff, 0x7f])],
    ["a component", Uint8Array.from([0x00, 0x61, 0x73, 0x6d, 0x0d, 0x00, 0x01, 0x00])],
    ["a module that is cut off", assemble(command("", "(nop)")).slice(0, -3)],
    ["a library, without _start", '(module (memory (export "memory") 1) (func (export "_initialize")))'],
    ["a program without memory", '(module (func (export "_start")))'],
    ["imports from an unknown module", command('(import "env" "puts" (func (param i32)))')],
    ["an import of the fuel", command('(import "k" "fuel" (func))')],
    ["an import that is no function", command('(import "wasi_snapshot_preview1" "fd_read" (global i32))')],
    ["a function of another type", command(wasi("fd_close", "(param f64) (result i32)"))],
    ["a function without its result", command(wasi("fd_close", "(param i32)"))],
    ["a preview 0 program", command('(import "wasi_unstable" "proc_exit" (func (param i32)))')],
    ["a shared memory", '(module (memory (export "memory") 1 2 shared) (func (export "_start")))'],
    ["code that is not valid", Uint8Array.from([...assemble(command("", "(nop)")).slice(0, -2), 0x6a, 0x0b])],
  ])("%s", async (_, module) => {
    const { stdout, stderr } = await run(module);
    expect(stdout).toBe("126\n");
    expect(stderr).toContain("cannot execute binary file: Exec format error");
  });
});

test("more memory than there is, from the start, is ENOMEM", async () => {
  const { stdout, stderr } = await run('(module (memory (export "memory") 65536) (func (export "_start")))');
  expect(stdout).toBe("126\n");
  expect(stderr).toContain("Cannot allocate memory");
});

describe("dies alone", () => {
  const dead = "139\n";
  test.each<[string, string]>([
    ["when it traps", command("", "(unreachable)")],
    ["when its start function traps", command("(start $begin) (func $begin (unreachable))")],
    [
      "when it recurses without end",
      command("(func $f (param i32) (call $f (local.get 0)))", "(call $f (i32.const 0))"),
    ],
    ["when its start function recurses", command("(start $begin) (func $begin (call $begin))")],
    [
      "when it recurses and makes calls on every level",
      command(
        `${wasi("sched_yield", "(result i32)")} ${wasi("clock_time_get", "(param i32 i64 i32) (result i32)")}
        (func $f (drop (call $sched_yield)) (drop (call $clock_time_get (i32.const 0) (i64.const 0) (i32.const 8))) (call $f))`,
        "(call $f)",
      ),
    ],
    ["with data outside of its memory", command('(data (i32.const 65530) "0123456789")')],
    ["with elements outside of its table", command("(table 1 funcref) (func $f) (elem (i32.const 1) $f)")],
    ["when it calls what is not there", command("(table 1 funcref)", "(call_indirect (i32.const 0))")],
    ["when it divides by zero", command("", "(drop (i32.div_u (i32.const 1) (i32.const 0)))")],
    ["when it reads outside of its memory", command("", "(drop (i32.load (i32.const 65536)))")],
    ["when it throws", command("(tag $e)", "(throw $e)")],
  ])("%s", async (_, module) => {
    expect((await run(module)).stdout).toBe(dead);
  });
});

describe("is stopped by a time limit", () => {
  const forEver: [string, string][] = [
    ["in a loop", command("", "(loop $again (br $again))")],
    [
      "in a recursion",
      command(
        `(func $f (param i32) (result i32) (if (result i32) (i32.lt_u (local.get 0) (i32.const 2)) (then (i32.const 1))
          (else (i32.add (call $f (i32.sub (local.get 0) (i32.const 1))) (call $f (i32.sub (local.get 0) (i32.const 2)))))))`,
        "(drop (call $f (i32.const 90)))",
      ),
    ],
    ["in tail calls", command("(func $f (return_call $f))", "(call $f)")],
    [
      "in indirect tail calls",
      command(
        "(type $t (func)) (table 1 funcref) (elem (i32.const 0) $f) (func $f (return_call_indirect (type $t) (i32.const 0)))",
        "(call $f)",
      ),
    ],
    ["in its start function", command("(start $f) (func $f (loop $again (br $again)))")],
    [
      "while it fills memory",
      `(module (memory (export "memory") 1000) (func (export "_start")
        (loop $again (memory.fill (i32.const 0) (i32.const 1) (i32.const 60000000)) (br $again))))`,
    ],
    [
      "while it copies memory",
      `(module (memory (export "memory") 1000) (func (export "_start")
        (loop $again (memory.copy (i32.const 1) (i32.const 0) (i32.const 60000000)) (br $again))))`,
    ],
    [
      "in vector instructions",
      command(
        "(global $v (mut v128) (v128.const i64x2 1 2))",
        "(loop $again (global.set $v (i64x2.add (global.get $v) (i64x2.splat (i64.const 3)))) (br $again))",
      ),
    ],
    ["between exceptions", command("(tag $e)", "(loop $again (try (do (throw $e)) (catch $e)) (br $again))")],
    [
      "in calls of WASI",
      command(wasi("sched_yield", "(result i32)"), "(loop $again (drop (call $sched_yield)) (br $again))"),
    ],
  ];
  test.each(forEver)("%s", async (_, module) => {
    expect((await run(module, "timeout 0.2 /tmp/x; echo $?")).stdout).toBe("124\n");
  });

  test("while others run", async () => {
    const machine = createMachine();
    install(machine, forEver[1]?.[1] ?? "");
    const { stdout } = await runCommand(machine, "/tmp/x & echo hi | cat; kill $!; wait $!; echo $?");
    expect(stdout).toBe("hi\n143\n");
  });
});

describe("memory", () => {
  const grow = (body: string): string => command(wasi("proc_exit", "(param i32)"), `(local $i i32) ${body}`);

  test("grows to the session's limit and no further", async () => {
    const module = grow(`(loop $again (br_if $again (i32.ge_s (memory.grow (i32.const 16)) (i32.const 0))))
      (call $proc_exit (i32.gt_u (memory.size) (i32.const 1000)))`);
    expect((await run(module)).stdout).toMatch(/^(1|137)\n$/);
  });

  test("cannot be had by asking for all of it", async () => {
    const module = grow("(call $proc_exit (i32.eq (memory.grow (i32.const 60000)) (i32.const -1)))");
    expect((await run(module)).stdout).toBe("1\n");
  });

  test("that a program of the same machine holds is not there for another", async () => {
    const module = grow(`(drop (memory.grow (i32.const 1500))) (loop $again (br $again))`);
    const { stdout } = await run(module, "/tmp/x & sleep 0.1; /tmp/x; echo $?; kill $!; wait $!; echo $?");
    expect(stdout).toBe("137\n143\n");
  });
});

describe("a program in a file", () => {
  const exit = (code: number): string =>
    command(wasi("proc_exit", "(param i32)"), `(call $proc_exit (i32.const ${code}))`);

  test("is read again when the file has changed, even at the same time and with the same size", async () => {
    const machine = createMachine();
    install(machine, exit(3));
    const first = await runCommand(machine, "touch -d 2020-01-01 /tmp/x; /tmp/x; echo $?");
    install(machine, exit(4));
    const second = await runCommand(machine, "touch -d 2020-01-01 /tmp/x; /tmp/x; echo $?");
    expect([first.stdout, second.stdout]).toEqual(["3\n", "4\n"]);
  });

  test("is compiled once, however many copies there are, and not again after a reset", async () => {
    let digests = 0;
    const host = testHost();
    const counting = {
      ...host,
      digest: (bytes: Uint8Array) => {
        digests++;
        return host.digest(bytes);
      },
    };
    const machine = createMachine({}, counting);
    const compiled = vi.spyOn(WebAssembly, "Module");
    const programs = () =>
      compiled.mock.calls.filter(([bytes]) => (bytes as Uint8Array).length < 1000).length;
    install(machine, exit(3));
    await runCommand(machine, "/tmp/x; /tmp/x; cp /tmp/x /tmp/y; /tmp/y");
    machine.reset({ keepFiles: false });
    install(machine, exit(3));
    const { stdout } = await runCommand(machine, "/tmp/x; echo $?");
    expect([stdout, digests, programs()]).toEqual(["3\n", 3, 1]);
    compiled.mockRestore();
  });

  test("may import functions of WASI that there are not, and gets ENOSYS", async () => {
    const module = command(
      wasi("proc_exit", "(param i32)") + wasi("sock_open", "(param i64) (result i32)"),
      "(call $proc_exit (call $sock_open (i64.const 1)))",
    );
    expect((await run(module)).stdout).toBe("52\n");
  });

  test("needs to be executable, and is found in PATH", async () => {
    const machine = createMachine();
    install(machine, exit(5));
    const { stdout } = await runCommand(
      machine,
      "mkdir /tmp/bin; cp /tmp/x /tmp/bin/mine; PATH=/tmp/bin:$PATH; mine; echo $?; chmod -x /tmp/x; /tmp/x; echo $?",
    );
    expect(stdout).toBe("5\n126\n");
  });

  test("may be without loops, calls and code", async () => {
    expect((await run(command(""))).stdout).toBe("0\n");
  });
});
