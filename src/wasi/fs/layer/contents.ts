import type { Pieces } from "../memfs/file-body.js";

/** Where the pieces of files lie once they are shared. */
export interface PlacedContents {
  readonly buffers: readonly SharedArrayBuffer[];
  /** For each file given, in the same order. */
  readonly files: readonly Pieces[];
}

/**
 * Puts the pieces of files into shared buffers. Pieces that lie in one already stay there; buffers that would mostly be kept for
 * nothing, or that hold less than what is copied anyway, are given up, so that their number grows only with the logarithm of what
 * they hold.
 */
export function placeContents(files: readonly Pieces[]): PlacedContents {
  const used = new Map<SharedArrayBuffer, number>();
  let fresh = 0;
  for (const pieces of files) {
    for (const { buffer, length } of pieces.values()) {
      if (buffer instanceof SharedArrayBuffer) used.set(buffer, (used.get(buffer) ?? 0) + length);
      else fresh += length;
    }
  }
  const kept = new Set<ArrayBufferLike>();
  for (const [buffer, bytes] of [...used].sort(([a], [b]) => a.byteLength - b.byteLength)) {
    if (bytes * 2 < buffer.byteLength || buffer.byteLength <= fresh) fresh += bytes;
    else kept.add(buffer);
  }
  const target = new SharedArrayBuffer(fresh);
  let at = 0;
  const place = (piece: Uint8Array): Uint8Array => {
    if (kept.has(piece.buffer)) return piece;
    const copy = new Uint8Array(target, at, piece.length);
    copy.set(piece);
    at += piece.length;
    return copy;
  };
  const placed = files.map((pieces) => new Map([...pieces].map(([number, piece]) => [number, place(piece)])));
  const buffers = [...used.keys()].filter((buffer) => kept.has(buffer));
  return { buffers: fresh > 0 ? [...buffers, target] : buffers, files: placed };
}
