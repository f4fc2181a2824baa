import type { Pieces } from "../memfs/file-body.js";
import type { LayerFile } from "./layer.js";

/**
 * Puts the content of files into shared buffers. What lies in one already stays there; buffers that would mostly be kept for
 * nothing, or that hold less than what is copied anyway, are given up, so that their number grows only with the logarithm of what
 * they hold.
 */
export function placeContents(files: readonly LayerFile[]): {
  readonly buffers: readonly SharedArrayBuffer[];
  readonly files: readonly LayerFile[];
} {
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
  const place = (file: LayerFile): LayerFile => {
    if (file.data.kind !== "file" || liesIn(kept, file.data.pieces)) return file;
    const pieces = new Map<number, Uint8Array>();
    for (const [number, piece] of file.data.pieces) {
      if (kept.has(piece.buffer)) {
        pieces.set(number, piece);
        continue;
      }
      const copy = new Uint8Array(target, at, piece.length);
      copy.set(piece);
      at += piece.length;
      pieces.set(number, copy);
    }
    return { inode: file.inode, data: { ...file.data, pieces } };
  };
  const placed = files.map(place);
  const buffers = [...used.keys()].filter((buffer) => kept.has(buffer));
  return { buffers: fresh > 0 ? [...buffers, target] : buffers, files: placed };
}

function liesIn(buffers: ReadonlySet<ArrayBufferLike>, pieces: Pieces): boolean {
  for (const { buffer } of pieces.values()) if (!buffers.has(buffer)) return false;
  return true;
}
