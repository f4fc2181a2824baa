import { SYS_write } from "../../abi/linux/system-call-numbers.js";
import { BLOCKED } from "../../kernel/blocked.js";
import type { HostCalls } from "../host-calls.js";
import type { Engine } from "./engine.js";
import type { Range } from "./engine-values.js";

/** Waiting output beyond this many bytes holds the script up. */
const MAX_BYTES = 16 << 20;

interface Chunk {
  readonly fd: number;
  readonly block: number;
  readonly length: number;
  done: number;
}

/**
 * What a script has written that nobody takes yet. Inside the engine the process cannot be suspended, so output waits here until
 * it can: a pipeline of two scripts would otherwise stand still, each below the other on the stack.
 */
export class OutputQueue {
  private readonly chunks: Chunk[] = [];
  private bytes = 0;

  constructor(
    private readonly engine: Engine,
    private readonly calls: HostCalls,
  ) {}

  /** Writes what can be written now and keeps a copy of the rest. Returns the length, or a negative errno. */
  write(fd: number, { address, length }: Range): number {
    let done = 0;
    while (this.chunks.length === 0 && done < length) {
      const result = this.calls.tryCall(SYS_write, fd, address + done, length - done, 0, 0, 0);
      if (result === BLOCKED) break;
      if (result < 0) return result;
      done += result;
    }
    if (done < length) this.keep(fd, address + done, length - done);
    if (this.bytes > MAX_BYTES) this.flushOnTop();
    return length;
  }

  /** Waits until everything is written, with the process suspended. */
  *flush(): Generator<void, void, number> {
    for (let chunk = this.chunks[0]; chunk !== undefined; chunk = this.chunks[0]) {
      const { fd, block, length, done } = chunk;
      this.advance(chunk, yield* this.calls.wait(SYS_write, fd, block + done, length - done, 0, 0, 0));
    }
  }

  /** The same for the inside of the engine: before others write to the same files. */
  flushOnTop(): void {
    for (let chunk = this.chunks[0]; chunk !== undefined; chunk = this.chunks[0]) {
      const { fd, block, length, done } = chunk;
      this.advance(chunk, this.calls.call(SYS_write, fd, block + done, length - done, 0, 0, 0));
    }
  }

  private keep(fd: number, address: number, length: number): void {
    const block = this.engine.exports.wasm_malloc(length);
    this.engine.memory.refresh();
    this.engine.memory.u8.copyWithin(block, address, address + length);
    this.chunks.push({ fd, block, length, done: 0 });
    this.bytes += length;
  }

  /** What cannot be written is dropped. */
  private advance(chunk: Chunk, result: number): void {
    chunk.done += result < 0 ? chunk.length : result;
    if (chunk.done < chunk.length) return;
    this.chunks.shift();
    this.bytes -= chunk.length;
    this.engine.exports.wasm_free(chunk.block);
  }
}
