/** What kind of character a byte is, as the terminal driver of Linux sees it. */

const DEL = 0x7f;

export function isControl(byte: number): boolean {
  return byte < 0x20 || byte === DEL;
}

/** A byte that goes on with a character of UTF-8. */
export function isContinuation(byte: number): boolean {
  return (byte & 0xc0) === 0x80;
}

/** What VWERASE takes for part of a word: letters, digits and the underscore; of UTF-8, the first byte tells. */
export function isWord(byte: number): boolean {
  return /\w/.test(String.fromCharCode(byte)) || (byte >= 0xc0 && byte !== 0xd7 && byte !== 0xf7);
}

/** A control character as it is echoed: ^X. */
export function caretNotation(byte: number): readonly [caret: number, letter: number] {
  return [0x5e, byte ^ 0x40];
}

export function toLower(byte: number): number {
  return byte >= 0x41 && byte <= 0x5a ? byte | 0x20 : byte;
}

export function toUpper(byte: number): number {
  return byte >= 0x61 && byte <= 0x7a ? byte & ~0x20 : byte;
}
