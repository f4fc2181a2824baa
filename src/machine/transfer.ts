/** From this size on, bytes are handed to the other thread instead of copied. */
const TRANSFER_BYTES = 32 * 1024;

/** The bytes in a buffer that holds nothing else: posting a view would copy the whole buffer behind it. */
export function ownBytes(bytes: Uint8Array): Uint8Array {
  return bytes.length === bytes.buffer.byteLength ? bytes : bytes.slice();
}

export function transferable(arrays: readonly Uint8Array[]): ArrayBuffer[] {
  return arrays
    .map((bytes) => bytes.buffer)
    .filter(
      (buffer): buffer is ArrayBuffer => buffer instanceof ArrayBuffer && buffer.byteLength >= TRANSFER_BYTES,
    );
}
