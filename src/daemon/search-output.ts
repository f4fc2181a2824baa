import { MAX_LINE_SHOWN } from "../protocol/limits.js";
import type { AnswerTo } from "../protocol/messages/index.js";
import { encode } from "./encoding.js";

type Match = AnswerTo<"search">["matches"][number];

const NEWLINE = 10;
const MINUS = 45;
const ESCAPE = "\u001b";
/** What grep writes after each part of a line that it marks. */
const END = `${ESCAPE}[m`;
/** What stands between groups of lines that do not touch. */
const SEPARATOR = Buffer.from("--\n");
const HERE = Buffer.from("./");

/**
 * How grep is to mark what matches, and the rest of each line that does: with a number that nobody knows in advance, so that nothing
 * in a file can be taken for it.
 */
export class Marks {
  readonly match: string;
  readonly rest: string;
  /** For the variable GREP_COLORS. */
  readonly colors: string;

  constructor(secret: number) {
    this.match = `${ESCAPE}[1;${secret}m`;
    this.rest = `${ESCAPE}[2;${secret}m`;
    this.colors = `ne:ms=1;${secret}:sl=2;${secret}:mc=:cx=:fn=:ln=:bn=:se=`;
  }
}

/** Takes the output of `grep -nHZ --color` apart as it comes: path, NUL, line number, `:` (in lines of the context `-`), text. */
export class SearchOutput {
  readonly matches: Match[] = [];
  /** There are more matches than `limit`. */
  full = false;
  private rest = Buffer.alloc(0);
  /** Lines of the context since the last match. */
  private context: { readonly line: number; readonly text: string }[] = [];

  constructor(
    private readonly marks: Marks,
    private readonly limit: number,
    private readonly contextLines: number,
  ) {}

  push(bytes: Uint8Array): void {
    this.rest = Buffer.concat([this.rest, bytes]);
    let from = 0;
    while (!this.full) {
      if (this.rest.subarray(from, from + SEPARATOR.length).equals(SEPARATOR)) {
        this.endGroup();
        from += SEPARATOR.length;
      }
      const nul = this.rest.indexOf(0, from);
      const end = nul < 0 ? -1 : this.rest.indexOf(NEWLINE, nul);
      if (end < 0) break;
      this.takeLine(this.rest.subarray(from, nul), this.rest.subarray(nul + 1, end));
      from = end + 1;
    }
    this.rest = this.rest.subarray(from);
  }

  /** Nothing belongs to the last match any more. */
  endGroup(): void {
    this.matches.at(-1)?.after?.push(...this.context.map(({ text }) => shorten(text).text));
    this.context = [];
  }

  private takeLine(path: Buffer, rest: Buffer): void {
    const digits = rest.findIndex((byte) => byte < 48 || byte > 57);
    const line = Number(rest.subarray(0, digits).toString("latin1"));
    const text = rest.subarray(digits + 1).toString("utf8");
    if (rest[digits] === MINUS) this.context.push({ line, text });
    else if (this.matches.length < this.limit) this.takeMatch(path, line, text);
    else this.full = true;
  }

  private takeMatch(path: Buffer, line: number, marked: string): void {
    const before = this.divideContext();
    const { text, column } = unmark(marked, this.marks);
    const inHere = path.subarray(0, HERE.length).equals(HERE);
    const { data, encoding } = encode(inHere ? path.subarray(HERE.length) : path, "text");
    this.matches.push({
      path: data,
      ...(encoding === "base64" && { path_encoding: encoding }),
      line,
      column,
      ...shorten(text),
      ...(this.contextLines > 0 && { before, after: [] }),
    });
  }

  /** Lines between two matches belong to the first as far as its context reaches, and then to the second. */
  private divideContext(): string[] {
    const last = this.matches.at(-1);
    const before: string[] = [];
    for (const { line, text } of this.context) {
      const isAfter = last !== undefined && line > last.line && line <= last.line + this.contextLines;
      (isAfter ? (last.after ?? []) : before).push(shorten(text).text);
    }
    this.context = [];
    return before;
  }
}

/** Each part of a marked line begins with the mark of the rest, has a match at its end or none, and then `END`. */
function unmark(line: string, { match, rest }: Marks): { readonly text: string; readonly column: number } {
  const parts = line.split(rest).map((part) => (part.endsWith(END) ? part.slice(0, -END.length) : part));
  const marked = parts.join("");
  const at = Math.max(0, marked.indexOf(match));
  return { text: marked.replaceAll(match, ""), column: [...marked.slice(0, at)].length + 1 };
}

function shorten(text: string): { readonly text: string; readonly text_truncated?: true } {
  if (text.length <= MAX_LINE_SHOWN) return { text };
  return {
    text: [...text.slice(0, 2 * MAX_LINE_SHOWN)].slice(0, MAX_LINE_SHOWN).join(""),
    text_truncated: true,
  };
}
