import { PermanentError } from '../../kernel/errors.ts';
import { sniffUpload } from '../../kernel/sniff-upload.ts';

const accepted = 'JPEG, PNG, WebP, AVIF or GIF, or a movie: MP4 or MOV with H.264, or WebM with VP8 or VP9';

/** Whether it is to be read as a picture or as a movie. Throws a PermanentError `unsupported-source` for what is neither, with what to send instead. */
export function sniffSource(bytes: Uint8Array): 'picture' | 'movie' {
  const sniffed = sniffUpload(bytes);
  if (sniffed.kind === 'other' && bytes.byteLength > 0) {
    const what = sniffed.looksLike === 'not a picture' ? 'neither a picture nor a movie' : sniffed.looksLike;
    throw new PermanentError('unsupported-source', `The file looks like ${what}. Send ${accepted}.`);
  }
  return sniffed.kind === 'movie' ? 'movie' : 'picture';
}
