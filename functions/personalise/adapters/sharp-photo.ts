import sharp, { type Metadata } from 'sharp';
import type { CampaignLimits } from '../../contracts/campaign.ts';
import { acceptedPicturesInWords } from '../../contracts/picture-type.ts';
import { PermanentError } from '../../kernel/errors.ts';
import type { Picture } from '../../kernel/drawing/canvas.ts';
import { cropToCover, type FocalPoint, type Size } from '../../kernel/drawing/crop.ts';
import { decodeSize } from '../../kernel/drawing/decode-size.ts';
import { isDamage } from '../../kernel/sharp/is-damage.ts';
import { judgeUpload } from '../domain/judge-upload.ts';

/**
 * Decodes a photo once, upright, in 8-bit sRGB, at the size that lets every box be covered. Of an animation, the first frame. Throws a
 * PermanentError for what is not a whole picture of an accepted kind or is larger than the limits.
 */
export async function decodePhoto(
  bytes: Uint8Array,
  boxes: readonly Size[],
  limits: CampaignLimits,
): Promise<Picture> {
  refuseUnfit(bytes, limits);
  const options = { failOn: 'error', limitInputPixels: limits.maxPixels, pages: 1 } as const;
  try {
    const metadata = await sharp(bytes, options).metadata();
    const photo = uprightSize(metadata);
    const size = decodeSize(photo, boxes, metadata.format === 'jpeg');
    const { data, info } = await sharp(bytes, options)
      .autoOrient()
      .toColourspace('srgb')
      // Cubic: a quarter faster than the default, and it does not ring; what is left to do is done with the default.
      .resize(size.width, size.height, { fit: 'fill', kernel: 'cubic' })
      .raw()
      .toBuffer({ resolveWithObject: true });
    return toPicture(data, info);
  } catch (error) {
    if (!isDamage(error)) {
      throw error;
    }
    throw new PermanentError(
      'damaged-picture',
      `The picture is damaged or incomplete and could not be read. Send it again, or another one (${acceptedPicturesInWords}).`,
      { cause: error },
    );
  }
}

/** The part of the photo that covers a box, in the box's size. */
export async function coverBox(photo: Picture, box: Size, focus: FocalPoint): Promise<Picture> {
  const crop = cropToCover(photo, box, focus);
  if (photo.width === box.width && photo.height === box.height) {
    return photo;
  }
  const { data, info } = await sharp(photo.data, { raw: photo })
    .extract(crop)
    .resize(box.width, box.height, { fit: 'fill' })
    .raw()
    .toBuffer({ resolveWithObject: true });
  return toPicture(data, info);
}

/** The same judgement as at the door: nothing is decoded that would have been refused there. */
function refuseUnfit(bytes: Uint8Array, limits: CampaignLimits): void {
  const judgement = judgeUpload(bytes, bytes.byteLength, limits);
  if (judgement.verdict === 'refused') {
    throw new PermanentError(judgement.failure.code, judgement.failure.message);
  }
}

function uprightSize({ width, height, orientation = 1 }: Metadata): Size {
  return orientation >= 5 ? { width: height, height: width } : { width, height };
}

function toPicture(
  data: Buffer,
  { width, height, channels }: { width: number; height: number; channels: number },
): Picture {
  if (channels !== 3 && channels !== 4) {
    throw new Error(`A photo was decoded to ${channels} channels`);
  }
  return { data, width, height, channels };
}
