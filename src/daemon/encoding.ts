import { isUtf8 } from "node:buffer";
import type { KeptOutput } from "../machine/messages.js";
import { continuationPrefix, incompleteSuffix } from "../protocol/utf8.js";

/** Bytes as they stand in a JSON string. */
export interface Encoded {
  readonly data: string;
  readonly encoding: "utf8" | "base64";
}

export function encode(bytes: Uint8Array, wanted: "text" | "base64"): Encoded {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return wanted === "text" && isUtf8(buffer)
    ? { data: buffer.toString("utf8"), encoding: "utf8" }
    : { data: buffer.toString("base64"), encoding: "base64" };
}

/** Undefined when `content` is not what `encoding` says. */
export function decode(
  content: string,
  encoding: "text" | "utf8" | "base64" = "text",
): Uint8Array<ArrayBuffer> | undefined {
  return encoding === "base64" ? decodeBase64(content) : new TextEncoder().encode(content);
}

/** Standard alphabet, padded, nothing else in between (RFC 4648 section 4). */
function decodeBase64(text: string): Uint8Array<ArrayBuffer> | undefined {
  const padding = text.endsWith("==") ? 2 : text.endsWith("=") ? 1 : 0;
  const size = (text.length / 4) * 3 - padding;
  if (text.length % 4 !== 0 || text.includes("-") || text.includes("_")) return undefined;
  // Buffer skips what it does not know, so that anything wrong shows in the size.
  const bytes = new Uint8Array(size);
  return Buffer.from(bytes.buffer).write(text, "base64") === size ? bytes : undefined;
}

export interface EncodedOutput extends Encoded {
  readonly omittedBytes: number;
  /** Where in the stream the omitted bytes were. */
  readonly omittedAt: number;
}

/** Puts the kept ends of a stream together. In text, a line says where bytes are missing. */
export function encodeKept({ head, tail, total }: KeptOutput, wanted: "text" | "base64"): EncodedOutput {
  if (total === head.length + tail.length) {
    const whole = tail.length === 0 ? head : Buffer.concat([head, tail]);
    return { ...encode(whole, wanted), omittedBytes: 0, omittedAt: 0 };
  }
  const headText = head.subarray(0, head.length - incompleteSuffix(head));
  const tailText = tail.subarray(continuationPrefix(tail));
  if (wanted === "text" && isUtf8(headText) && isUtf8(tailText)) {
    const omittedBytes = total - headText.length - tailText.length;
    const data = `${toText(headText)}\n[limpet: ${omittedBytes} bytes omitted]\n${toText(tailText)}`;
    return { data, encoding: "utf8", omittedBytes, omittedAt: headText.length };
  }
  return {
    data: Buffer.concat([head, tail]).toString("base64"),
    encoding: "base64",
    omittedBytes: total - head.length - tail.length,
    omittedAt: head.length,
  };
}

function toText(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("utf8");
}

/** Cuts one output stream into events without splitting a character. */
export class EventEncoder {
  private held = new Uint8Array(0);

  constructor(private readonly wanted: "text" | "base64") {}

  /** Undefined when the bytes are only the beginning of a character so far. */
  push(bytes: Uint8Array): Encoded | undefined {
    const joined = this.held.length > 0 ? Buffer.concat([this.held, bytes]) : bytes;
    const incomplete = this.wanted === "text" ? incompleteSuffix(joined) : 0;
    this.held = joined.slice(joined.length - incomplete);
    return this.encodePart(joined.subarray(0, joined.length - incomplete));
  }

  /** What is left at the end of the stream. */
  end(): Encoded | undefined {
    return this.encodePart(this.held);
  }

  private encodePart(bytes: Uint8Array): Encoded | undefined {
    return bytes.length > 0 ? encode(bytes, this.wanted) : undefined;
  }
}
