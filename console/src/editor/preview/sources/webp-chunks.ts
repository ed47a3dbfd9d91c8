interface WebpChunk {
  readonly name: string;
  readonly data: Uint8Array;
}

/** The chunks of a WebP file (WebP Container Specification), as far as they are whole. */
export function webpChunks(file: Uint8Array, start = 12): WebpChunk[] {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const chunks: WebpChunk[] = [];
  for (let at = start; at + 8 <= file.length;) {
    const length = view.getUint32(at + 4, true);
    const data = file.subarray(at + 8, at + 8 + length);
    chunks.push({ name: String.fromCodePoint(...file.subarray(at, at + 4)), data });
    at += 8 + length + (length & 1);
  }
  return chunks;
}
