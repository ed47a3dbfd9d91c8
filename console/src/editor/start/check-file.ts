import { inBytes } from '../../photo/in-bytes.ts';
import { type FileType, sniffFile, type SniffedFile } from './sniff-file.ts';

/** The largest file that may be sent, in bytes: the contract's `largestStudioUpload`, whose module would bring a validation library to the page. */
export const largestFile = 50_000_000;

/** For the `accept` of file inputs. Phones convert their own formats when this list does not name them. */
export const acceptedFiles =
  'image/jpeg,image/png,image/webp,image/avif,image/gif,video/mp4,video/quicktime,video/webm';
const acceptedInWords = 'a picture (JPEG, PNG, WebP, AVIF), a GIF, or a clip (MP4, MOV, WebM)';

export type FileCheck =
  | { readonly ok: true; readonly contentType: FileType }
  | { readonly ok: false; readonly sentence: string };

/** What can be said about a file before anything is done with it. */
export function checkFile({
  name,
  size,
  head,
}: {
  readonly name: string;
  readonly size: number;
  readonly head: Uint8Array;
}): FileCheck {
  if (size === 0) {
    return { ok: false, sentence: `“${name}” is empty. Choose another file.` };
  }
  const type = sniffFile(head);
  if (!isFileType(type)) {
    return {
      ok: false,
      sentence: `“${name}” is ${others[type ?? ''] ?? 'not a picture or a clip'}, which cannot be used here. Choose ${acceptedInWords}.`,
    };
  }
  if (size > largestFile) {
    return {
      ok: false,
      sentence: `“${name}” is ${inBytes(size)} large; ${inBytes(largestFile)} is the most. Choose a smaller file, or a shorter clip.`,
    };
  }
  return { ok: true, contentType: type };
}

/** Whether it is something that may be sent. */
export const isFileType = (type: SniffedFile): type is FileType =>
  type !== undefined && acceptedFiles.split(',').includes(type);

const others: Readonly<Record<string, string>> = {
  'image/heic': 'a HEIC picture',
  'image/svg+xml': 'an SVG drawing',
  'video/x-matroska': 'a Matroska clip',
  audio: 'sound without a picture',
};
