import { Errno } from "../../errno.js";
import { BLOCKED } from "../../kernel/blocked.js";
import { Instance, LEAVE, type RunResult, type ThreadStack } from "../../kernel/instance.js";
import type { Kernel } from "../../kernel/kernel.js";
import type { Process } from "../../kernel/process.js";
import type { SignalAction, SignalInfo } from "../../kernel/signal-state.js";
import type { StringVector } from "../../kernel/string-vector.js";
import type { UserMemory } from "../../kernel/user-memory.js";
import { AddressSpace, type Registers } from "./address-space.js";
import { buildArgumentBlock } from "./argument-block.js";
import type { LoadedModule, Program, SystemCallHandler } from "./program.js";
import type { MemorySnapshot } from "./snapshot.js";

const PAGE = 65536;
/** The stack of the first thread is at the bottom of memory; this keeps clear of null. */
const FIRST_STACK_LOW = 16;
/** Where Asyncify's buffer begins, after its two words: cursor and end. The words lie at the low end of the stack. */
const BUFFER_OFFSET = 16;
const STACK_RESERVE = 128;

/** How a thread runs through the program. */
interface Course {
  readonly entry: "_start" | "__k_thread_start";
  readonly argument: number;
  /** The lowest address of its stack, a multiple of 16. */
  readonly stackLow: number;
}

/** A thread of a program of the Linux ABI: suspended by unwinding its stack into the unused part of that same stack (Asyncify). */
export class LinuxInstance extends Instance implements SystemCallHandler {
  readonly memory: UserMemory;
  private readonly kernel: Kernel;
  private readonly loaded: LoadedModule;
  private rewinding = false;

  private constructor(
    process: Process,
    private readonly space: AddressSpace,
    private readonly course: Course,
    /** What it goes on with when another thread has run. */
    public registers: Registers,
    private started: boolean,
  ) {
    super(process);
    this.kernel = process.kernel;
    this.loaded = space.loaded;
    this.memory = space.loaded.memory;
    space.add(this);
  }

  /** A program about to start with `argv` and `environ` at the start of its heap: what execve(2) makes. E2BIG, ENOMEM. */
  static exec(
    process: Process,
    program: Program,
    path: string,
    argv: StringVector,
    environ: StringVector,
  ): LinuxInstance {
    const loaded = program.takeFresh();
    const { heapStart, stackTop } = program.layout;
    const start = (heapStart + 15) & ~15;
    const block = buildArgumentBlock(start, argv, environ, path, process);
    const space = new AddressSpace(process.kernel, program, loaded, heapStart);
    const registers = { stackPointer: stackTop, threadPointer: 0 };
    const instance = new LinuxInstance(process, space, firstCourse(start), registers, false);
    if (instance.setBreak(start + block.length) < start) {
      instance.release(true);
      throw Errno.ENOMEM;
    }
    loaded.memory.u8.set(block, start);
    return instance;
  }

  /** A program that was suspended when `snapshot` was taken and goes on from there. */
  static restore(process: Process, program: Program, snapshot: MemorySnapshot): LinuxInstance {
    const loaded = program.takeForCopy(snapshot.pages);
    const space = new AddressSpace(process.kernel, program, loaded, snapshot.breakAddress);
    space.chargeTo(snapshot.breakAddress);
    snapshot.writeTo(loaded);
    return new LinuxInstance(process, space, firstCourse(snapshot.argumentBlock), space.registers, true);
  }

  /** Puts what `restore` needs into `snapshot`; only while suspended, and with one thread. */
  snapshotTo(snapshot: MemorySnapshot): void {
    this.memory.refresh();
    snapshot.take(this.loaded, this.space.breakAddress, this.course.argument);
  }

  get program(): Program {
    return this.space.program;
  }

  /** Whether its stack is the one at the bottom of memory. */
  get isFirst(): boolean {
    return this.course.entry === "_start";
  }

  override run(): RunResult {
    const { exports } = this.loaded;
    const interrupted = this.space.enter(this);
    try {
      this.memory.refresh();
      if (this.started) {
        exports.asyncify_start_rewind(this.course.stackLow);
        this.rewinding = true;
      }
      this.started = true;
      exports[this.course.entry]?.(this.course.argument);
      if (exports.asyncify_get_state() !== 1) return "returned";
      exports.asyncify_stop_unwind();
      return "suspended";
    } finally {
      this.space.leave(interrupted);
    }
  }

  /** The child has this thread only, whose stack may be anywhere. */
  override fork(child: Process): LinuxInstance {
    this.memory.refresh();
    const { breakAddress, usedFrom } = this.space;
    const loaded = this.program.takeForCopy(this.memory.u8.length / PAGE);
    const space = new AddressSpace(this.kernel, this.program, loaded, breakAddress, usedFrom);
    const copy = new LinuxInstance(child, space, this.course, this.space.registersOf(this), true);
    space.chargeTo(breakAddress);
    if (this.isFirst) {
      const cursor = this.memory.view.getUint32(this.course.stackLow, true);
      loaded.memory.u8.set(this.memory.u8.subarray(0, cursor), 0);
    }
    loaded.memory.u8.set(this.memory.u8.subarray(usedFrom, breakAddress), usedFrom);
    return copy;
  }

  override startThread(thread: Process, { low, high, threadPointer }: ThreadStack): LinuxInstance {
    const stackLow = (low + 15) & ~15;
    if (this.loaded.exports.__k_thread_start === undefined) throw Errno.ENOSYS;
    if (stackLow + BUFFER_OFFSET + STACK_RESERVE > high || high > this.space.breakAddress) throw Errno.EINVAL;
    const course: Course = { entry: "__k_thread_start", argument: high, stackLow };
    return new LinuxInstance(thread, this.space, course, { stackPointer: high, threadPointer }, false);
  }

  override setBreak(address: number): number {
    const wanted = address >>> 0;
    const { space, kernel } = this;
    const { heapStart } = this.program.layout;
    const limit = heapStart + this.process.limits.dataBytes;
    if (wanted < heapStart || wanted > limit || wanted > kernel.options.maxProgramPages * PAGE) {
      return space.breakAddress;
    }
    try {
      space.setBreak(wanted);
    } catch {
      return space.breakAddress;
    }
    this.memory.refresh();
    return wanted;
  }

  override get chargedBytes(): number {
    return this.space.chargedBytes;
  }

  override setPendingFlag(on: boolean): void {
    const flag = this.program.layout.pendingFlag;
    if (flag === undefined) return;
    this.memory.refresh();
    this.memory.i32[flag >> 2] = on ? 1 : 0;
  }

  override get pendingFlag(): boolean {
    const flag = this.program.layout.pendingFlag;
    return flag !== undefined && this.memory.i32[flag >> 2] !== 0;
  }

  override writeSignal(signal: number, action: SignalAction, oldMask: bigint, info: SignalInfo): void {
    this.memory.refresh();
    const slot = this.program.layout.signalSlot >> 2;
    const mask = [Number(BigInt.asIntN(32, oldMask)), Number(BigInt.asIntN(32, oldMask >> 32n))];
    this.memory.i32.set(
      [signal, action.handler, action.flags, ...mask, info.code, info.pid, info.uid, info.status, 0],
      slot,
    );
  }

  override release(clean: boolean): void {
    this.space.remove(this, clean);
  }

  call(number: number, a: number, b: number, c: number, d: number, e: number, f: number): number {
    this.memory.refresh();
    const result = this.kernel.syscalls.run(this.process, number, a, b, c, d, e, f);
    if (this.process.leaving) throw LEAVE;
    return result;
  }

  callBlocking(number: number, a: number, b: number, c: number, d: number, e: number, f: number): number {
    const { exports } = this.loaded;
    const { process } = this;
    this.memory.refresh();
    let result: number;
    if (this.rewinding) {
      exports.asyncify_stop_rewind();
      this.rewinding = false;
      result = this.result;
    } else {
      result = this.kernel.syscalls.runBlocking(process, number, [a, b, c, d, e, f]);
      // Unwinding is also the cheapest way out for good: an exception takes several times as long.
      if (result === BLOCKED || process.leaving) return this.suspend();
      if (this.kernel.scheduler.mustGiveWay(process)) {
        this.result = result;
        return this.suspend();
      }
    }
    if (process.signals.hasPending || process.signals.hasSuspendedMask) {
      this.kernel.signals.deliver(process);
      if (process.leaving) return this.suspend();
    }
    return result;
  }

  fuel(): void {
    this.kernel.scheduler.fuel(this.process);
  }

  private suspend(): number {
    const { exports } = this.loaded;
    const { stackLow } = this.course;
    const end = exports.__stack_pointer.value - STACK_RESERVE;
    this.memory.view.setUint32(stackLow, stackLow + BUFFER_OFFSET, true);
    this.memory.view.setUint32(stackLow + 4, end, true);
    exports.asyncify_start_unwind(stackLow);
    return 0;
  }
}

function firstCourse(argumentBlock: number): Course {
  return { entry: "_start", argument: argumentBlock, stackLow: FIRST_STACK_LOW };
}
