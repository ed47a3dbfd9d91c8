import sharp from 'sharp';
import type { Picture } from '../../functions/kernel/drawing/canvas.ts';

/** How WebP keeps everything; for lack of pixels to lose, `quality` says how long to look for repetitions. */
const withoutLoss = {
  /** A flat still takes a tenth of the time of effort 2 (of 6) and is two fifths larger. At quality 80 it would be a twentieth smaller, in one and a half times the time. */
  still: { lossless: true, exact: false, effort: 0, quality: 26 },
  /** At effort 0 twice as large; with more of either a hundredth smaller in a tenth more time, from quality 25 on a sixth smaller in twice the time. */
  animation: { lossless: true, exact: false, effort: 1, quality: 1 },
} as const;

/** Edges between colours are kept sharp, which takes more time than all the rest; where things move, nobody sees the difference. */
const withLoss = {
  still: { effort: 2, smartSubsample: true },
  animation: { effort: 2, smartSubsample: false },
} as const;

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
  const scaled = await scaledEach(frames, maxSide);
  const [first] = scaled;
  if (first === undefined) {
    throw new Error('There is no frame to encode');
  }
  const { width, height, channels } = first;
  const data = Buffer.concat(scaled.map((frame) => frame.data));
  const kind = delaysMs.length === 0 ? 'still' : 'animation';
  const how = quality === undefined ? withoutLoss[kind] : { ...withLoss[kind], quality };
  if (kind === 'still') {
    return await sharp(data, { raw: { width, height, channels } }).webp(how).toBuffer();
  }
  return await sharp(data, {
    raw: { width, height: height * scaled.length, channels, pageHeight: height },
  })
    .webp({ ...how, delay: [...delaysMs], loop: 0 })
    .toBuffer();
}

/** Frames that are the same picture are scaled once. */
async function scaledEach(frames: readonly Picture[], maxSide: number | undefined): Promise<Picture[]> {
  const scaled = new Map<Picture, Promise<Picture>>();
  return await Promise.all(
    frames.map((frame) => {
      const known = scaled.get(frame) ?? scaledTo(frame, maxSide);
      scaled.set(frame, known);
      return known;
    }),
  );
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
