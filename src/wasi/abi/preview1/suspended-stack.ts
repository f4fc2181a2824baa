import type { UserMemory } from "../../kernel/user-memory.js";

export interface AsyncifyExports {
  readonly asyncify_start_unwind: (buffer: number) => void;
  readonly asyncify_stop_unwind: () => void;
  readonly asyncify_start_rewind: (buffer: number) => void;
  readonly asyncify_stop_rewind: () => void;
  readonly asyncify_get_state: () => number;
}

/** Where Asyncify's two words (cursor and end) and its stack are put while it works, and their size in bytes. */
const BUFFER = 16;
const HEADER = 8;
const BUFFER_SIZE = 128 << 10;

const UNWINDING = 1;

/** Whether Asyncify has been applied to a module. */
export function isSuspendable(module: WebAssembly.Module): boolean {
  const exports = WebAssembly.Module.exports(module).map(({ name }) => name);
  return exports.includes("asyncify_start_unwind") && exports.includes("asyncify_get_state");
}

/**
 * The stack of a suspended program, kept outside of its memory. A foreign program leaves no room for Asyncify's buffer that it
 * would not come to use itself, so the buffer borrows some of its memory while the stack is unwound or rewound, and the content
 * is put back before the program or a system call looks.
 */
export class SuspendedStack {
  private borrowed: Uint8Array = new Uint8Array(0);
  private content: Uint8Array = new Uint8Array(0);
  /** The program is on its way back into the call in which it was suspended. */
  rewinding = false;

  constructor(
    private readonly asyncify: AsyncifyExports,
    private readonly memory: UserMemory,
    private readonly bufferSize = BUFFER_SIZE,
  ) {}

  get unwinding(): boolean {
    return this.asyncify.asyncify_get_state() === UNWINDING;
  }

  /** To be returned by the function that suspends the program. */
  suspend(): number {
    const end = this.borrow(this.bufferSize);
    this.memory.view.setUint32(BUFFER, BUFFER + HEADER, true);
    this.memory.view.setUint32(BUFFER + 4, end, true);
    this.asyncify.asyncify_start_unwind(BUFFER);
    return 0;
  }

  /** The program has been left. */
  suspended(): void {
    this.asyncify.asyncify_stop_unwind();
    const used = this.memory.view.getUint32(BUFFER, true);
    this.content = this.memory.u8.slice(BUFFER, used);
    this.giveBack();
  }

  /** The program is about to be entered again. */
  resume(): void {
    this.borrow(this.content.length);
    this.memory.u8.set(this.content, BUFFER);
    this.rewinding = true;
    this.asyncify.asyncify_start_rewind(BUFFER);
  }

  /** The program is back where it was suspended. */
  resumed(): void {
    this.asyncify.asyncify_stop_rewind();
    this.giveBack();
    this.rewinding = false;
  }

  private borrow(size: number): number {
    this.memory.refresh();
    const end = Math.min(BUFFER + size, this.memory.u8.length);
    this.borrowed = this.memory.u8.slice(BUFFER, end);
    return end;
  }

  private giveBack(): void {
    this.memory.u8.set(this.borrowed, BUFFER);
  }
}
