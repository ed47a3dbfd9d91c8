import type { CampaignLimits } from '../../../functions/contracts/campaign.ts';
import type { UploadContentType } from '../../../functions/contracts/picture-type.ts';
import { inBytes } from './in-bytes.ts';
import { sniffPicture } from './sniff-picture.ts';

const names: Readonly<Record<UploadContentType, string>> = {
  'image/jpeg': 'JPEG',
  'image/png': 'PNG',
  'image/webp': 'WebP',
  'image/avif': 'AVIF',
  'image/gif': 'GIF',
};

/** For the `accept` of file inputs. Phones convert their own formats when this list does not name them. */
export const acceptedTypes = Object.keys(names).join(',');

/** `JPEG, PNG, WebP, AVIF or GIF`. */
export const acceptedInWords = Object.values(names)
  .join(', ')
  .replace(/, (\w+)$/u, ' or $1');

export const nameOfType = (type: UploadContentType): string => names[type];

export interface PhotoFile {
  readonly name: string;
  readonly size: number;
  readonly head: Uint8Array;
}

export type PhotoCheck =
  | { readonly ok: true; readonly contentType: UploadContentType }
  | { readonly ok: false; readonly sentence: string };

/** What can be said about a file before anything is sent. */
export function checkPhoto(
  { name, size, head }: PhotoFile,
  { maxBytes }: Pick<CampaignLimits, 'maxBytes'>,
): PhotoCheck {
  if (size === 0) {
    return refuse(`“${name}” is empty. Choose another picture.`);
  }
  const type = sniffPicture(head);
  if (type === 'image/heic') {
    return refuse(
      `“${name}” is a HEIC picture, which cannot be used here. Send ${acceptedInWords}: on an iPhone, set Settings › Camera › Formats to “Most Compatible”, or send a screenshot of it.`,
    );
  }
  if (type === 'image/svg+xml') {
    return refuse(`“${name}” is an SVG drawing, which cannot be used here. Send ${acceptedInWords}.`);
  }
  if (type === undefined) {
    return refuse(`“${name}” is not a picture that can be used here. Send ${acceptedInWords}.`);
  }
  if (size > maxBytes) {
    return refuse(
      `“${name}” is ${inBytes(size)} large; this campaign takes pictures of up to ${inBytes(maxBytes)}. Choose a smaller one.`,
    );
  }
  return { ok: true, contentType: type };
}

/** What can be said once the browser has shown the picture; undefined when it fits. */
export function checkDimensions(
  { width, height }: { readonly width: number; readonly height: number },
  { maxPixels, minPixelsPerSide }: Pick<CampaignLimits, 'maxPixels' | 'minPixelsPerSide'>,
): string | undefined {
  if (Math.min(width, height) < minPixelsPerSide) {
    return `This picture is only ${width} × ${height} pixels; at least ${minPixelsPerSide} on each side are needed.`;
  }
  if (width * height > maxPixels) {
    const megapixels = (pixels: number): string => `${Math.round(pixels / 100_000) / 10}`;
    return `This picture has ${megapixels(width * height)} megapixels; this campaign takes up to ${megapixels(maxPixels)}.`;
  }
  return undefined;
}

const refuse = (sentence: string): PhotoCheck => ({ ok: false, sentence });
