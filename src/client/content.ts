/** Text, or bytes as base64, with the field that says which. */
export function toContent(content: string | Uint8Array): { content: string; encoding?: "base64" } {
  if (typeof content === "string") return { content };
  return { content: toBase64(content), encoding: "base64" };
}

export function toBase64({ buffer, byteOffset, byteLength }: Uint8Array): string {
  return Buffer.from(buffer, byteOffset, byteLength).toString("base64");
}
