import type { MovieContentType } from '../contracts/studio-upload.ts';
import { type Sniffed, sniffPicture } from './sniff-picture.ts';

/** What an upload of pictures or movies really is, by its first bytes. */
export type SniffedUpload =
  | Sniffed
  /** A container of the right kind; which codecs are in it is found when it is probed. */
  | { readonly kind: 'movie'; readonly contentType: MovieContentType };

/** @param bytes the beginning of the upload; 64 KiB suffice but for JPEGs with long metadata */
export function sniffUpload(bytes: Uint8Array): SniffedUpload {
  const picture = sniffPicture(bytes);
  if (picture.kind !== 'other') {
    return picture;
  }
  const head = Buffer.from(bytes.subarray(0, 4096)).toString('latin1');
  if (/^[^]{4}ftyp/u.test(head)) {
    return sniffIsoMovie(head.slice(8, 12));
  }
  // QuickTime files from before `ftyp` begin with their index or their data.
  if (/^[^]{4}(moov|mdat|wide|free|skip)/u.test(head)) {
    return { kind: 'movie', contentType: 'video/quicktime' };
  }
  return head.startsWith('\u001aE\u00df\u00a3') ? sniffMatroska(head) : namedSound(head, picture);
}

/** By its major brand. Source: ISO/IEC 14496-12 and the MP4 registration authority's list of brands. */
function sniffIsoMovie(brand: string): SniffedUpload {
  if (brand === 'qt  ') {
    return { kind: 'movie', contentType: 'video/quicktime' };
  }
  return /^(M4A|M4B|M4P|F4A)/u.test(brand)
    ? { kind: 'other', looksLike: 'sound without a picture' }
    : { kind: 'movie', contentType: 'video/mp4' };
}

/** EBML's DocType is among its first elements. Source: RFC 8794 and RFC 9559. */
function sniffMatroska(head: string): SniffedUpload {
  return /B\u0082.webm/su.test(head)
    ? { kind: 'movie', contentType: 'video/webm' }
    : { kind: 'other', looksLike: 'a Matroska video' };
}

function namedSound(head: string, sniffed: SniffedUpload): SniffedUpload {
  const looksLike = otherMedia.find(([signature]) => signature.test(head))?.[1];
  return looksLike === undefined ? sniffed : { kind: 'other', looksLike };
}

const otherMedia: readonly (readonly [RegExp, string])[] = [
  [/^(ID3|\u00ff[\u00fb\u00f3\u00f2\u00f1\u00f9])/u, 'sound without a picture'],
  [/^(OggS|fLaC|RIFF[^]{4}WAVE)/u, 'sound without a picture'],
  [/^RIFF[^]{4}AVI /u, 'an AVI video'],
  [/^FLV\u0001/u, 'a Flash video'],
  [/^0&\u00b2u/u, 'a Windows Media video'],
];
