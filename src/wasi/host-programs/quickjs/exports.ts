import type { AsyncifyExports } from "../../abi/preview1/suspended-stack.js";

/** An address of a boxed JavaScript value in the engine's memory, which its owner frees. */
export type Value = number;

/** What the module of the package quickjs-wasi exports, as far as it is used here. Strings are UTF-8, with a NUL where no length is. */
export interface QuickJsExports extends Partial<AsyncifyExports> {
  readonly memory: WebAssembly.Memory;
  readonly __stack_pointer: WebAssembly.Global<"i32">;
  readonly _initialize: () => void;
  readonly qjs_init: () => number;
  readonly qjs_set_memory_limit: (bytes: number) => void;
  readonly qjs_set_interrupt_handler: (on: number) => void;
  readonly qjs_set_max_stack_size: (bytes: number) => void;
  readonly qjs_set_promise_rejection_handler: (on: number) => void;
  readonly qjs_set_module_loader: (on: number) => void;
  readonly qjs_get_quickjs_version: () => number;
  readonly qjs_eval: (code: number, length: number, fileName: number, flags: number) => Value;
  readonly qjs_call: (func: Value, self: Value, count: number, args: number) => Value;
  readonly qjs_new_host_function: (name: number, length: number, argCount: number) => Value;
  readonly qjs_is_job_pending: () => number;
  readonly qjs_execute_pending_job: () => number;
  readonly qjs_get_exception: () => Value;
  readonly qjs_throw: (value: Value) => number;
  readonly qjs_new_error: () => Value;
  readonly qjs_get_undefined: () => Value;
  readonly qjs_new_number: (value: number) => Value;
  readonly qjs_new_string: (text: number, length: number) => Value;
  readonly qjs_new_object: () => Value;
  readonly qjs_new_uint8_array: (data: number, length: number) => Value;
  readonly qjs_dup_value: (value: Value) => Value;
  readonly qjs_free_value: (value: Value) => void;
  readonly qjs_is_exception: (value: Value) => number;
  readonly qjs_is_undefined: (value: Value) => number;
  readonly qjs_is_number: (value: Value) => number;
  readonly qjs_is_string: (value: Value) => number;
  readonly qjs_is_array_buffer: (value: Value) => number;
  readonly qjs_get_float64: (value: Value) => number;
  readonly qjs_get_string_len: (value: Value, length: number) => number;
  readonly qjs_free_cstring: (text: number) => void;
  readonly qjs_get_array_buffer: (value: Value, length: number) => number;
  readonly qjs_get_typed_array_buffer: (value: Value, offset: number, length: number, size: number) => Value;
  readonly qjs_get_prop_string: (object: Value, name: number) => Value;
  readonly qjs_get_prop_uint32: (object: Value, index: number) => Value;
  readonly qjs_set_prop_string: (object: Value, name: number, value: Value) => number;
  readonly qjs_promise_state: (promise: Value) => number;
  readonly qjs_promise_result: (promise: Value) => Value;
  readonly JS_DetectModule: (code: number, length: number) => number;
  readonly wasm_malloc: (size: number) => number;
  readonly wasm_free: (address: number) => void;
}
