import { RefusedCall } from "../calls/refused-call.js";

/** Replaces an exact string wherever it occurs, if it occurs as often as it is said to. */
export interface Edit {
  /** Not empty. */
  readonly old: string;
  readonly new: string;
  /** How often `old` must occur, without overlaps. */
  readonly count: number;
}

/** How many lines of occurrences an error names. */
const MOST_LINES = 10;

/** Applies the edits one after the other to UTF-8 text, of which other bytes may be part. Throws a RefusedCall for the first that does not fit. */
export function applyEdits(
  content: Uint8Array,
  edits: readonly Edit[],
): { readonly content: Uint8Array; readonly replacements: number } {
  let result = content;
  let replacements = 0;
  for (const [index, edit] of edits.entries()) {
    const places = placesOf(result, encode(edit.old));
    if (places.length !== edit.count) throw mismatch(result, edit, index, places);
    result = replaceAt(result, places, encode(edit.old).length, encode(edit.new));
    replacements += places.length;
  }
  return { content: result, replacements };
}

function encode(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

/** Where `wanted` begins, each occurrence after the end of the one before. */
function placesOf(content: Uint8Array, wanted: Uint8Array): readonly number[] {
  const places: number[] = [];
  const [first = 0] = wanted;
  for (let at = content.indexOf(first); at >= 0; ) {
    const found = beginsWith(content, wanted, at);
    if (found) places.push(at);
    at = content.indexOf(first, at + (found ? wanted.length : 1));
  }
  return places;
}

function beginsWith(content: Uint8Array, wanted: Uint8Array, at: number): boolean {
  if (at + wanted.length > content.length) return false;
  for (let i = 1; i < wanted.length; i++) if (content[at + i] !== wanted[i]) return false;
  return true;
}

function replaceAt(
  content: Uint8Array,
  places: readonly number[],
  oldLength: number,
  replacement: Uint8Array,
): Uint8Array {
  const result = new Uint8Array(content.length + places.length * (replacement.length - oldLength));
  let from = 0;
  let to = 0;
  for (const place of places) {
    result.set(content.subarray(from, place), to);
    to += place - from;
    result.set(replacement, to);
    to += replacement.length;
    from = place + oldLength;
  }
  result.set(content.subarray(from), to);
  return result;
}

function mismatch(
  content: Uint8Array,
  { old, count }: Edit,
  index: number,
  places: readonly number[],
): RefusedCall {
  const wanted = `it must occur ${times(count)}`;
  const found =
    places.length === 0
      ? `does not occur in the file${whyNot(content, old)}`
      : `occurs ${times(places.length)} (${linesOf(content, places)})`;
  return new RefusedCall("NO_MATCH", `\`edits[${index}].old\` ${found}; ${wanted}. Nothing was changed`);
}

function times(count: number): string {
  return count === 1 ? "once" : `${count} times`;
}

function linesOf(content: Uint8Array, places: readonly number[]): string {
  const lines: number[] = [];
  let line = 1;
  let at = 0;
  for (const place of places.slice(0, MOST_LINES)) {
    for (let end = content.indexOf(10, at); end >= 0 && end < place; end = content.indexOf(10, at)) {
      line++;
      at = end + 1;
    }
    lines.push(line);
  }
  const more = places.length > lines.length ? ", …" : "";
  return `${lines.length === 1 ? "line" : "lines"} ${lines.join(", ")}${more}`;
}

/** The two reasons why text that was seen in a file is not found in it. */
function whyNot(content: Uint8Array, old: string): string {
  if (old.includes("\n") && placesOf(content, encode(old.replaceAll(/\r?\n/g, "\r\n"))).length > 0)
    return ", but it would with the line ends \\r\\n that the file has";
  const trimmed = old.trim();
  if (trimmed !== old && trimmed !== "" && placesOf(content, encode(trimmed)).length > 0)
    return ", but it would without the space around it";
  return "";
}
