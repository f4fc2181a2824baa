const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/**
 * Whether arrays and objects in a JSON text lie inside each other more than `limit` deep. Looked at before parsing, because
 * a few megabytes of brackets become hundreds of megabytes of objects.
 */
export function isNestedDeeper(json: Uint8Array, limit: number): boolean {
  if (json.length <= limit) return false;
  let depth = 0;
  for (let index = 0; index < json.length; index++) {
    switch (json[index]) {
      case QUOTE:
        index = endOfString(json, index);
        break;
      case 0x5b: // [
      case 0x7b: // {
        if (++depth > limit) return true;
        break;
      case 0x5d: // ]
      case 0x7d: // }
        depth--;
        break;
    }
  }
  return false;
}

/** The index of the quote that closes the string opened at `start`, or the end of the text. */
function endOfString(json: Uint8Array, start: number): number {
  let end = start;
  for (;;) {
    end = json.indexOf(QUOTE, end + 1);
    if (end < 0) return json.length;
    let backslashes = 0;
    while (json[end - 1 - backslashes] === BACKSLASH) backslashes++;
    if (backslashes % 2 === 0) return end;
  }
}
