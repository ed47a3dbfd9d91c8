/** A number of three bytes, the lowest first. */
export const threeBytes = (data: Uint8Array, at: number): number =>
  (data[at] ?? 0) | ((data[at + 1] ?? 0) << 8) | ((data[at + 2] ?? 0) << 16);

/** `RIFF`, the length of all, `WEBP`. */
const headerLength = 12;

interface WebpChunk {
  readonly name: string;
  readonly data: Uint8Array;
}

/** The chunks of a WebP file (WebP Container Specification), as far as they are whole. */
export function webpChunks(file: Uint8Array): WebpChunk[] {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const chunks: WebpChunk[] = [];
  for (let at = headerLength; at + 8 <= file.length;) {
    const length = view.getUint32(at + 4, true);
    const data = file.subarray(at + 8, at + 8 + length);
    chunks.push({ name: String.fromCodePoint(...file.subarray(at, at + 4)), data });
    at += 8 + length + (length & 1);
  }
  return chunks;
}
