import sharp from 'sharp';
import type { Picture } from '../../functions/kernel/drawing/canvas.ts';

/** Of 6. A flat still without loss takes a tenth of the time at 0 and is two fifths larger; an animation would be twice as large. */
const efforts = { still: 0, animation: 2 };

export interface WebpOptions {
  /** 1 to 100. @default without loss */
  readonly quality?: number;
  /** Neither wider nor higher than this. @default as it is */
  readonly maxSide?: number;
}

/** A still, or an animation that is played for ever when there are delays (one for each frame). */
export async function encodeWebp(
  frames: readonly Picture[],
  delaysMs: readonly number[],
  { quality, maxSide }: WebpOptions = {},
): Promise<Buffer> {
  const scaled = await Promise.all(frames.map((frame) => scaledTo(frame, maxSide)));
  const [first] = scaled;
  if (first === undefined) {
    throw new Error('There is no frame to encode');
  }
  const { width, height, channels } = first;
  const data = Buffer.concat(scaled.map((frame) => frame.data));
  const how = quality === undefined ? { lossless: true, exact: false } : { quality, smartSubsample: true };
  if (delaysMs.length === 0) {
    return await sharp(data, { raw: { width, height, channels } })
      .webp({ ...how, effort: quality === undefined ? efforts.still : efforts.animation })
      .toBuffer();
  }
  return await sharp(data, {
    raw: { width, height: height * scaled.length, channels, pageHeight: height },
  })
    .webp({ ...how, effort: efforts.animation, delay: [...delaysMs], loop: 0 })
    .toBuffer();
}

async function scaledTo(frame: Picture, maxSide: number | undefined): Promise<Picture> {
  const { width, height, channels } = frame;
  const scale = Math.min(1, (maxSide ?? Infinity) / Math.max(width, height));
  if (scale === 1) {
    return frame;
  }
  const { data, info } = await sharp(frame.data, { raw: { width, height, channels } })
    .resize(Math.round(width * scale), Math.round(height * scale))
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height, channels };
}
