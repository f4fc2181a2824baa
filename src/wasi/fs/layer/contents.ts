import type { LayerFile } from "./layer.js";

/**
 * Puts the content of files into shared buffers. What lies in one already stays there; buffers that would mostly be kept for
 * nothing, or that hold less than what is copied anyway, are given up, so that their number grows only with the logarithm of what
 * they hold. Returns the buffers; the pieces of the files are replaced where they are.
 */
export function placeContents(files: readonly LayerFile[]): SharedArrayBuffer[] {
  const used = new Map<SharedArrayBuffer, number>();
  let fresh = 0;
  for (const { data } of files) {
    if (data.kind !== "file") continue;
    for (const { buffer, length } of data.pieces.values()) {
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
  for (const { data } of files) {
    if (data.kind !== "file") continue;
    for (const [number, piece] of data.pieces) {
      if (kept.has(piece.buffer)) continue;
      const copy = new Uint8Array(target, at, piece.length);
      copy.set(piece);
      at += piece.length;
      data.pieces.set(number, copy);
    }
  }
  const buffers = [...used.keys()].filter((buffer) => kept.has(buffer));
  return fresh > 0 ? [...buffers, target] : buffers;
}
