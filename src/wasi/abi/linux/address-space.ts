import { Errno } from "../../errno.js";
import type { Kernel } from "../../kernel/kernel.js";
import type { LinuxInstance } from "./instance.js";
import type { LoadedModule, Program } from "./program.js";

const PAGE = 65536;
/** What a process is charged for its stack, which is mostly untouched. */
const STACK_CHARGE = PAGE;

/** What makes a thread the one that runs: a variable of the module, and one in memory. */
export interface Registers {
  readonly stackPointer: number;
  readonly threadPointer: number;
}

/** The memory of a process with the module that runs in it, which its threads share. */
export class AddressSpace {
  private charged = 0;
  private clean = true;
  private readonly threads = new Set<LinuxInstance>();
  /** The thread whose registers are in place. */
  private current: LinuxInstance | undefined;
  /** The thread that runs, perhaps on top of others. */
  private running: LinuxInstance | undefined;

  constructor(
    private readonly kernel: Kernel,
    readonly program: Program,
    readonly loaded: LoadedModule,
    private end: number,
    /** From where on memory is in use, in a copy that a thread with a stack of its own has made. */
    private readonly copiedFrom = 0,
  ) {}

  /** From where on memory is in use: the stack pointer of the thread whose stack is at the bottom. */
  get usedFrom(): number {
    for (const thread of this.threads) if (thread.isFirst) return this.registersOf(thread).stackPointer;
    return this.copiedFrom;
  }

  /** brk(2): where the heap ends. */
  get breakAddress(): number {
    return this.end;
  }

  get chargedBytes(): number {
    return this.charged;
  }

  add(thread: LinuxInstance): void {
    this.threads.add(thread);
  }

  /** With the last thread the module goes back, if all of them left it `clean`. */
  remove(thread: LinuxInstance, clean: boolean): void {
    this.threads.delete(thread);
    this.clean &&= clean;
    if (this.threads.size > 0) return;
    this.kernel.memory.free(this.charged);
    this.charged = 0;
    if (this.clean) this.program.giveBack(this.loaded);
  }

  /** Puts `thread` in place, which is about to run, and returns the one that it interrupts. */
  enter(thread: LinuxInstance): LinuxInstance | undefined {
    const interrupted = this.running;
    this.running = thread;
    this.switchTo(thread);
    return interrupted;
  }

  /** Back to what `enter` has returned. */
  leave(interrupted: LinuxInstance | undefined): void {
    this.running = interrupted;
    if (interrupted !== undefined) this.switchTo(interrupted);
  }

  registersOf(thread: LinuxInstance): Registers {
    return thread === this.current ? this.registers : thread.registers;
  }

  /** What is in place now. */
  get registers(): Registers {
    const { exports, memory } = this.loaded;
    const { threadPointer } = this.program.layout;
    memory.refresh();
    return {
      stackPointer: exports.__stack_pointer.value,
      threadPointer: threadPointer === undefined ? 0 : memory.getU32(threadPointer),
    };
  }

  /** Moves the break up to `wanted`, or back; ENOMEM. */
  setBreak(wanted: number): void {
    try {
      this.chargeTo(wanted);
      this.growMemoryTo(wanted);
    } catch {
      this.chargeTo(this.end);
      throw Errno.ENOMEM;
    }
    this.end = wanted;
  }

  /** Charges the session for memory up to `end`; ENOMEM. */
  chargeTo(end: number): void {
    const bytes = end - this.program.layout.dataStart + STACK_CHARGE;
    const more = bytes - this.charged;
    if (more > 0 && !this.kernel.memory.reserve(more)) throw Errno.ENOMEM;
    if (more < 0) this.kernel.memory.free(-more);
    this.charged = bytes;
  }

  /** By a quarter at least: each time V8 makes a new buffer and counts it. Pages that are not touched take no memory. */
  private growMemoryTo(end: number): void {
    const { memory } = this.loaded;
    const pages = memory.u8.length / PAGE;
    const missing = Math.ceil(end / PAGE) - pages;
    if (missing <= 0) return;
    const possible = this.kernel.options.maxProgramPages - pages;
    memory.memory.grow(Math.max(missing, Math.min(pages >> 2, possible)));
  }

  private switchTo(next: LinuxInstance): void {
    if (this.current === next) return;
    if (this.current !== undefined) this.current.registers = this.registers;
    this.current = next;
    this.loaded.handler = next;
    const { exports, memory } = this.loaded;
    const { threadPointer } = this.program.layout;
    memory.refresh();
    exports.__stack_pointer.value = next.registers.stackPointer;
    if (threadPointer !== undefined) memory.setU32(threadPointer, next.registers.threadPointer);
  }
}
