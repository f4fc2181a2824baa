import binaryen from "binaryen";

/** What engines do not have yet. The types of binaryen have no name for the second: several imports from one module as a group. */
const FUTURE = binaryen.Features.GC | (1 << 26);

/** The binary of a module in the text format, with names if they are asked for. */
export function assemble(text: string, names = false): Uint8Array {
  const module = binaryen.parseText(text);
  module.setFeatures(binaryen.Features.All & ~FUTURE);
  binaryen.setDebugInfo(names);
  const bytes = module.emitBinary();
  binaryen.setDebugInfo(false);
  module.dispose();
  return bytes;
}
