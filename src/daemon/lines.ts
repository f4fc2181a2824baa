const NEWLINE = 10;

/** The lines `first` to `last`, counted from 1, as far as they are there; a last line may lack its newline. */
export function cutLines(
  bytes: Uint8Array,
  first: number,
  last: number,
): { readonly bytes: Uint8Array; readonly totalLines: number } {
  let line = 1;
  let from = first === 1 ? 0 : bytes.length;
  let to = bytes.length;
  for (let end = bytes.indexOf(NEWLINE); end >= 0; end = bytes.indexOf(NEWLINE, end + 1)) {
    if (line === last) to = end + 1;
    line++;
    if (line === first) from = end + 1;
  }
  const totalLines = bytes.length === 0 || bytes.at(-1) === NEWLINE ? line - 1 : line;
  return { bytes: bytes.subarray(from, Math.max(from, to)), totalLines };
}
