import { Errno } from "../../errno.js";
import { BLOCKED } from "../../kernel/blocked.js";
import { Instance, LEAVE, type RunResult } from "../../kernel/instance.js";
import type { Kernel } from "../../kernel/kernel.js";
import type { Process } from "../../kernel/process.js";
import type { SignalAction, SignalInfo } from "../../kernel/signal-state.js";
import type { StringVector } from "../../kernel/string-vector.js";
import type { UserMemory } from "../../kernel/user-memory.js";
import { buildArgumentBlock } from "./argument-block.js";
import type { LoadedModule, Program, SystemCallHandler } from "./program.js";
import type { MemorySnapshot } from "./snapshot.js";

const PAGE = 65536;
/** Asyncify's two words (cursor and end of its buffer) lie here; the buffer follows and ends below the C stack. */
const ASYNCIFY_HEADER = 16;
const ASYNCIFY_BUFFER = 32;
const STACK_RESERVE = 128;
/** What a process is charged for its stack, which is mostly untouched. */
const STACK_CHARGE = PAGE;

/** A program of the Linux ABI: suspended by unwinding its stack into the unused part of that same stack (Asyncify). */
export class LinuxInstance extends Instance implements SystemCallHandler {
  readonly memory: UserMemory;
  private readonly kernel: Kernel;
  private breakAddress: number;
  private argumentBlock = 0;
  private started = false;
  private rewinding = false;
  private charged = 0;

  private constructor(
    process: Process,
    readonly program: Program,
    private readonly loaded: LoadedModule,
    breakAddress: number,
  ) {
    super(process);
    this.kernel = process.kernel;
    this.memory = loaded.memory;
    this.breakAddress = breakAddress;
    loaded.handler = this;
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
    const start = (program.layout.heapStart + 15) & ~15;
    const block = buildArgumentBlock(start, argv, environ, path, process);
    const instance = new LinuxInstance(process, program, loaded, program.layout.heapStart);
    instance.argumentBlock = start;
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
    const instance = new LinuxInstance(process, program, loaded, snapshot.breakAddress);
    instance.chargeTo(snapshot.breakAddress);
    snapshot.writeTo(loaded);
    instance.argumentBlock = snapshot.argumentBlock;
    instance.started = true;
    return instance;
  }

  /** Puts what `restore` needs into `snapshot`; only while suspended. */
  snapshotTo(snapshot: MemorySnapshot): void {
    this.memory.refresh();
    snapshot.take(this.loaded, this.breakAddress, this.argumentBlock);
  }

  override run(): RunResult {
    const { exports } = this.loaded;
    this.memory.refresh();
    if (this.started) {
      exports.asyncify_start_rewind(ASYNCIFY_HEADER);
      this.rewinding = true;
    }
    this.started = true;
    exports._start(this.argumentBlock);
    if (exports.asyncify_get_state() !== 1) return "returned";
    exports.asyncify_stop_unwind();
    return "suspended";
  }

  override fork(child: Process): LinuxInstance {
    this.memory.refresh();
    const loaded = this.program.takeForCopy(this.memory.u8.length / PAGE);
    const copy = new LinuxInstance(child, this.program, loaded, this.breakAddress);
    copy.chargeTo(this.breakAddress);
    const stackPointer = this.loaded.exports.__stack_pointer.value;
    const cursor = this.memory.view.getUint32(ASYNCIFY_HEADER, true);
    loaded.memory.u8.set(this.memory.u8.subarray(0, cursor), 0);
    loaded.memory.u8.set(this.memory.u8.subarray(stackPointer, this.breakAddress), stackPointer);
    loaded.exports.__stack_pointer.value = stackPointer;
    copy.argumentBlock = this.argumentBlock;
    copy.started = true;
    return copy;
  }

  override setBreak(address: number): number {
    const wanted = address >>> 0;
    const { heapStart } = this.program.layout;
    const limit = heapStart + this.process.limits.dataBytes;
    if (wanted < heapStart || wanted > limit || wanted > this.kernel.options.maxProgramPages * PAGE) {
      return this.breakAddress;
    }
    try {
      this.chargeTo(wanted);
      this.growMemoryTo(wanted);
    } catch {
      this.chargeTo(this.breakAddress);
      return this.breakAddress;
    }
    this.memory.refresh();
    this.breakAddress = wanted;
    return wanted;
  }

  override get chargedBytes(): number {
    return this.charged;
  }

  override setPendingFlag(on: boolean): void {
    const flag = this.program.layout.pendingFlag;
    if (flag === undefined) return;
    this.memory.refresh();
    this.memory.i32[flag >> 2] = on ? 1 : 0;
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
    this.kernel.memory.free(this.charged);
    this.charged = 0;
    if (clean) this.program.giveBack(this.loaded);
  }

  /** By a quarter at least: each time V8 makes a new buffer and counts it. Pages that are not touched take no memory. */
  private growMemoryTo(end: number): void {
    const pages = this.memory.u8.length / PAGE;
    const missing = Math.ceil(end / PAGE) - pages;
    if (missing <= 0) return;
    const possible = this.kernel.options.maxProgramPages - pages;
    this.memory.memory.grow(Math.max(missing, Math.min(pages >> 2, possible)));
  }

  private chargeTo(breakAddress: number): void {
    const bytes = breakAddress - this.program.layout.dataStart + STACK_CHARGE;
    const more = bytes - this.charged;
    if (more > 0 && !this.kernel.memory.reserve(more)) throw Errno.ENOMEM;
    if (more < 0) this.kernel.memory.free(-more);
    this.charged = bytes;
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
    if (process.signals.pending !== 0n || process.signals.hasSuspendedMask) {
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
    const end = exports.__stack_pointer.value - STACK_RESERVE;
    this.memory.view.setUint32(ASYNCIFY_HEADER, ASYNCIFY_BUFFER, true);
    this.memory.view.setUint32(ASYNCIFY_HEADER + 4, end, true);
    exports.asyncify_start_unwind(ASYNCIFY_HEADER);
    return 0;
  }
}
