import { emptyBlock, Op, skipImmediates } from "./instructions.js";
import { type ModuleOutline, readOutline, reread, SectionId, sectionOrder } from "./module.js";
import type { WasmReader } from "./wasm-reader.js";
import { WasmWriter } from "./wasm-writer.js";

const interval = 16384;
const entryCharge = 8;

const i32Type = 0x7f;
const mutable = 1;

/** Moves the functions behind the new import by one, wherever a module names a function. */
class Rewriter {
  readonly #outline: ModuleOutline;
  /** The index of the new import, and of the new global. */
  readonly #fuelFunction: number;
  readonly #fuelGlobal: number;
  readonly #fuelType: number;
  /** For the instructions of one function, whose locals are written before it. */
  readonly #instructions = new WasmWriter(65536);
  loops = 0;

  constructor(outline: ModuleOutline) {
    this.#outline = outline;
    this.#fuelFunction = outline.importedFunctions;
    this.#fuelGlobal = outline.globalCount;
    this.#fuelType = outline.emptyType ?? outline.typeCount;
  }

  #functionIndex(reader: WasmReader, writer: WasmWriter): void {
    const index = reader.u32();
    writer.u32(index < this.#fuelFunction ? index : index + 1);
  }

  /** A constant expression, up to and with its end. */
  #expression(reader: WasmReader, writer: WasmWriter): void {
    for (;;) {
      const start = reader.offset;
      const op = reader.byte();
      if (op === Op.refFunc) {
        writer.byte(op);
        this.#functionIndex(reader, writer);
        continue;
      }
      skipImmediates(reader, op);
      writer.copy(reader, start, reader.offset);
      if (op === Op.end) return;
    }
  }

  #types(section: WasmReader, writer: WasmWriter): void {
    const count = section.u32();
    const added = this.#fuelType === count;
    writer.u32(added ? count + 1 : count);
    writer.copy(section, section.offset, section.end);
    if (added) writer.write([0x60, 0, 0]);
  }

  #imports(section: WasmReader | undefined, writer: WasmWriter): void {
    writer.u32((section?.u32() ?? 0) + 1);
    if (section) writer.copy(section, section.offset, section.end);
    writer.name("k");
    writer.name("fuel");
    writer.byte(0);
    writer.u32(this.#fuelType);
  }

  #tables(section: WasmReader, writer: WasmWriter): void {
    let count = section.u32();
    writer.u32(count);
    for (; count > 0; count--) {
      const start = section.offset;
      const initialized = section.bytes[start] === 0x40;
      if (initialized) section.skip(2);
      section.skipValueType();
      section.skipLimits();
      writer.copy(section, start, section.offset);
      if (initialized) this.#expression(section, writer);
    }
  }

  #globals(section: WasmReader | undefined, writer: WasmWriter): void {
    let count = section?.u32() ?? 0;
    writer.u32(count + 1);
    for (; section && count > 0; count--) {
      const start = section.offset;
      section.skipValueType();
      section.skip(1);
      writer.copy(section, start, section.offset);
      this.#expression(section, writer);
    }
    writer.write([i32Type, mutable, Op.i32Const]);
    writer.s32(interval);
    writer.byte(Op.end);
  }

  #exports(section: WasmReader, writer: WasmWriter): void {
    let count = section.u32();
    writer.u32(count);
    for (; count > 0; count--) {
      const start = section.offset;
      section.skip(section.u32());
      const kind = section.byte();
      writer.copy(section, start, section.offset);
      if (kind === 0) this.#functionIndex(section, writer);
      else writer.u32(section.u32());
    }
  }

  #elements(section: WasmReader, writer: WasmWriter): void {
    let count = section.u32();
    writer.u32(count);
    for (; count > 0; count--) {
      const flags = section.u32();
      if (flags > 7) section.fail(`unknown kind of element segment ${flags}`);
      writer.u32(flags);
      const passive = (flags & 1) !== 0;
      const explicit = (flags & 2) !== 0;
      const expressions = (flags & 4) !== 0;
      if (!passive) {
        if (explicit) writer.u32(section.u32());
        this.#expression(section, writer);
      }
      if (passive || explicit) {
        const start = section.offset;
        if (expressions) section.skipValueType();
        else section.skip(1);
        writer.copy(section, start, section.offset);
      }
      let items = section.u32();
      writer.u32(items);
      for (; items > 0; items--) {
        if (expressions) this.#expression(section, writer);
        else this.#functionIndex(section, writer);
      }
    }
  }

  #code(section: WasmReader, writer: WasmWriter): void {
    let count = section.u32();
    if (count !== this.#outline.functionTypes.length) section.fail("not as much code as functions");
    writer.u32(count);
    const body = new WasmWriter(65536);
    for (const type of this.#outline.functionTypes) {
      body.clear();
      const parameters = this.#outline.parameterCounts[type];
      if (parameters === undefined) section.fail(`no type ${type}`);
      this.#function(section.part(section.u32()), parameters, body);
      writer.u32(body.length);
      writer.write(body.bytes);
      count--;
    }
  }

  /** One function. Each depth of nested loops gets a local that counts rounds. */
  #function(reader: WasmReader, parameters: number, writer: WasmWriter): void {
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

  /** @returns how deep loops are nested */
  #body(reader: WasmReader, firstLocal: number): number {
    const writer = this.#instructions;
    const blocks: boolean[] = []; // of those around the instruction: is it a loop?
    let depth = 0;
    let maximum = 0;
    let copied = reader.offset;
    while (!reader.done) {
      const start = reader.offset;
      const op = reader.byte();
      switch (op) {
        case Op.call:
        case Op.returnCall:
        case Op.refFunc:
          writer.copy(reader, copied, reader.offset);
          this.#functionIndex(reader, writer);
          copied = reader.offset;
          continue;
        case Op.loop:
          skipImmediates(reader, op);
          writer.copy(reader, copied, start);
          this.#chargeEntry(firstLocal + depth);
          writer.copy(reader, start, reader.offset);
          this.#countRound(firstLocal + depth);
          copied = reader.offset;
          blocks.push(true);
          depth++;
          maximum = Math.max(maximum, depth);
          this.loops++;
          continue;
        case Op.block:
        case Op.if:
        case Op.try:
        case Op.tryTable:
          blocks.push(false);
          break;
        case Op.end:
        case Op.delegate:
          if (blocks.pop()) depth--;
          break;
      }
      skipImmediates(reader, op);
    }
    writer.copy(reader, copied, reader.end);
    return maximum;
  }

  /** fuel -= entryCharge; rounds = fuel */
  #chargeEntry(rounds: number): void {
    const writer = this.#instructions;
    writer.byte(Op.globalGet);
    writer.u32(this.#fuelGlobal);
    writer.byte(Op.i32Const);
    writer.s32(entryCharge);
    writer.byte(Op.i32Subtract);
    writer.byte(Op.localTee);
    writer.u32(rounds);
    writer.byte(Op.globalSet);
    writer.u32(this.#fuelGlobal);
  }

  /** if (--rounds < 0) { k.fuel(); rounds = fuel = interval } */
  #countRound(rounds: number): void {
    const writer = this.#instructions;
    writer.byte(Op.localGet);
    writer.u32(rounds);
    writer.write([Op.i32Const, 1, Op.i32Subtract, Op.localTee]);
    writer.u32(rounds);
    writer.write([Op.i32Const, 0, Op.i32LessThan, Op.if, emptyBlock, Op.call]);
    writer.u32(this.#fuelFunction);
    writer.byte(Op.i32Const);
    writer.s32(interval);
    writer.byte(Op.localTee);
    writer.u32(rounds);
    writer.byte(Op.globalSet);
    writer.u32(this.#fuelGlobal);
    writer.byte(Op.end);
  }

  /** Only the maps by function index change: of functions, and of their locals and labels. */
  #names(section: WasmReader, writer: WasmWriter): void {
    writer.name("name");
    const content = new WasmWriter(section.end - section.offset);
    while (!section.done) {
      const id = section.byte();
      const part = section.part(section.u32());
      content.clear();
      if (id >= 1 && id <= 3) this.#nameMap(part, content, id > 1);
      else content.copy(part, part.offset, part.end);
      writer.section(id, content.bytes);
    }
  }

  #nameMap(part: WasmReader, writer: WasmWriter, nested: boolean): void {
    let count = part.u32();
    writer.u32(count);
    for (; count > 0; count--) {
      this.#functionIndex(part, writer);
      const start = part.offset;
      if (nested)
        for (let names = part.u32(); names > 0; names--) {
          part.u32();
          part.skip(part.u32());
        }
      else part.skip(part.u32());
      writer.copy(part, start, part.offset);
    }
  }

  #section(id: number, section: WasmReader | undefined, writer: WasmWriter): void {
    if (id === SectionId.import) return this.#imports(section, writer);
    if (id === SectionId.global) return this.#globals(section, writer);
    if (!section) return;
    switch (id) {
      case SectionId.type:
        return this.#types(section, writer);
      case SectionId.table:
        return this.#tables(section, writer);
      case SectionId.export:
        return this.#exports(section, writer);
      case SectionId.start:
        return this.#functionIndex(section, writer);
      case SectionId.element:
        return this.#elements(section, writer);
      case SectionId.code:
        return this.#code(section, writer);
      default:
        return writer.copy(section, section.offset, section.end);
    }
  }

  rewrite(size: number): Uint8Array {
    const writer = new WasmWriter(size + (size >> 3));
    writer.write([0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00]);
    const content = new WasmWriter(size + (size >> 3));
    for (const id of sectionOrder) {
      const section = this.#outline.sections.get(id);
      content.clear();
      this.#section(id, section && reread(section), content);
      if (content.length > 0) writer.section(id, content.bytes);
    }
    if (this.#outline.names) {
      content.clear();
      this.#names(reread(this.#outline.names), content);
      writer.section(SectionId.custom, content.bytes);
    }
    return writer.bytes;
  }
}

/**
 * Makes a WebAssembly program interruptible. A program that computes never calls its host, so every loop is
 * made to burn fuel, and when that is used up, to call the imported function `k.fuel`, which may do other
 * things, throw, or return to let the program go on.
 *
 * Fuel is a global that a loop is charged for when it is entered; a local that starts from it counts the
 * loop's own rounds, because a global in memory would double the time of a tight loop:
 *
 *     fuel -= entryCharge; rounds = fuel                                // before the loop
 *     if (--rounds < 0) { k.fuel(); rounds = fuel = interval }          // at its head
 *
 * So a call comes after `interval` rounds as a rule, and after interval² / (2 × entryCharge) at the latest.
 * Custom sections other than the names are left out, as they would describe other code.
 *
 * @returns the rewritten module; the same bytes if it has no loop or imports `k.fuel` already
 * @throws WasmFormatError if the bytes are no module, or one that uses garbage-collected types
 */
export function addFuel(module: Uint8Array): Uint8Array {
  const outline = readOutline(module);
  if (outline.importsFuel || !outline.sections.has(SectionId.code)) return module;
  const rewriter = new Rewriter(outline);
  const rewritten = rewriter.rewrite(module.length);
  return rewriter.loops > 0 ? rewritten : module;
}
