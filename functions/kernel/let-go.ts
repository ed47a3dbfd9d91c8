/**
 * Gives the memory of bytes back at once, where it is known that nobody reads them any more; they are empty from then on. Otherwise V8 finds it out by looking
 * through its whole heap, which it does for every 64 MB taken outside of it: with pictures and photos, in every second job. Part of a larger buffer is left
 * alone, since its rest may be somebody else's.
 */
export function letGo(bytes: Uint8Array): void {
  const { buffer } = bytes;
  if (buffer instanceof ArrayBuffer && bytes.byteLength === buffer.byteLength) {
    buffer.transfer(0);
  }
}
