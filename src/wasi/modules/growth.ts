import { reread, SectionId } from "../fuel/module.js";
import type { WasmReader } from "../fuel/wasm-reader.js";
import type { WasmWriter } from "../fuel/wasm-writer.js";
import { rewriteSections } from "./sections.js";

const MAX_PAGES = 65536;
/** Tables are no part of a program's memory, but of ours: what no program needs is not to be had. */
const MAX_TABLES = 16;
const MAX_ELEMENTS = 1 << 20;

/**
 * Makes sure that a module's memory does not grow beyond `maxPages`, and that its tables stay small.
 *
 * @throws WasmFormatError also for memories that are shared or have 64-bit addresses
 */
export function limitGrowth(module: Uint8Array, maxPages: number): Uint8Array {
  return rewriteSections(module, {
    [SectionId.memory]: (section, writer) => {
      const count = section.u32();
      writer.u32(count);
      for (let i = 0; i < count; i++) limit(section, MAX_PAGES, maxPages, writer);
    },
    [SectionId.table]: (section, writer) => {
      const count = section.u32();
      if (count > MAX_TABLES) section.fail("too many tables");
      writer.u32(count);
      for (let i = 0; i < count; i++) limitTable(section, writer);
    },
  });
}

/** The number of pages that the first memory of a module has at the start; 0 when it has none. */
export function initialPages(section: WasmReader | undefined): number {
  const reader = section && reread(section);
  if (reader === undefined || reader.u32() === 0) return 0;
  reader.byte();
  return reader.u32();
}

function limitTable(section: WasmReader, writer: WasmWriter): void {
  const start = section.offset;
  if (section.bytes[start] === 0x40) section.fail("a table with an initial value");
  section.skipValueType();
  writer.copy(section, start, section.offset);
  const minimum = limit(section, Number.POSITIVE_INFINITY, MAX_ELEMENTS, writer);
  if (minimum > MAX_ELEMENTS) section.fail("a table that is too large");
}

/** Copies limits with their maximum, which is `unlimited` if there is none, cut to `most`. Returns the minimum. */
function limit(section: WasmReader, unlimited: number, most: number, writer: WasmWriter): number {
  const flags = section.byte();
  if (flags > 1) section.fail("shared, or with 64-bit addresses");
  const minimum = section.u32();
  const maximum = flags === 1 ? section.u32() : unlimited;
  writer.byte(1);
  writer.u32(minimum);
  writer.u32(Math.max(minimum, Math.min(maximum, most)));
  return minimum;
}
