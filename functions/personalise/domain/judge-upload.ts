import type { Failure } from '../../contracts/job.ts';
import { acceptedPicturesInWords } from '../../contracts/picture-type.ts';
import { sniffPicture } from '../../kernel/sniff-picture.ts';
import type { JobRecord } from './job-record.ts';

type Limits = JobRecord['limits'];

/** `more` asks for a longer beginning of the upload before it can be judged. */
export type Judgement =
  | { readonly verdict: 'accepted' }
  | { readonly verdict: 'more' }
  | { readonly verdict: 'refused'; readonly failure: Failure };

const refused = (code: Failure['code'], message: string): Judgement => ({
  verdict: 'refused',
  failure: { code, message },
});

/**
 * Whether an upload is a picture that the campaign takes. Of an animation only the first frame is used, so its pixels are those of one frame.
 * @param bytes the beginning of the upload
 * @param size bytes of the whole upload
 */
export function judgeUpload(bytes: Uint8Array, size: number, limits: Limits): Judgement {
  if (size === 0) {
    return refused('empty-upload', `The file is empty. Send a ${acceptedPicturesInWords} picture.`);
  }
  if (size > limits.maxBytes) {
    return refused(
      'upload-too-large',
      `The file has ${inMegabytes(size)}; at most ${inMegabytes(limits.maxBytes)} are accepted.`,
    );
  }
  const sniffed = sniffPicture(bytes);
  switch (sniffed.kind) {
    case 'picture':
      return judgeDimensions(sniffed.width, sniffed.height, limits);
    case 'incomplete':
      return bytes.byteLength < size
        ? { verdict: 'more' }
        : refused('damaged-picture', 'The picture is damaged or incomplete. Send the original file.');
    case 'heic':
      return refused('unsupported-picture', 'HEIC pictures are not supported: send JPEG, PNG, WebP or AVIF.');
    case 'svg':
      return refused('unsupported-picture', 'SVG drawings are not accepted: send JPEG, PNG, WebP or AVIF.');
    case 'other':
      return refused(
        'not-a-picture',
        `The file looks like ${sniffed.looksLike === 'not a picture' ? 'no picture' : sniffed.looksLike}. Send a ${acceptedPicturesInWords} picture.`,
      );
  }
}

function judgeDimensions(width: number, height: number, limits: Limits): Judgement {
  const dimensions = `The picture has ${width} × ${height} pixels`;
  if (width * height > limits.maxPixels) {
    return refused(
      'too-many-pixels',
      `${dimensions}, ${inMegapixels(width * height)} in all; at most ${inMegapixels(limits.maxPixels)} are accepted.`,
    );
  }
  return Math.min(width, height) < limits.minPixelsPerSide
    ? refused('too-few-pixels', `${dimensions}; each side needs at least ${limits.minPixelsPerSide}.`)
    : { verdict: 'accepted' };
}

const inMegabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`;
const inMegapixels = (pixels: number): string => `${(pixels / 1e6).toFixed(1)} megapixels`;
