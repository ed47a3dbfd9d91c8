import sharp from 'sharp';
import type { Picture } from '../drawing/canvas.ts';
import type { FocalPoint } from '../drawing/crop.ts';
import { thumbnail } from '../drawing/thumbnail.ts';

/** The greatest side of the small copy in which the point of attention is looked for. */
const attentionSide = 96;
/** How much of its height is kept while looking. */
const attentionShare = 2 / 3;

/**
 * The point of a photo that people look at first: skin, saturated colours, detail. One for all boxes, so that every variant shows the same; found
 * in a small copy.
 */
export async function findAttention(photo: Picture): Promise<FocalPoint> {
  const small = thumbnail(photo, attentionSide);
  const { info } = await sharp(small.data, { raw: small })
    // The point is sought only where something is to be cut off.
    .resize(small.width, Math.ceil(small.height * attentionShare), { fit: 'cover', position: 'attention' })
    .raw()
    .toBuffer({ resolveWithObject: true });
  return {
    x: (info.attentionX ?? small.width / 2) / small.width,
    y: (info.attentionY ?? small.height / 2) / small.height,
  };
}
