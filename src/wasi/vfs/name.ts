/**
 * Linux names are bytes; here they are strings. Valid UTF-8 becomes what it says. A byte that is not part of valid UTF-8
 * becomes the lone surrogate U+DC00 + byte, and comes back as that byte, so that every name survives the round trip.
 */
const strictDecoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
const encoder = new TextEncoder();

export function decodeName(bytes: Uint8Array): string {
  let ascii = "";
  if (bytes.length < 64) {
    let i = 0;
    for (; i < bytes.length; i++) {
      const byte = bytes[i] as number;
      if (byte >= 0x80) break;
      ascii += String.fromCharCode(byte);
    }
    if (i === bytes.length) return ascii;
  }
  try {
    return strictDecoder.decode(bytes);
  } catch {
    return decodeWithEscapes(bytes);
  }
}

export function encodeName(name: string): Uint8Array {
  if (!LONE_ESCAPE.test(name)) return encoder.encode(name);
  const parts: number[] = [];
  for (const char of name) {
    const code = char.codePointAt(0) ?? 0;
    if (code >= 0xdc80 && code <= 0xdcff) parts.push(code - 0xdc00);
    else parts.push(...encoder.encode(char));
  }
  return Uint8Array.from(parts);
}

const LONE_ESCAPE = /(?<![\ud800-\udbff])[\udc80-\udcff]/;

/** Length in bytes of the UTF-8 sequence that starts with `lead`, 0 when none can. */
function sequenceLength(lead: number): number {
  if (lead < 0x80) return 1;
  if (lead >= 0xc2 && lead <= 0xdf) return 2;
  if (lead >= 0xe0 && lead <= 0xef) return 3;
  if (lead >= 0xf0 && lead <= 0xf4) return 4;
  return 0;
}

function decodeWithEscapes(bytes: Uint8Array): string {
  let text = "";
  for (let i = 0; i < bytes.length; ) {
    const lead = bytes[i] as number;
    const length = sequenceLength(lead);
    let piece: string | undefined;
    if (length > 0 && i + length <= bytes.length) {
      try {
        piece = strictDecoder.decode(bytes.subarray(i, i + length));
      } catch {
        piece = undefined;
      }
    }
    if (piece === undefined) {
      text += String.fromCharCode(0xdc00 + lead);
      i += 1;
    } else {
      text += piece;
      i += length;
    }
  }
  return text;
}
