import type { WasmReader } from "./wasm-reader.js";

/** The instructions that the rewriter looks at. */
export const Op = {
  block: 0x02,
  loop: 0x03,
  if: 0x04,
  else: 0x05,
  try: 0x06,
  end: 0x0b,
  call: 0x10,
  returnCall: 0x12,
  delegate: 0x18,
  tryTable: 0x1f,
  localGet: 0x20,
  localTee: 0x22,
  globalGet: 0x23,
  globalSet: 0x24,
  i32Const: 0x41,
  i32LessThan: 0x48,
  i32Subtract: 0x6b,
  refFunc: 0xd2,
} as const;

/** The block type "takes nothing, gives nothing". */
export const emptyBlock = 0x40;

function skipBlockType(reader: WasmReader): void {
  const type = reader.bytes[reader.offset];
  if (type === 0x63 || type === 0x64) reader.skipValueType();
  else reader.skipLeb();
}

function skipMemoryArgument(reader: WasmReader): void {
  const alignment = reader.u32();
  if (alignment & 0x40) reader.u32();
  reader.skipLeb();
}

function skipCatchClauses(reader: WasmReader): void {
  for (let count = reader.u32(); count > 0; count--) {
    const kind = reader.byte();
    if (kind < 2) reader.u32();
    reader.u32();
  }
}

/** 0xfc: saturating conversions, bulk memory and tables. */
function skipMiscImmediates(reader: WasmReader): void {
  const op = reader.u32();
  if (op <= 7) return;
  if (op > 17) reader.fail(`unknown instruction 0xfc ${op}`);
  reader.u32();
  if (op === 8 || op === 10 || op === 12 || op === 14) reader.u32();
}

/** 0xfd: 128-bit vectors, relaxed ones too. */
function skipVectorImmediates(reader: WasmReader): void {
  const op = reader.u32();
  if (op <= 11 || op === 92 || op === 93) skipMemoryArgument(reader);
  else if (op === 12 || op === 13) reader.skip(16);
  else if (op >= 21 && op <= 34) reader.skip(1);
  else if (op >= 84 && op <= 91) {
    skipMemoryArgument(reader);
    reader.skip(1);
  } else if (op > 0x113) reader.fail(`unknown instruction 0xfd ${op}`);
}

/** 0xfe: atomic memory access. */
function skipAtomicImmediates(reader: WasmReader): void {
  if (reader.u32() === 3) reader.skip(1);
  else skipMemoryArgument(reader);
}

/** Passes over what follows the opcode `op` of an instruction. */
export function skipImmediates(reader: WasmReader, op: number): void {
  if (op >= 0x45 && op <= 0xc4) return; // comparisons and arithmetic
  if (op >= 0x28 && op <= 0x3e) skipMemoryArgument(reader);
  else if (op >= 0x20 && op <= 0x26)
    reader.u32(); // locals, globals, tables
  else skipOtherImmediates(reader, op);
}

function skipOtherImmediates(reader: WasmReader, op: number): void {
  switch (op) {
    case 0x00: // unreachable
    case 0x01: // nop
    case Op.else:
    case 0x0a: // throw_ref
    case Op.end:
    case 0x0f: // return
    case 0x19: // catch_all
    case 0x1a: // drop
    case 0x1b: // select
    case 0xd1: // ref.is_null
    case 0xd3: // ref.eq
    case 0xd4: // ref.as_non_null
      break;
    case Op.block:
    case Op.loop:
    case Op.if:
    case Op.try:
      skipBlockType(reader);
      break;
    case 0x07: // catch
    case 0x08: // throw
    case 0x09: // rethrow
    case 0x0c: // br
    case 0x0d: // br_if
    case Op.call:
    case Op.returnCall:
    case 0x14: // call_ref
    case 0x15: // return_call_ref
    case Op.delegate:
    case 0x3f: // memory.size
    case 0x40: // memory.grow
    case Op.refFunc:
    case 0xd5: // br_on_null
    case 0xd6: // br_on_non_null
      reader.u32();
      break;
    case 0x0e: // br_table
      for (let labels = reader.u32() + 1; labels > 0; labels--) reader.u32();
      break;
    case 0x11: // call_indirect
    case 0x13: // return_call_indirect
      reader.u32();
      reader.u32();
      break;
    case 0x1c: // select with types
      for (let types = reader.u32(); types > 0; types--) reader.skipValueType();
      break;
    case Op.tryTable:
      skipBlockType(reader);
      skipCatchClauses(reader);
      break;
    case Op.i32Const:
    case 0x42: // i64.const
    case 0xd0: // ref.null
      reader.skipLeb();
      break;
    case 0x43: // f32.const
      reader.skip(4);
      break;
    case 0x44: // f64.const
      reader.skip(8);
      break;
    case 0xfc:
      skipMiscImmediates(reader);
      break;
    case 0xfd:
      skipVectorImmediates(reader);
      break;
    case 0xfe:
      skipAtomicImmediates(reader);
      break;
    default:
      reader.offset--;
      reader.fail(`unknown instruction 0x${op.toString(16)}`);
  }
}
