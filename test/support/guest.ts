import { BaseTree } from "../../src/wasi/fs/base/tree.js";
import { DevFs } from "../../src/wasi/fs/dev/dev-fs.js";
import { openDevice } from "../../src/wasi/fs/dev/devices.js";
import { DevPtsFs } from "../../src/wasi/fs/devpts/devpts-fs.js";
import * as memfsCore from "../../src/wasi/fs/memfs/core.js";
import { MemfsStore } from "../../src/wasi/fs/memfs/store.js";
import { ProcFs } from "../../src/wasi/fs/proc/proc-fs.js";
import { RootFs } from "../../src/wasi/fs/root/root-fs.js";
import { BLOCKED } from "../../src/wasi/kernel/blocked.js";
import { credentialsOf } from "../../src/wasi/kernel/credentials.js";
import { openFifo } from "../../src/wasi/kernel/fifo.js";
import { Instance, type RunResult } from "../../src/wasi/kernel/instance.js";
import { Kernel } from "../../src/wasi/kernel/kernel.js";
import { ResourceLimits } from "../../src/wasi/kernel/limits.js";
import { MemoryBudget } from "../../src/wasi/kernel/memory-budget.js";
import type { PendingCall, Process } from "../../src/wasi/kernel/process.js";
import { UserMemory } from "../../src/wasi/kernel/user-memory.js";
import { allSyscalls } from "../../src/wasi/syscalls/table.js";
import { encodeName } from "../../src/wasi/vfs/name.js";
import { Vfs } from "../../src/wasi/vfs/vfs.js";

const numbers = new Map(allSyscalls.map(({ name, number }) => [name, number]));

/** A kernel with /, /dev, /proc and /tmp, and no programs: tests make the system calls themselves. */
export function testKernel(hostname = "limpet"): Kernel {
  const host = {
    poll() {},
    defer: (callback: () => void) => void setImmediate(callback),
    loadProgram(): never {
      throw new Error("this kernel has no programs");
    },
    digest(): never {
      throw new Error("this kernel has no programs");
    },
    log(_level: string, message: string, fields?: unknown) {
      throw new Error(`${message} ${JSON.stringify(fields)}`);
    },
  };
  const options = {
    hostname,
    memoryLimitBytes: 256 << 20,
    maxProcesses: 64,
    maxProgramPages: 1024,
    resourceLimits: new ResourceLimits(),
    jobLimits: { cpuMs: Number.POSITIVE_INFINITY, outputBytes: Number.POSITIVE_INFINITY },
  };
  const kernel = new Kernel(host, options, new MemoryBudget(options.memoryLimitBytes), createVfs);
  for (const [path, mode] of [
    ["/tmp", 0o1777],
    ["/home", 0o755],
  ] as const) {
    kernel.vfs.create(kernel.init, -100, path, 0o040000 | mode);
  }
  kernel.vfs.lookup(kernel.init, -100, "/tmp").mode = 0o041777;
  return kernel;
}

function createVfs(kernel: Kernel): Vfs {
  const now = () => kernel.clock.realtime();
  const store = new MemfsStore(() => memfsCore, kernel.memory);
  const root = new RootFs(new BaseTree([], now()), store, { now });
  const vfs = new Vfs(root, {
    now,
    openFifo: (inode, process, flags) => openFifo(process, inode, flags),
    openDevice,
  });
  for (const name of ["dev", "proc"]) {
    vfs.root.create(name, { mode: 0o040755, uid: 0, gid: 0 });
  }
  vfs.mount(new DevFs(kernel), "/dev");
  vfs.mount(new DevPtsFs(kernel), "/dev/pts");
  vfs.mount(new ProcFs(kernel), "/proc");
  return vfs;
}

/** Stands for a program: it has memory, and goes on where the test wants it to. */
class TestInstance extends Instance {
  readonly memory = new UserMemory(new WebAssembly.Memory({ initial: 40 }));
  readonly chargedBytes = 1 << 20;
  /** Told what a system call that had blocked returned in the end. */
  onResume: (result: number) => void = () => {};

  override run(): RunResult {
    this.onResume(this.result);
    this.process.call = IDLE;
    return "suspended";
  }
  override fork(child: Process): Instance {
    const copy = new TestInstance(child);
    copy.memory.u8.set(this.memory.u8);
    return copy;
  }
  override setBreak(address: number): number {
    return address;
  }
  override setPendingFlag(): void {}
  override writeSignal(): void {}
  override release(): void {}
}

/** The state of a test's process between its system calls. */
const IDLE: PendingCall = {
  number: -1,
  args: [0, 0, 0, 0, 0, 0],
  done: 0,
  deadline: undefined,
  scratch: undefined,
  interrupted: false,
};

type Argument = number | string | Uint8Array;

/** A process whose system calls the test makes. */
export class Guest {
  readonly process: Process;
  /** What the last call has returned; undefined while it is blocked. */
  result: number | undefined;
  /** Called when the process has its turn. */
  onTurn: () => void = () => {};
  private next = 0x1000;

  constructor(
    readonly kernel: Kernel = testKernel(),
    options: { uid?: number; parent?: Guest } = {},
  ) {
    const parent = options.parent?.process ?? kernel.init;
    const credentials =
      options.parent?.process.credentials ?? credentialsOf(options.uid ?? 0, options.uid ?? 0);
    this.process = kernel.createProcess(parent, credentials, kernel.vfs.rootContext());
    const instance = new TestInstance(this.process);
    instance.onResume = (result) => {
      this.result = result;
      this.onTurn();
    };
    this.process.instance = instance;
    this.process.state = "blocked";
    this.process.call = IDLE;
    if (options.parent !== undefined) {
      this.process.fds = options.parent.process.fds.clone();
      this.process.pgid = parent.pgid;
      this.process.sid = parent.sid;
    }
  }

  get pid(): number {
    return this.process.pid;
  }

  get memory(): UserMemory {
    return this.process.memory;
  }

  get blocked(): boolean {
    return this.result === undefined;
  }

  /** A child, as fork(2) makes it. */
  fork(): Guest {
    return new Guest(this.kernel, { parent: this });
  }

  /** Room for `size` bytes, zeroed, at a multiple of 16. */
  buffer(size: number): number {
    const ptr = this.next;
    this.next += (size + 15) & ~15;
    this.memory.bytes(ptr, size).fill(0);
    return ptr;
  }

  /** Puts bytes or a NUL-terminated string into memory. */
  put(content: Uint8Array | string): number {
    const bytes = typeof content === "string" ? encodeName(`${content}\0`) : content;
    const ptr = this.buffer(bytes.length);
    this.memory.bytes(ptr, bytes.length).set(bytes);
    return ptr;
  }

  /** Words of 32 bits, in memory. */
  putWords(...words: readonly number[]): number {
    return this.put(new Uint8Array(Int32Array.from(words).buffer));
  }

  bytesAt(ptr: number, size: number): Uint8Array {
    return this.memory.bytes(ptr, size).slice();
  }

  textAt(ptr: number, size: number): string {
    return new TextDecoder().decode(this.bytesAt(ptr, size));
  }

  /** Begins a call. Strings and bytes become pointers. The result is in `result` unless the call blocks. */
  start(name: string, ...args: readonly Argument[]): void {
    const number = numbers.get(name);
    if (number === undefined) throw new Error(`no system call ${name}`);
    const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = args.map((arg) =>
      typeof arg === "number" ? arg | 0 : this.put(arg),
    );
    this.process.state = "running";
    const result = this.kernel.syscalls.runBlocking(this.process, number, [a, b, c, d, e, f]);
    this.process.state = "blocked";
    this.result = result === BLOCKED ? undefined : result;
    if (result !== BLOCKED) this.process.call = IDLE;
  }

  /** Makes a call that does not block; returns its result, or -errno. */
  call(name: string, ...args: readonly Argument[]): number {
    this.start(name, ...args);
    if (this.result === undefined) throw new Error(`${name} blocks`);
    return this.result;
  }

  /** Lets woken processes run. */
  settle(): void {
    this.kernel.scheduler.run();
  }

  /** write(2) of a text. */
  write(fd: number, text: string | Uint8Array): number {
    const bytes = typeof text === "string" ? encodeName(text) : text;
    return this.call("write", fd, bytes, bytes.length);
  }

  /** read(2) of at most `size` bytes; -errno as a number. */
  read(fd: number, size = 65536): string | number {
    const ptr = this.buffer(size);
    const count = this.call("read", fd, ptr, size);
    return count < 0 ? count : this.textAt(ptr, count);
  }

  /** The whole of a file, by path. */
  readFile(path: string): string | number {
    const fd = this.call("openat", -100, path, 0, 0);
    if (fd < 0) return fd;
    let text = "";
    for (;;) {
      const part = this.read(fd, 4096);
      if (typeof part === "number") return part;
      if (part === "") break;
      text += part;
    }
    this.call("close", fd);
    return text;
  }

  /** The two descriptors that pipe2(2) or socketpair(2) gives. */
  pair(name: "pipe2" | "socketpair", ...before: readonly number[]): [number, number] {
    const ptr = this.buffer(8);
    const args = name === "pipe2" ? [ptr, ...before] : [...before, ptr];
    const result = this.call(name, ...args);
    if (result < 0) throw new Error(`${name}: ${result}`);
    return [this.memory.getI32(ptr), this.memory.getI32(ptr + 4)];
  }
}
