import { describe, expect, test } from "vitest";
import { HostInstance } from "../../../src/wasi/host-programs/host-instance.js";
import type { HostProgram, HostProgramStart } from "../../../src/wasi/host-programs/host-program.js";
import { credentialsOf } from "../../../src/wasi/kernel/credentials.js";
import type { Kernel } from "../../../src/wasi/kernel/kernel.js";
import type { Process, WaitStatus } from "../../../src/wasi/kernel/process.js";
import { UserMemory } from "../../../src/wasi/kernel/user-memory.js";
import { testKernel } from "../../support/guest.js";

const PIPE2 = 59;
const READ = 63;
const WRITE = 64;
const KILL = 129;
const SIGACTION = 134;
const SIGTERM = 15;
const SIGKILL = 9;
const BUFFER = 1024;

/** A program that never waits needs no generator. */
type Main = (start: HostProgramStart, memory: UserMemory) => Generator<void, number, number> | number;

class TestProgram implements HostProgram {
  readonly memory = new UserMemory(new WebAssembly.Memory({ initial: 1 }));
  readonly signals: number[] = [];
  constructor(
    private readonly start: HostProgramStart,
    private readonly body: Main,
  ) {}
  *main(): Generator<void, number, number> {
    const running = this.body(this.start, this.memory);
    return typeof running === "number" ? running : yield* running;
  }
  signal(signal: number): void {
    this.signals.push(signal);
  }
}

interface Running {
  readonly process: Process;
  readonly program: () => TestProgram | undefined;
  status: WaitStatus | undefined;
}

/** A process that runs `body` from the next turn of the scheduler on. */
function launch(kernel: Kernel, body: Main, parent = kernel.init): Running {
  const process = kernel.createProcess(parent, credentialsOf(0, 0), kernel.vfs.rootContext());
  process.fds = parent.fds.clone();
  let program: TestProgram | undefined;
  const create = (start: HostProgramStart) => {
    program = new TestProgram(start, body);
    return program;
  };
  process.instance = new HostInstance(process, create, "/usr/bin/test", ["test", "arg"], ["A=1"]);
  const running: Running = { process, program: () => program, status: undefined };
  process.onExit = (status) => {
    running.status = status;
  };
  kernel.scheduler.enqueue(process);
  return running;
}

/** Both ends of a pipe, as descriptors of init, which children get. */
function pipeOf(kernel: Kernel): { reader: number; writer: number } {
  let fds = { reader: -1, writer: -1 };
  const maker = launch(kernel, function* ({ calls }, memory) {
    yield* calls.wait(PIPE2, BUFFER, 0, 0, 0, 0, 0);
    fds = { reader: memory.getI32(BUFFER), writer: memory.getI32(BUFFER + 4) };
    for (const fd of [fds.reader, fds.writer]) kernel.init.fds.set(fd, maker.process.fds.get(fd));
    return 0;
  });
  kernel.scheduler.run();
  return fds;
}

describe("a host program", () => {
  test("gets what execve hands over, and its exit code is the process's", () => {
    const kernel = testKernel();
    let seen: readonly unknown[] = [];
    const running = launch(kernel, ({ argv, environ, path, mayPin }) => {
      seen = [argv, environ, path, mayPin];
      return 7;
    });
    kernel.scheduler.run();
    expect(seen).toEqual([["test", "arg"], ["A=1"], "/usr/bin/test", true]);
    expect(running.status).toBe(7 << 8);
  });

  test("is suspended in a call that waits, and resumed with its result", () => {
    const kernel = testKernel();
    const { reader, writer } = pipeOf(kernel);
    const order: string[] = [];
    const waiting = launch(kernel, function* ({ calls }, memory) {
      order.push("waits");
      const count = yield* calls.wait(READ, reader, BUFFER, 10, 0, 0, 0);
      order.push(`read ${count} ${memory.u8[BUFFER]}`);
      return 0;
    });
    const other = launch(kernel, function* ({ calls }, memory) {
      order.push("writes");
      memory.u8[BUFFER] = 42;
      return yield* calls.wait(WRITE, writer, BUFFER, 1, 0, 0, 0);
    });
    kernel.scheduler.run();
    expect(order).toEqual(["waits", "writes", "read 1 42"]);
    expect([waiting.status, other.status]).toEqual([0, 1 << 8]);
  });

  test("that cannot be suspended has the others run on top of it", () => {
    const kernel = testKernel();
    const { reader, writer } = pipeOf(kernel);
    let result = 0;
    launch(kernel, ({ calls }) => {
      result = calls.call(READ, reader, BUFFER, 10, 0, 0, 0);
      return 0;
    });
    let second: boolean | undefined;
    launch(kernel, function* ({ calls, mayPin }) {
      second = mayPin;
      return yield* calls.wait(WRITE, writer, BUFFER, 3, 0, 0, 0);
    });
    kernel.scheduler.run();
    expect(result).toBe(3);
    expect(second).toBe(false);
  });

  test("can try a call without waiting for it", () => {
    const kernel = testKernel();
    const { reader, writer } = pipeOf(kernel);
    const results: unknown[] = [];
    launch(kernel, ({ calls }) => {
      results.push(calls.tryCall(READ, reader, BUFFER, 10, 0, 0, 0) < -4096);
      results.push(calls.tryCall(WRITE, writer, 0, 1 << 20, 0, 0, 0));
      for (let left = 3; left > 0; left--)
        results.push(calls.tryCall(WRITE, writer, BUFFER, 40_000, 0, 0, 0));
      return 0;
    });
    kernel.scheduler.run();
    expect(results.slice(1)).toEqual([-14, 40_000, 25_536, expect.any(Number)]);
  });

  test("is told of signals that it catches, and dies of others", () => {
    const kernel = testKernel();
    const running = launch(kernel, ({ calls, process }, memory) => {
      memory.setU32(BUFFER, 64);
      calls.call(SIGACTION, SIGTERM, BUFFER, 0, 8, 0, 0);
      calls.call(KILL, process.pid, SIGTERM, 0, 0, 0, 0);
      calls.call(KILL, process.pid, SIGKILL, 0, 0, 0, 0);
      return 0;
    });
    kernel.scheduler.run();
    expect(running.program()?.signals).toEqual([SIGTERM]);
    expect(running.status).toBe(SIGKILL);
  });

  test("is charged for its memory, and killed when there is no more", () => {
    const kernel = testKernel();
    const before = kernel.memory.usedBytes;
    let charged = 0;
    const running = launch(kernel, ({ calls }, memory) => {
      charged = kernel.memory.usedBytes - before;
      memory.memory.grow(5000);
      calls.fuel();
      return 0;
    });
    kernel.scheduler.run();
    expect(charged).toBe(65536);
    expect(running.status).toBe(SIGKILL);
    expect(kernel.memory.usedBytes).toBe(before);
  });

  test("cannot fork", () => {
    const kernel = testKernel();
    const { process } = launch(kernel, () => {
      return 0;
    });
    expect(() => process.instance?.fork(process)).toThrow("Function not implemented");
  });
});
