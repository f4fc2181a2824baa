import { CodeRewriter, copyFunctionIndex, type FuelIndexes, i32Type, interval } from "./code.js";
import { Op, skipImmediates } from "./instructions.js";
import { type ModuleOutline, readOutline, reread, SectionId, sectionOrder } from "./module.js";
import type { WasmReader } from "./wasm-reader.js";
import { WasmWriter } from "./wasm-writer.js";

const header = [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00];

/** Writes a module again with the import, the global and the code that make its loops burn fuel. */
class Rewriter {
  readonly #outline: ModuleOutline;
  readonly #fuel: FuelIndexes;
  /** The type of the import; one behind the last if the module has none like it. */
  readonly #fuelType: number;
  readonly #code: CodeRewriter;

  constructor(outline: ModuleOutline) {
    this.#outline = outline;
    this.#fuel = { function: outline.importedFunctions, global: outline.globalCount };
    this.#fuelType = outline.emptyType ?? outline.typeCount;
    this.#code = new CodeRewriter(this.#fuel);
  }

  get loops(): number {
    return this.#code.loops;
  }

  rewrite(size: number): Uint8Array {
    const writer = new WasmWriter(size + (size >> 3));
    writer.write(header);
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

  #section(id: number, section: WasmReader | undefined, writer: WasmWriter): void {
    if (id === SectionId.import) this.#imports(section, writer);
    else if (id === SectionId.global) this.#globals(section, writer);
    else if (!section) return;
    else if (id === SectionId.type) this.#types(section, writer);
    else if (id === SectionId.table) this.#tables(section, writer);
    else if (id === SectionId.export) this.#exports(section, writer);
    else if (id === SectionId.start) copyFunctionIndex(section, writer, this.#fuel);
    else if (id === SectionId.element) this.#elements(section, writer);
    else if (id === SectionId.code) this.#functions(section, writer);
    else writer.copy(section, section.offset, section.end);
  }

  #types(section: WasmReader, writer: WasmWriter): void {
    const count = section.u32();
    const missing = this.#fuelType === count;
    writer.u32(missing ? count + 1 : count);
    writer.copy(section, section.offset, section.end);
    if (missing) writer.write([0x60, 0, 0]);
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
    const mutable = 1;
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
      if (kind === 0) copyFunctionIndex(section, writer, this.#fuel);
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
        else copyFunctionIndex(section, writer, this.#fuel);
      }
    }
  }

  #functions(section: WasmReader, writer: WasmWriter): void {
    const { functionTypes, parameterCounts } = this.#outline;
    if (section.u32() !== functionTypes.length) section.fail("not as much code as functions");
    writer.u32(functionTypes.length);
    const body = new WasmWriter(65536);
    for (const type of functionTypes) {
      const parameters = parameterCounts[type] ?? section.fail(`no type ${type}`);
      body.clear();
      this.#code.rewrite(section.part(section.u32()), parameters, body);
      writer.u32(body.length);
      writer.write(body.bytes);
    }
  }

  /** A constant expression, up to and with its end. */
  #expression(reader: WasmReader, writer: WasmWriter): void {
    for (let op = -1; op !== Op.end; ) {
      const start = reader.offset;
      op = reader.byte();
      if (op === Op.refFunc) {
        writer.byte(op);
        copyFunctionIndex(reader, writer, this.#fuel);
      } else {
        skipImmediates(reader, op);
        writer.copy(reader, start, reader.offset);
      }
    }
  }

  /** Only the maps by function change: of the functions, and of their locals and labels. */
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

  /** @param nested whether each function has a map of names instead of a name */
  #nameMap(part: WasmReader, writer: WasmWriter, nested: boolean): void {
    let count = part.u32();
    writer.u32(count);
    for (; count > 0; count--) {
      copyFunctionIndex(part, writer, this.#fuel);
      const start = part.offset;
      for (let names = nested ? part.u32() : 1; names > 0; names--) {
        if (nested) part.u32();
        part.skip(part.u32());
      }
      writer.copy(part, start, part.offset);
    }
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
