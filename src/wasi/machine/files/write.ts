import { type EditedFile, type EditFile, FileFailure, type WriteFile } from "../../../machine/calls/files.js";
import { applyEdits } from "../../../machine/files/edits.js";
import { demandMatch } from "../../../machine/files/if-match.js";
import { AT_FDCWD } from "../../abi/linux/fcntl.js";
import type { Process } from "../../kernel/process.js";
import { readFile } from "./read.js";
import { prepareReplacement, type Replacement } from "./replacement.js";
import { createParents } from "./tree.js";

export function writeFiles(who: Process, files: readonly WriteFile[]): number {
  const prepared: Replacement[] = [];
  const carriedOut: Replacement[] = [];
  let current = "";
  try {
    for (const file of files) {
      current = file.path;
      prepared.push(prepare(who, file));
    }
    for (const [index, one] of prepared.entries()) {
      current = files[index]?.path ?? "";
      one.carryOut();
      carriedOut.push(one);
    }
  } catch (error) {
    for (const one of carriedOut.reverse()) one.undo();
    throw new FileFailure(current, error);
  } finally {
    for (const one of prepared) one.tidyUp();
  }
  return files.reduce((sum, { bytes }) => sum + bytes.length, 0);
}

/** Nothing else runs between reading and writing. */
export function editFile(who: Process, { path, edits, ifMatch }: EditFile): EditedFile {
  const whole = readFile(who, { path, offset: 0, length: undefined });
  if (ifMatch !== undefined) demandContent(who, path, ifMatch);
  const { content, replacements } = applyEdits(whole.bytes, edits);
  const file = { path, bytes: content, mode: undefined, append: false, createDirs: false };
  const one = prepare(who, file);
  try {
    one.carryOut();
  } finally {
    one.tidyUp();
  }
  return { replacements, size: content.length, sha256: who.kernel.host.digest(content) };
}

function prepare(who: Process, file: WriteFile): Replacement {
  if (file.createDirs) createParents(who, file.path);
  if (file.ifMatch !== undefined) demandContent(who, file.path, file.ifMatch);
  return prepareReplacement(who, file);
}

function demandContent(who: Process, path: string, wanted: string | null): void {
  const { inode } = who.kernel.vfs.walk(who, AT_FDCWD, path, "create");
  const content = inode && readFile(who, { path, offset: 0, length: undefined });
  demandMatch(wanted, content && who.kernel.host.digest(content.bytes));
}
