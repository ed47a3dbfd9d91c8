import type { UploadContentType } from '../../../functions/contracts/picture-type.ts';

/** What the first bytes of a file say that it is. `undefined`: not a picture that is known here. */
export type SniffedType = UploadContentType | 'image/heic' | 'image/svg+xml' | undefined;

/** How many bytes `sniffPicture` wants to see. */
export const sniffBytes = 256;

const heicBrands = new Set(['heic', 'heix', 'heim', 'heis', 'hevc', 'hevx', 'hevm', 'hevs', 'mif1']);

/** Phones and messengers give pictures wrong names and types; the bytes are right. */
export function sniffPicture(head: Uint8Array): SniffedType {
  const text = String.fromCharCode(...head.subarray(0, sniffBytes));
  if (text.startsWith('\xff\xd8\xff')) {
    return 'image/jpeg';
  }
  if (text.startsWith('\x89PNG\r\n\x1a\n')) {
    return 'image/png';
  }
  if (text.startsWith('GIF87a') || text.startsWith('GIF89a')) {
    return 'image/gif';
  }
  if (text.startsWith('RIFF') && text.slice(8, 12) === 'WEBP') {
    return 'image/webp';
  }
  if (text.slice(4, 8) === 'ftyp') {
    return ofBrands(text, head);
  }
  return /<svg[\s>]/iu.test(text) ? 'image/svg+xml' : undefined;
}

/** ISO base media files name their brands: the major one, a version, then the compatible ones up to the end of the box. */
function ofBrands(text: string, head: Uint8Array): SniffedType {
  const length = new DataView(head.buffer, head.byteOffset).getUint32(0);
  const brands: readonly string[] = text.slice(8, Math.min(length, text.length)).match(/.{4}/gsu) ?? [];
  if (brands.includes('avif') || brands.includes('avis')) {
    return 'image/avif';
  }
  return brands.some((brand) => heicBrands.has(brand)) ? 'image/heic' : undefined;
}
