import type { StudioUploadRequest } from '../../../../functions/contracts/studio-upload.ts';
import { type SniffedType, sniffPicture } from '../../photo/sniff-picture.ts';

export type FileType = StudioUploadRequest['contentType'];

/** What the first bytes of a file say that it is. `undefined`: nothing that is known here. */
export type SniffedFile = SniffedType | FileType | 'video/x-matroska' | 'audio';

/** How many bytes `sniffFile` wants to see. */
export const sniffFileBytes = 4096;

/** A picture or a movie, by its bytes: names and declared types of files are often wrong. */
export function sniffFile(head: Uint8Array): SniffedFile {
  const picture = sniffPicture(head);
  if (picture !== undefined && picture !== 'image/svg+xml') {
    return picture;
  }
  const text = String.fromCharCode(...head.subarray(0, sniffFileBytes));
  const box = text.slice(4, 8);
  if (box === 'ftyp') {
    return ofBrand(text.slice(8, 12));
  }
  // QuickTime files from before `ftyp` begin with their index or their data.
  if (['moov', 'mdat', 'wide', 'free', 'skip'].includes(box)) {
    return 'video/quicktime';
  }
  // EBML's DocType is among its first elements: RFC 8794.
  if (text.startsWith('\x1aE\xdf\xa3')) {
    return /B\x82.webm/su.test(text) ? 'video/webm' : 'video/x-matroska';
  }
  return /^(ID3|OggS|fLaC|RIFF.{4}WAVE|\xff[\xfb\xf3\xf2\xf1\xf9])/su.test(text) ? 'audio' : picture;
}

/** Of ISO base media files, the major brand: ISO/IEC 14496-12. */
function ofBrand(brand: string): SniffedFile {
  if (brand === 'qt  ') {
    return 'video/quicktime';
  }
  return /^(M4A|M4B|M4P|F4A)/u.test(brand) ? 'audio' : 'video/mp4';
}
