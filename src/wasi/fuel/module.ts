import { WasmReader } from "./wasm-reader.js";

export const SectionId = {
  custom: 0,
  type: 1,
  import: 2,
  function: 3,
  table: 4,
  memory: 5,
  global: 6,
  export: 7,
  start: 8,
  element: 9,
  code: 10,
  data: 11,
  dataCount: 12,
  tag: 13,
} as const;

/** All sections but custom ones, in the order a module has them. */
export const sectionOrder = [
  SectionId.type,
  SectionId.import,
  SectionId.function,
  SectionId.table,
  SectionId.memory,
  SectionId.tag,
  SectionId.global,
  SectionId.export,
  SectionId.start,
  SectionId.element,
  SectionId.dataCount,
  SectionId.code,
  SectionId.data,
];

/** What there is to know of a module before its code is read. */
export interface ModuleOutline {
  /** The contents of the sections by id, without custom sections. */
  sections: Map<number, WasmReader>;
  /** The content of the custom section "name". */
  names: WasmReader | undefined;
  typeCount: number;
  /** How many parameters a function of each type takes. */
  parameterCounts: number[];
  /** A type without parameters and results, if there is one. */
  emptyType: number | undefined;
  importedFunctions: number;
  globalCount: number;
  /** The type of each function that has code. */
  functionTypes: number[];
  /** The module imports `k.fuel` already. */
  importsFuel: boolean;
}

const magic = 0x6d736100;
const version = 1;

/** The start of a section's reader again, since a reader is used up. */
export function reread(section: WasmReader): WasmReader {
  return new WasmReader(section.bytes, section.offset, section.end);
}

function readTypes(reader: WasmReader, outline: ModuleOutline): void {
  outline.typeCount = reader.u32();
  for (let index = 0; index < outline.typeCount; index++) {
    if (reader.byte() !== 0x60) reader.fail("a type that is no function type is not supported");
    const parameters = reader.u32();
    for (let i = 0; i < parameters; i++) reader.skipValueType();
    const results = reader.u32();
    for (let i = 0; i < results; i++) reader.skipValueType();
    outline.parameterCounts.push(parameters);
    if (parameters === 0 && results === 0) outline.emptyType ??= index;
  }
}

function readImports(reader: WasmReader, outline: ModuleOutline): void {
  for (let count = reader.u32(); count > 0; count--) {
    const module = reader.name();
    const name = reader.name();
    const kind = reader.byte();
    switch (kind) {
      case 0:
        reader.u32();
        outline.importedFunctions++;
        if (module === "k" && name === "fuel") outline.importsFuel = true;
        break;
      case 1:
        reader.skipValueType();
        reader.skipLimits();
        break;
      case 2:
        reader.skipLimits();
        break;
      case 3:
        reader.skipValueType();
        reader.skip(1);
        outline.globalCount++;
        break;
      case 4:
        reader.skip(1);
        reader.u32();
        break;
      default:
        reader.fail(`unknown kind of import ${kind}`);
    }
  }
}

/**
 * @throws WasmFormatError if the bytes are no module, or one with garbage-collected types
 */
export function readOutline(bytes: Uint8Array): ModuleOutline {
  const outline: ModuleOutline = {
    sections: new Map(),
    names: undefined,
    typeCount: 0,
    parameterCounts: [],
    emptyType: undefined,
    importedFunctions: 0,
    globalCount: 0,
    functionTypes: [],
    importsFuel: false,
  };
  const reader = new WasmReader(bytes);
  const header = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 8 || header.getUint32(0, true) !== magic || header.getUint32(4, true) !== version)
    reader.fail("no WebAssembly module");
  reader.skip(8);

  while (!reader.done) {
    const id = reader.byte();
    const section = reader.part(reader.u32());
    if (id === SectionId.custom) {
      if (section.name() === "name") outline.names = section;
    } else if (!sectionOrder.some((known) => known === id)) reader.fail(`unknown section ${id}`);
    else if (outline.sections.has(id)) reader.fail(`a second section ${id}`);
    else outline.sections.set(id, section);
  }

  const part = (id: number): WasmReader | undefined => {
    const section = outline.sections.get(id);
    return section && reread(section);
  };
  const types = part(SectionId.type);
  if (types) readTypes(types, outline);
  const imports = part(SectionId.import);
  if (imports) readImports(imports, outline);
  const functions = part(SectionId.function);
  if (functions)
    for (let count = functions.u32(); count > 0; count--) outline.functionTypes.push(functions.u32());
  const globals = part(SectionId.global);
  if (globals) outline.globalCount += globals.u32();
  return outline;
}
