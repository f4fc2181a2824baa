import { isUtf8 } from "node:buffer";
import ndjson from "ndjson";
import type { ProtocolCode } from "../protocol/codes.js";
import { describe } from "../protocol/explain.js";
import { type Frame, firstVisible, LineFramer } from "../protocol/framing.js";
import { MAX_NESTING } from "../protocol/limits.js";
import { isNestedDeeper } from "../protocol/nesting.js";

/** A JSON object and the size of its line, or what is wrong with the line. */
export type Received =
  | { readonly ok: true; readonly value: object; readonly bytes: number }
  | { readonly ok: false; readonly code: ProtocolCode; readonly error: string };

const OPENING_BRACE = 0x7b;

/**
 * Turns bytes into JSON objects, one per line, in order. `ndjson` parses; it only ever sees whole, bounded lines of valid
 * UTF-8 that begin like an object, and is asked for one result at a time.
 */
export class LineReader {
  private readonly framer: LineFramer;
  private readonly parser = ndjson.parse();
  private parsed: object | undefined;

  constructor(
    private readonly maxLineBytes: number,
    private readonly receive: (received: Received) => void,
  ) {
    this.framer = new LineFramer(maxLineBytes, (frame) => this.receive(this.read(frame)));
    this.parser.on("data", (value: object) => {
      this.parsed = value;
    });
    // A line that does not parse leaves nothing behind; `parse` explains it.
    this.parser.on("error", () => {});
  }

  push(chunk: Uint8Array): void {
    this.framer.push(chunk);
  }

  end(): void {
    this.framer.end();
  }

  private read(frame: Frame): Received {
    if (frame.kind === "too_long") {
      return {
        ok: false,
        code: "LINE_TOO_LONG",
        error: `the line is longer than ${this.maxLineBytes} bytes`,
      };
    }
    const line = Buffer.from(frame.bytes.buffer, frame.bytes.byteOffset, frame.bytes.byteLength);
    if (!isUtf8(line)) {
      return {
        ok: false,
        code: "INVALID_UTF8",
        error: `the line is not valid UTF-8 (${locateInvalid(line)})`,
      };
    }
    if (isNestedDeeper(line, MAX_NESTING)) {
      const error = `the line has arrays or objects nested more than ${MAX_NESTING} deep, and no request needs that`;
      return { ok: false, code: "INVALID_REQUEST", error };
    }
    return firstVisible(line) === OPENING_BRACE ? this.parse(line) : explainOther(line);
  }

  /** The parser answers within `write`: it is never paused, and its output is taken at once. */
  private parse(line: Buffer): Received {
    this.parsed = undefined;
    this.parser.write(line);
    return this.parsed ? { ok: true, value: this.parsed, bytes: line.length } : explainOther(line);
  }
}

/** Says what is wrong with a line that is no JSON object. */
function explainOther(line: Buffer): Received {
  try {
    const error = `a request is a JSON object, got ${describe(JSON.parse(line.toString("utf8")))}`;
    return { ok: false, code: "INVALID_REQUEST", error };
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    return { ok: false, code: "INVALID_JSON", error: `the line is not JSON: ${detail}` };
  }
}

function locateInvalid(line: Buffer): string {
  const repaired = Buffer.from(line.toString("utf8"));
  let index = 0;
  while (line[index] === repaired[index]) index++;
  return `first at byte ${index}`;
}
