import { Op, skipImmediates } from "../fuel/instructions.js";
import { readOutline, SectionId } from "../fuel/module.js";
import type { WasmReader } from "../fuel/wasm-reader.js";
import { WasmWriter } from "../fuel/wasm-writer.js";
import { rewriteSections } from "./sections.js";

const I32 = 0x7f;
const EMPTY_BLOCK = 0x40;
/** The prefix of instructions that work on many bytes or elements at once, and which of them do. */
const BULK = 0xfc;
const BULK_OPERATIONS = new Set([8, 10, 11, 12, 14, 15, 17]);
/** call, call_indirect, return_call, return_call_indirect, call_ref, return_call_ref. */
const isCall = (op: number): boolean => op >= Op.call && op <= 0x15;
const ENTRY_LOOP = [Op.loop, EMPTY_BLOCK, Op.end];
/** Bulk operations count as one round of a loop per KiB: after a few of the largest, a call of the fuel is sure. */
const LOG2_BYTES_PER_ROUND = 10;

/**
 * Gives a user's module a loop wherever it can compute for long without one, for the fuel that loops burn: a function that calls
 * others, perhaps itself, begins with an empty loop, and a bulk operation is preceded by one with as many rounds as it is large.
 *
 * @throws WasmFormatError
 */
export function makeWorkVisible(module: Uint8Array): Uint8Array {
  const { parameterCounts, functionTypes } = readOutline(module);
  return rewriteSections(module, {
    [SectionId.code]: (section, writer) => {
      const count = section.u32();
      writer.u32(count);
      const body = new WasmWriter();
      for (let i = 0; i < count; i++) {
        const parameters =
          parameterCounts[functionTypes[i] ?? -1] ?? section.fail("a function without a type");
        body.clear();
        rewriteFunction(section.part(section.u32()), parameters, body);
        writer.u32(body.length);
        writer.write(body.bytes);
      }
    },
  });
}

function rewriteFunction(reader: WasmReader, parameters: number, writer: WasmWriter): void {
  const groups = reader.u32();
  const localsStart = reader.offset;
  let locals = parameters;
  for (let i = 0; i < groups; i++) {
    locals += reader.u32();
    reader.skipValueType();
  }
  const bodyStart = reader.offset;
  const { calls, bulkOperations } = scan(reader);
  const addsLocal = bulkOperations.length > 0;
  writer.u32(addsLocal ? groups + 1 : groups);
  writer.copy(reader, localsStart, bodyStart);
  if (addsLocal) writer.write([1, I32]);
  if (calls) writer.write(ENTRY_LOOP);
  let copied = bodyStart;
  for (const offset of bulkOperations) {
    writer.copy(reader, copied, offset);
    countRounds(writer, locals);
    copied = offset;
  }
  writer.copy(reader, copied, reader.end);
}

/** Whether a function calls others, and where its bulk operations are. */
function scan(reader: WasmReader): { calls: boolean; bulkOperations: number[] } {
  let calls = false;
  const bulkOperations: number[] = [];
  while (!reader.done) {
    const start = reader.offset;
    const op = reader.byte();
    if (isCall(op)) calls = true;
    else if (op === BULK && BULK_OPERATIONS.has(reader.bytes[reader.offset] ?? 0)) bulkOperations.push(start);
    skipImmediates(reader, op);
  }
  return { calls, bulkOperations };
}

/** rounds = size >>> 10; if (rounds) do {} while (--rounds), where the size is what is on the stack, and stays there. */
function countRounds(writer: WasmWriter, rounds: number): void {
  const get = (op: number): void => {
    writer.byte(op);
    writer.u32(rounds);
  };
  get(Op.localTee);
  get(Op.localGet);
  writer.write([Op.i32Const, LOG2_BYTES_PER_ROUND, 0x76]); // i32.shr_u
  get(Op.localTee);
  writer.write([Op.if, EMPTY_BLOCK, Op.loop, EMPTY_BLOCK]);
  get(Op.localGet);
  writer.write([Op.i32Const, 1, Op.i32Subtract]);
  get(Op.localTee);
  writer.write([0x0d, 0]); // br_if, to the loop
  writer.write([Op.end, Op.end]);
}
