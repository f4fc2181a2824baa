import type { LoadedModule } from "./program.js";

const PAGE = 65536;
const ASYNCIFY_HEADER = 16;
/** Unit in which the encoded form leaves out zeros. */
const BLOCK = 256;

/** A snapshot in a form that JSON and bytes can carry; see `MemorySnapshot.encode`. */
export interface EncodedSnapshot {
  readonly stackPointer: number;
  readonly breakAddress: number;
  readonly argumentBlock: number;
  readonly pages: number;
  readonly lowLength: number;
  /** Offset and length of each run of bytes that are not all zero, in `low` followed by `high`. */
  readonly runs: readonly (readonly [number, number])[];
}

/**
 * The memory of a suspended program: the unwound frames at the bottom, and everything from the stack pointer to the break.
 * The unused middle of the stack is not kept.
 */
export class MemorySnapshot {
  private low: Uint8Array<ArrayBuffer> = new Uint8Array();
  private high: Uint8Array<ArrayBuffer> = new Uint8Array();
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

  /** `parts`: the bytes of the runs, where they lie. */
  encode(): { readonly shape: EncodedSnapshot; readonly parts: readonly Uint8Array[] } {
    const { stackPointer, breakAddress, argumentBlock, pages, low, high } = this;
    const lowRuns = nonZeroRuns(low);
    const highRuns = nonZeroRuns(high);
    const parts = [
      ...lowRuns.map(([offset, length]) => low.subarray(offset, offset + length)),
      ...highRuns.map(([offset, length]) => high.subarray(offset, offset + length)),
    ];
    const runs = [...lowRuns, ...highRuns.map(([offset, length]) => [low.length + offset, length] as const)];
    return {
      shape: { stackPointer, breakAddress, argumentBlock, pages, lowLength: low.length, runs },
      parts,
    };
  }

  static decode(shape: EncodedSnapshot, bytes: Uint8Array): MemorySnapshot {
    const snapshot = new MemorySnapshot();
    const all = new Uint8Array(shape.lowLength + shape.breakAddress - shape.stackPointer);
    let at = 0;
    for (const [offset, length] of shape.runs) {
      all.set(bytes.subarray(at, at + length), offset);
      at += length;
    }
    snapshot.low = all.subarray(0, shape.lowLength);
    snapshot.high = all.subarray(shape.lowLength);
    snapshot.stackPointer = shape.stackPointer;
    snapshot.breakAddress = shape.breakAddress;
    snapshot.argumentBlock = shape.argumentBlock;
    snapshot.pages = shape.pages;
    return snapshot;
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

function nonZeroRuns(bytes: Uint8Array): (readonly [number, number])[] {
  const runs: [number, number][] = [];
  for (let offset = 0; offset < bytes.length; offset += BLOCK) {
    const end = Math.min(offset + BLOCK, bytes.length);
    if (isZero(bytes, offset, end)) continue;
    const last = runs.at(-1);
    if (last !== undefined && last[0] + last[1] === offset) last[1] += end - offset;
    else runs.push([offset, end - offset]);
  }
  return runs;
}

function isZero(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at++) if (bytes[at] !== 0) return false;
  return true;
}
