import type { UserMemory } from "../../kernel/user-memory.js";
import type { QuickJsExports, Value } from "./exports.js";

/** Where in the engine's memory some bytes are. */
export interface Range {
  readonly address: number;
  readonly length: number;
}

/** An exception of a script, on its way through our code. Whoever catches it owns the value. */
export class ScriptError extends Error {
  constructor(readonly value: Value) {
    super("a script has thrown");
  }
}

/** The values of an engine: addresses in its memory, as are the strings and bytes in them. */
export abstract class EngineValues {
  abstract readonly memory: UserMemory;
  abstract readonly exports: QuickJsExports;
  /** Three words for results of the engine's functions. */
  protected abstract readonly words: number;
  protected readonly decoder = new TextDecoder();
  private readonly encoder = new TextEncoder();

  newString(text: string): Value {
    const { address, length } = this.store(text);
    const result = this.exports.qjs_new_string(address, length);
    this.exports.wasm_free(address);
    return result;
  }

  newNumber(value: number): Value {
    return this.exports.qjs_new_number(value);
  }

  number(value: Value): number {
    return this.exports.qjs_get_float64(value);
  }

  /** The text of a value; what is no string is converted, which may run code of the script. */
  string(value: Value): string {
    const { address, length } = this.text(value);
    const text = this.decoder.decode(this.memory.u8.subarray(address, address + length));
    this.exports.qjs_free_cstring(address);
    return text;
  }

  /** A string's UTF-8 with a NUL after it, to be freed with `qjs_free_cstring`. */
  text(value: Value): Range {
    const address = this.exports.qjs_get_string_len(value, this.words);
    if (address === 0) throw new ScriptError(this.exports.qjs_get_exception());
    this.memory.refresh();
    return { address, length: this.memory.getU32(this.words) };
  }

  /** The bytes of an ArrayBuffer or of a view of one, where they are; undefined for other values. */
  bytes(value: Value): Range | undefined {
    const { exports, words } = this;
    if (exports.qjs_is_array_buffer(value) !== 0) {
      const address = exports.qjs_get_array_buffer(value, words);
      this.memory.refresh();
      return { address, length: this.memory.getU32(words) };
    }
    const buffer = exports.qjs_get_typed_array_buffer(value, words, words + 4, words + 8);
    if (exports.qjs_is_exception(buffer) !== 0) {
      exports.qjs_free_value(buffer);
      exports.qjs_free_value(exports.qjs_get_exception());
      return undefined;
    }
    this.memory.refresh();
    const offset = this.memory.getU32(words);
    const length = this.memory.getU32(words + 4);
    const address = exports.qjs_get_array_buffer(buffer, words) + offset;
    exports.qjs_free_value(buffer);
    return { address, length };
  }

  /** A property of an object; the caller owns it. */
  property(object: Value, name: string): Value {
    const { address } = this.store(name);
    const result = this.exports.qjs_get_prop_string(object, address);
    this.exports.wasm_free(address);
    return this.checked(result);
  }

  setProperty(object: Value, name: string, value: Value): void {
    const { address } = this.store(name);
    this.exports.qjs_set_prop_string(object, address, value);
    this.exports.wasm_free(address);
    this.exports.qjs_free_value(value);
  }

  free(value: Value): void {
    this.exports.qjs_free_value(value);
  }

  /** A copy of `text` in the engine's memory, with a NUL after it, to be freed with `wasm_free`. */
  store(text: string): Range {
    const bytes = this.encoder.encode(text);
    const address = this.exports.wasm_malloc(bytes.length + 1);
    this.memory.refresh();
    this.memory.u8.set(bytes, address);
    this.memory.u8[address + bytes.length] = 0;
    return { address, length: bytes.length };
  }

  protected cString(address: number): string {
    this.memory.refresh();
    const end = this.memory.u8.indexOf(0, address);
    return this.decoder.decode(this.memory.u8.subarray(address, end));
  }

  protected checked(result: Value): Value {
    if (this.exports.qjs_is_exception(result) === 0) return result;
    this.exports.qjs_free_value(result);
    throw new ScriptError(this.exports.qjs_get_exception());
  }
}
