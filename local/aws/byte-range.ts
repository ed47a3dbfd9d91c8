/**
 * The `Range` header as fauxqs reads it, for an object of `size` bytes: a suffix longer than the object is the whole object,
 * and what is not one range of bytes asks for nothing special (undefined), as in S3.
 */
export function byteRange(header: string, size: number): string | undefined {
  const match = /^bytes=(?:(\d+)-(\d*)|-(\d+))$/.exec(header);
  if (match === null) return undefined;
  const [, first, last, suffix] = match;
  if (suffix !== undefined) return Number(suffix) > size && size > 0 ? 'bytes=0-' : header;
  return last !== '' && Number(last) < Number(first) ? undefined : header;
}
