import { Errno } from "../../../src/wasi/errno.js";
import { BLOCKED } from "../../../src/wasi/kernel/blocked.js";
import { credentialsOf } from "../../../src/wasi/kernel/credentials.js";
import type { Kernel } from "../../../src/wasi/kernel/kernel.js";
import type { PendingCall, Process } from "../../../src/wasi/kernel/process.js";
import { UserMemory } from "../../../src/wasi/kernel/user-memory.js";
import type { WaitQueue } from "../../../src/wasi/kernel/wait-queue.js";
import { fileSyscalls } from "../../../src/wasi/syscalls/files.js";
import { encodeName } from "../../../src/wasi/vfs/name.js";
import { type TestTree, testTree } from "../../unit/vfs/tree.js";

const byName = new Map(fileSyscalls.map((definition) => [definition.name, definition]));
const codes = new Map(
  Object.values(Errno)
    .filter((value): value is Errno => value instanceof Errno)
    .map((errno) => [errno.number, errno.code]),
);

/** A string is put into memory as a path, bytes are copied in and back out, a bigint becomes two registers. */
export type Argument = number | bigint | string | Uint8Array;

/**
 * A process that makes system calls as a program would, through registers and linear memory, but whose kernel consists of
 * files only. A call that blocks is run again by `resume` when its queue has been woken.
 */
export class FileGuest {
  readonly process: Process;
  readonly kernel: Kernel;
  readonly signals: number[] = [];
  private readonly memory: UserMemory;
  private blocked: { run: () => number; call: PendingCall } | undefined;
  woken = false;

  constructor(
    readonly tree: TestTree = testTree(),
    uid = 0,
    from?: FileGuest,
  ) {
    const base = tree.process(uid);
    this.memory = from?.memory ?? new UserMemory(new WebAssembly.Memory({ initial: 32 }));
    const { memory, signals } = this;
    this.kernel = {
      vfs: tree.vfs,
      clock: { realtime: () => tree.clock.now() },
      scheduler: {
        wake: () => {
          this.woken = true;
        },
      },
      signals: { send: (_target: Process, signal: number) => signals.push(signal) },
    } as unknown as Kernel;
    const sleepingOn: WaitQueue[] = [];
    this.process = {
      ...base,
      pid: 100 + uid,
      kernel: this.kernel,
      memory,
      sleepingOn,
      call: undefined,
      state: "running",
      sleepOn(...queues: WaitQueue[]) {
        for (const queue of queues) queue.add(this as unknown as Process);
        return BLOCKED;
      },
    } as unknown as Process;
    if (from !== undefined) {
      this.process.fds = from.process.fds.clone();
      this.process.fs = from.process.fs.clone();
    }
  }

  become(uid: number, gid = uid, groups: readonly number[] = [gid]): void {
    this.process.credentials = credentialsOf(uid, gid, groups);
  }

  /** Makes a call: its result, or the name of its errno, or `blocked`. */
  call(name: string, ...args: Argument[]): number | string {
    const definition = byName.get(name);
    if (definition === undefined) throw new Error(`no system call ${name}`);
    const { u8 } = this.memory;
    this.tree.clock.tick();
    const registers: number[] = [];
    const outputs: [bytes: Uint8Array, at: number][] = [];
    let next = 65536;
    const place = (bytes: Uint8Array): number => {
      const at = next;
      u8.set(bytes, at);
      next += (bytes.length + 16) & ~7;
      return at;
    };
    for (const arg of args) {
      if (typeof arg === "number") registers.push(arg | 0);
      else if (typeof arg === "bigint") registers.push(Number(BigInt.asIntN(32, arg)), Number(arg >> 32n));
      else if (typeof arg === "string") registers.push(place(Uint8Array.from([...encodeName(arg), 0])));
      else {
        const at = place(arg);
        outputs.push([arg, at]);
        registers.push(at);
      }
    }
    const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = registers;
    const call: PendingCall = {
      number: definition.number,
      args: [a, b, c, d, e, f],
      done: 0,
      deadline: undefined,
      scratch: undefined,
      interrupted: false,
    };
    const run = () => {
      this.process.call = call;
      this.process.state = "running";
      const result = definition.invoke(this.kernel, this.process, a, b, c, d, e, f);
      for (const [bytes, at] of outputs) bytes.set(u8.subarray(at, at + bytes.length));
      return result;
    };
    return this.finish(run, call);
  }

  /** Runs a blocked call again, as the scheduler does after a wake-up. */
  resume(): number | string {
    const { blocked } = this;
    if (blocked === undefined) throw new Error("nothing is blocked");
    this.woken = false;
    return this.finish(blocked.run, blocked.call);
  }

  private finish(run: () => number, call: PendingCall): number | string {
    this.blocked = undefined;
    try {
      const result = run();
      if (result !== BLOCKED) return result;
      this.blocked = { run, call };
      this.process.state = "blocked";
      return "blocked";
    } catch (error) {
      if (!(error instanceof Errno)) throw error;
      return codes.get(error.number) ?? `errno ${error.number}`;
    }
  }
}
