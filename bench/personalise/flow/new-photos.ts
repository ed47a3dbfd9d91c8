/** Bytes behind the end of a photo, which change nothing that is seen. */
const suffixLength = 24;
let sent = 0;

/**
 * One user's photo, with other bytes behind its end each time: nobody has sent it before. The same memory: a phone does not copy its photo either.
 * @param mark of this process
 */
export function newPhotos(photo: Uint8Array, mark: string): () => Buffer {
  const own = Buffer.concat([photo, Buffer.alloc(suffixLength)]);
  return () => {
    own.write(`${mark}${(sent += 1)}`.padStart(suffixLength), photo.length);
    return own;
  };
}
