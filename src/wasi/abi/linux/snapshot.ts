import type { LoadedModule } from "./program.js";

const PAGE = 65536;
const ASYNCIFY_HEADER = 16;

/**
 * The memory of a suspended program: the unwound frames at the bottom, and everything from the stack pointer to the break.
 * The unused middle of the stack is not kept.
 */
export class MemorySnapshot {
  private low = new Uint8Array();
  private high = new Uint8Array();
  private stackPointer = 0;
  breakAddress = 0;
  argumentBlock = 0;
  pages = 0;

  /** Replaces what this snapshot holds; its buffers are used again where they are large enough. */
  take(loaded: LoadedModule, breakAddress: number, argumentBlock: number): void {
    const { u8, view } = loaded.memory;
    this.stackPointer = loaded.exports.__stack_pointer.value;
    this.breakAddress = breakAddress;
    this.argumentBlock = argumentBlock;
    this.pages = u8.length / PAGE;
    this.low = copyInto(this.low, u8.subarray(0, view.getUint32(ASYNCIFY_HEADER, true)));
    this.high = copyInto(this.high, u8.subarray(this.stackPointer, breakAddress));
  }

  writeTo(loaded: LoadedModule): void {
    loaded.memory.u8.set(this.low, 0);
    loaded.memory.u8.set(this.high, this.stackPointer);
    loaded.exports.__stack_pointer.value = this.stackPointer;
  }
}

/** `from` in the buffer of `old`, or in a new one when that is too small or much too large. */
function copyInto(old: Uint8Array<ArrayBuffer>, from: Uint8Array): Uint8Array<ArrayBuffer> {
  const capacity = old.buffer.byteLength;
  const fits = capacity >= from.length && capacity <= 4 * from.length;
  const target = fits ? new Uint8Array(old.buffer, 0, from.length) : new Uint8Array(from.length);
  target.set(from);
  return target;
}
