import { Errno } from "../errno.js";
import { decodeName } from "../vfs/name.js";
import { StringVector } from "./string-vector.js";

/**
 * Checked access to the linear memory of one process. Every pointer and length comes from the guest: a bad one is
 * EFAULT. Views are refreshed by `refresh`, which the kernel calls at each entry, because memory that grows detaches them.
 */
export class UserMemory {
  u8: Uint8Array<ArrayBuffer>;
  i32: Int32Array<ArrayBuffer>;
  view: DataView<ArrayBuffer>;

  constructor(readonly memory: WebAssembly.Memory) {
    const buffer = memory.buffer as ArrayBuffer; // the memories of programs are not shared
    this.u8 = new Uint8Array(buffer);
    this.i32 = new Int32Array(buffer);
    this.view = new DataView(buffer);
  }

  refresh(): void {
    // Growing detaches the views, which leaves them empty; asking the memory for its buffer would cost more.
    if (this.u8.length !== 0) return;
    const buffer = this.memory.buffer as ArrayBuffer;
    this.u8 = new Uint8Array(buffer);
    this.i32 = new Int32Array(buffer);
    this.view = new DataView(buffer);
  }

  /** The bytes `[ptr, ptr + length)` themselves, not a copy: valid until the guest runs again. */
  bytes(ptr: number, length: number): Uint8Array<ArrayBuffer> {
    const start = ptr >>> 0;
    const size = length >>> 0;
    if (start + size > this.u8.length || (start < NULL_PAGE && size > 0)) throw Errno.EFAULT;
    return this.u8.subarray(start, start + size);
  }

  /** A NUL-terminated string of at most `max` bytes; longer is ENAMETOOLONG. Bytes that are no UTF-8 survive (vfs/name.ts). */
  string(ptr: number, max = 4096): string {
    return decodeName(this.text(ptr, max));
  }

  /** The bytes of a NUL-terminated string themselves, as with `bytes`. */
  private text(ptr: number, max: number): Uint8Array<ArrayBuffer> {
    const start = ptr >>> 0;
    if (start < NULL_PAGE || start >= this.u8.length) throw Errno.EFAULT;
    const limit = Math.min(this.u8.length, start + max);
    const end = this.u8.indexOf(0, start);
    if (end < 0) throw Errno.EFAULT;
    if (end >= limit) throw Errno.ENAMETOOLONG;
    return this.u8.subarray(start, end);
  }

  /** A NULL-terminated vector of strings (argv, envp). More than `maxBytes` in all is E2BIG. */
  strings(ptr: number, maxBytes: number): StringVector {
    const texts: Uint8Array[] = [];
    let total = 0;
    for (let slot = ptr; ; slot += 4) {
      const entry = this.getU32(slot);
      if (entry === 0) return StringVector.join(texts);
      const text = this.argument(entry);
      total += text.length + 5;
      if (total > maxBytes) throw Errno.E2BIG;
      texts.push(text);
    }
  }

  private argument(ptr: number): Uint8Array {
    try {
      return this.text(ptr, MAX_ARG_STRLEN);
    } catch (error) {
      throw error === Errno.ENAMETOOLONG ? Errno.E2BIG : error;
    }
  }

  getU32(ptr: number): number {
    return this.view.getUint32(this.checked(ptr, 4), true);
  }
  getI32(ptr: number): number {
    return this.view.getInt32(this.checked(ptr, 4), true);
  }
  getU16(ptr: number): number {
    return this.view.getUint16(this.checked(ptr, 2), true);
  }
  getI16(ptr: number): number {
    return this.view.getInt16(this.checked(ptr, 2), true);
  }
  getU64(ptr: number): bigint {
    return this.view.getBigUint64(this.checked(ptr, 8), true);
  }
  getI64(ptr: number): bigint {
    return this.view.getBigInt64(this.checked(ptr, 8), true);
  }
  setU32(ptr: number, value: number): void {
    this.view.setUint32(this.checked(ptr, 4), value, true);
  }
  setI32(ptr: number, value: number): void {
    this.view.setInt32(this.checked(ptr, 4), value, true);
  }
  setU16(ptr: number, value: number): void {
    this.view.setUint16(this.checked(ptr, 2), value, true);
  }
  setU8(ptr: number, value: number): void {
    this.u8[this.checked(ptr, 1)] = value;
  }
  setU64(ptr: number, value: bigint): void {
    this.view.setBigUint64(this.checked(ptr, 8), value, true);
  }
  setI64(ptr: number, value: bigint): void {
    this.view.setBigInt64(this.checked(ptr, 8), value, true);
  }

  private checked(ptr: number, size: number): number {
    const start = ptr >>> 0;
    if (start < NULL_PAGE || start + size > this.u8.length) throw Errno.EFAULT;
    return start;
  }
}

/** Linux leaves the first page unmapped. Here it holds Asyncify's header, which no pointer of a guest may reach. */
const NULL_PAGE = 32;
/** The longest single argument string that execve(2) accepts. */
const MAX_ARG_STRLEN = 131072;
