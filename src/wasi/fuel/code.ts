import { emptyBlock, Op, skipImmediates } from "./instructions.js";
import type { WasmReader } from "./wasm-reader.js";
import { WasmWriter } from "./wasm-writer.js";

/** Fuel of a full tank: as many rounds of a loop. */
export const interval = 16384;

/** Fuel that entering a loop costs. */
const entryCharge = 8;

export const i32Type = 0x7f;

/** Where in the rewritten module the additions are. */
export interface FuelIndexes {
  /** The imported function: the last import, so that functions with code move by one. */
  function: number;
  /** The global that counts down. */
  global: number;
}

/** The index of a function of the old module, as it is in the new one. */
export function copyFunctionIndex(reader: WasmReader, writer: WasmWriter, fuel: FuelIndexes): void {
  const index = reader.u32();
  writer.u32(index < fuel.function ? index : index + 1);
}

/** Puts fuel into the loops of functions, one function after the other. */
export class CodeRewriter {
  /** How many loops there have been. */
  loops = 0;
  readonly #fuel: FuelIndexes;
  /** The instructions of one function: its locals, which come before them, depend on these. */
  readonly #instructions = new WasmWriter(65536);

  constructor(fuel: FuelIndexes) {
    this.#fuel = fuel;
  }

  /** @param parameters how many parameters the function has */
  rewrite(reader: WasmReader, parameters: number, writer: WasmWriter): void {
    const groups = reader.u32();
    const localsStart = reader.offset;
    let locals = parameters;
    for (let i = 0; i < groups; i++) {
      locals += reader.u32();
      reader.skipValueType();
    }
    const localsEnd = reader.offset;

    this.#instructions.clear();
    const depth = this.#body(reader, locals);
    writer.u32(depth > 0 ? groups + 1 : groups);
    writer.copy(reader, localsStart, localsEnd);
    if (depth > 0) {
      writer.u32(depth);
      writer.byte(i32Type);
    }
    writer.write(this.#instructions.bytes);
  }

  /**
   * Each depth of nested loops has a local that counts rounds, from `firstLocal` on.
   *
   * @returns how deep loops are nested
   */
  #body(reader: WasmReader, firstLocal: number): number {
    const writer = this.#instructions;
    const blocks: boolean[] = []; // of those around the instruction: is it a loop?
    let depth = 0;
    let maximum = 0;
    let copied = reader.offset;
    while (!reader.done) {
      const start = reader.offset;
      const op = reader.byte();
      if (op === Op.call || op === Op.returnCall || op === Op.refFunc) {
        writer.copy(reader, copied, reader.offset);
        copyFunctionIndex(reader, writer, this.#fuel);
        copied = reader.offset;
        continue;
      }
      skipImmediates(reader, op);
      if (op === Op.loop) {
        writer.copy(reader, copied, start);
        this.#chargeEntry(firstLocal + depth);
        writer.copy(reader, start, reader.offset);
        this.#countRound(firstLocal + depth);
        copied = reader.offset;
        blocks.push(true);
        depth++;
        maximum = Math.max(maximum, depth);
        this.loops++;
      } else if (op === Op.block || op === Op.if || op === Op.try || op === Op.tryTable) {
        blocks.push(false);
      } else if (op === Op.end || op === Op.delegate) {
        if (blocks.pop()) depth--;
      }
    }
    writer.copy(reader, copied, reader.end);
    return maximum;
  }

  /** fuel -= entryCharge; rounds = fuel */
  #chargeEntry(rounds: number): void {
    const writer = this.#instructions;
    writer.byte(Op.globalGet);
    writer.u32(this.#fuel.global);
    writer.byte(Op.i32Const);
    writer.s32(entryCharge);
    writer.byte(Op.i32Subtract);
    writer.byte(Op.localTee);
    writer.u32(rounds);
    writer.byte(Op.globalSet);
    writer.u32(this.#fuel.global);
  }

  /** if (--rounds < 0) { k.fuel(); rounds = fuel = interval } */
  #countRound(rounds: number): void {
    const writer = this.#instructions;
    writer.byte(Op.localGet);
    writer.u32(rounds);
    writer.write([Op.i32Const, 1, Op.i32Subtract, Op.localTee]);
    writer.u32(rounds);
    writer.write([Op.i32Const, 0, Op.i32LessThan, Op.if, emptyBlock, Op.call]);
    writer.u32(this.#fuel.function);
    writer.byte(Op.i32Const);
    writer.s32(interval);
    writer.byte(Op.localTee);
    writer.u32(rounds);
    writer.byte(Op.globalSet);
    writer.u32(this.#fuel.global);
    writer.byte(Op.end);
  }
}
