import { WasmReader } from "../fuel/wasm-reader.js";
import { WasmWriter } from "../fuel/wasm-writer.js";

const HEADER_SIZE = 8;

/** Writes the content of a section anew. */
export type SectionRewriter = (section: WasmReader, writer: WasmWriter) => void;

/** A copy of a module in which the sections with these numbers are written anew. */
export function rewriteSections(
  module: Uint8Array,
  rewriters: Readonly<Record<number, SectionRewriter>>,
): Uint8Array {
  const reader = new WasmReader(module);
  const writer = new WasmWriter(module.length + (module.length >> 3));
  writer.copy(reader, 0, HEADER_SIZE);
  reader.skip(HEADER_SIZE);
  while (!reader.done) {
    const start = reader.offset;
    const id = reader.byte();
    const section = reader.part(reader.u32());
    const rewrite = rewriters[id];
    if (rewrite === undefined) {
      writer.copy(reader, start, reader.offset);
      continue;
    }
    const content = new WasmWriter(section.end - section.offset + 1024);
    rewrite(section, content);
    writer.section(id, content.bytes);
  }
  return writer.bytes;
}
