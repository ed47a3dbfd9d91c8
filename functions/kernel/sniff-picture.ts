import { imageDimensionsFromData } from 'image-dimensions';
import type { UploadContentType } from '../contracts/picture-type.ts';

/** What an upload really is, by its bytes: the declared Content-Type is a claim, not a fact. */
export type Sniffed =
  | {
      readonly kind: 'picture';
      readonly contentType: UploadContentType;
      readonly width: number;
      readonly height: number;
    }
  /** The signature of an accepted type, but its dimensions are not within the bytes given. */
  | { readonly kind: 'incomplete' }
  | { readonly kind: 'heic' }
  | { readonly kind: 'svg' }
  /** `looksLike` names what it seems to be, for people. */
  | { readonly kind: 'other'; readonly looksLike: string };

const contentTypes = {
  jpeg: 'image/jpeg',
  png: 'image/png',
  webp: 'image/webp',
  avif: 'image/avif',
  gif: 'image/gif',
} as const satisfies Record<string, UploadContentType>;

/** @param bytes the beginning of the upload; 64 KiB suffice but for JPEGs with long metadata */
export function sniffPicture(bytes: Uint8Array): Sniffed {
  const found = imageDimensionsFromData(bytes);
  if (found?.type === 'heic') {
    return { kind: 'heic' };
  }
  if (found !== undefined) {
    return {
      kind: 'picture',
      contentType: contentTypes[found.type],
      width: found.width,
      height: found.height,
    };
  }
  const head = Buffer.from(bytes.subarray(0, 1024)).toString('latin1');
  if (/^(\u00ff\u00d8\u00ff|\u0089PNG|GIF8|RIFF[^]{4}WEBP)/u.test(head)) {
    return { kind: 'incomplete' };
  }
  if (/^[^]{4}ftyp/u.test(head)) {
    return sniffIsoMedia(head);
  }
  return /^\W*<(\?xml|!doctype svg|svg)/iu.test(head) && /<svg/iu.test(head)
    ? { kind: 'svg' }
    : {
        kind: 'other',
        looksLike: otherTypes.find(([signature]) => signature.test(head))?.[1] ?? 'not a picture',
      };
}

/** ISO base media files, by their brand: ISO/IEC 14496-12 and 23008-12. */
function sniffIsoMedia(head: string): Sniffed {
  const brands = head.slice(8, 64);
  if (/avif|avis/u.test(brands)) {
    return { kind: 'incomplete' };
  }
  return /hei[cxms]|hev[cxms]|mif1|msf1/u.test(brands)
    ? { kind: 'heic' }
    : { kind: 'other', looksLike: 'a video' };
}

const otherTypes: readonly (readonly [RegExp, string])[] = [
  [/^%PDF/u, 'a PDF document'],
  [/^(II\*\u0000|MM\u0000\*)/u, 'a TIFF picture'],
  [/^BM[^]{4}\u0000\u0000\u0000\u0000/u, 'a BMP picture'],
  [/^(\u0000\u0000\u0000\fJXL |\u00ff\n)/u, 'a JPEG XL picture'],
  [/^PK\u0003\u0004/u, 'a ZIP archive'],
  [/^\u001aE\u00df\u00a3/u, 'a video'],
  [/^\s*<(!doctype html|html)/iu, 'a web page'],
  [/^[^\u0000-\u0008\u000e-\u001f]+$/u, 'a text file'],
];
