import { decodeName, encodeName } from "../../vfs/name.js";

/**
 * A program that is many commands finds out from the file that is run which one it is to be. So that a copy of such a file under
 * another name knows it too, the content of each file ends with a custom section that says the command's path.
 */
const SECTION = "limpet.command";

/** The size of the section for the command at `path`, in bytes. */
export function commandSectionSize(path: string): number {
  return commandSection(path).length;
}

/** `module` with the section for the command at `path`. */
export function withCommandSection(module: Uint8Array, path: string): Uint8Array {
  const section = commandSection(path);
  const bytes = new Uint8Array(module.length + section.length);
  bytes.set(module);
  bytes.set(section, module.length);
  return bytes;
}

/** The path that the section says; undefined when there is none. */
export function commandOf(module: WebAssembly.Module): string | undefined {
  const [content] = WebAssembly.Module.customSections(module, SECTION);
  return content === undefined ? undefined : decodeName(new Uint8Array(content));
}

/** Section id 0, size, length of the name, name, content; the sizes fit into one byte each. */
function commandSection(path: string): Uint8Array {
  const name = encodeName(SECTION);
  const content = encodeName(path);
  return Uint8Array.from([0, 1 + name.length + content.length, name.length, ...name, ...content]);
}
