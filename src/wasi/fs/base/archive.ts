import type { BaseFileSpec, BaseImage } from "./image.js";

/** Where an archive is. */
export interface ArchiveSource {
  read(offset: number, length: number): Uint8Array;
  /** Undoes the compression. */
  expand(bytes: Uint8Array): Uint8Array;
}

/** Files that are compressed together, one after the other. Paths are relative. A symbolic link has its target and no content. */
interface Group {
  readonly compressedBytes: number;
  readonly files: readonly (readonly [path: string, sizeOrTarget: number | string])[];
}

/**
 * The files of an archive that scripts/images/pack-tree.mjs has made: the length of its index (four bytes, little-endian), the
 * index, which is a compressed JSON array of groups, and the groups. A group is expanded when the first of its files is read,
 * and kept.
 */
export function archiveImage(source: ArchiveSource): BaseImage {
  const length = source.read(0, LENGTH_BYTES);
  const indexBytes = new DataView(length.buffer, length.byteOffset).getUint32(0, true);
  const index = new TextDecoder().decode(source.expand(source.read(LENGTH_BYTES, indexBytes)));
  const files: Record<string, BaseFileSpec> = {};
  const symlinks: Record<string, string> = {};
  let offset = LENGTH_BYTES + indexBytes;
  for (const group of JSON.parse(index) as readonly Group[]) {
    const content = expandOnce(source, offset, group.compressedBytes);
    let end = 0;
    for (const [path, size] of group.files) {
      if (typeof size === "string") {
        symlinks[`/${path}`] = size;
        continue;
      }
      const start = end;
      end += size;
      files[`/${path}`] = { content: { size, load: () => content().subarray(start, start + size) } };
    }
    offset += group.compressedBytes;
  }
  return { files, symlinks };
}

const LENGTH_BYTES = 4;

function expandOnce(source: ArchiveSource, offset: number, length: number): () => Uint8Array {
  let content: Uint8Array | undefined;
  return () => {
    content ??= source.expand(source.read(offset, length));
    return content;
  };
}
