import sharp from 'sharp';
import type { RecipeInput } from '../../../functions/contracts/recipe.ts';
import { type Studio, upload } from '../open-studio.ts';

export interface CaptionPicture {
  readonly png: Buffer;
  /** Where it belongs on the canvas. */
  readonly left: number;
  readonly top: number;
}

/** What our captions add to a canvas, as a picture that others can lay over theirs; no larger than it has to be. */
export async function captionPicture(
  studio: Studio,
  { width, height }: { readonly width: number; readonly height: number },
  captions: RecipeInput['captions'],
): Promise<CaptionPicture> {
  const on = async (background: string): Promise<Buffer> => {
    const ground = await sharp({ create: { width, height, channels: 3, background } })
      .png()
      .toBuffer();
    const drawn = await studio.make({ source: upload, captions, output: { format: 'png' } }, ground);
    return await sharp(drawn).removeAlpha().raw().toBuffer();
  };
  const [onBlack, onWhite] = [await on('#000000'), await on('#ffffff')];
  const data = new Uint8Array(width * height * 4);
  for (let pixel = 0; pixel < width * height; pixel += 1) {
    // What white adds is what is seen through.
    const alpha = 255 - ((onWhite[pixel * 3] ?? 0) - (onBlack[pixel * 3] ?? 0));
    for (let channel = 0; channel < 3; channel += 1) {
      data[pixel * 4 + channel] =
        alpha === 0 ? 0 : Math.min(255, ((onBlack[pixel * 3 + channel] ?? 0) * 255) / alpha);
    }
    data[pixel * 4 + 3] = alpha;
  }
  const drawn = sharp(data, { raw: { width, height, channels: 4 } });
  const { info } = await drawn
    .clone()
    .trim({ background: '#00000000', threshold: 0 })
    .png()
    .toBuffer({ resolveWithObject: true });
  // Where chroma has half the size, ffmpeg moves what begins between two of its pixels.
  const [left, top] = [evenBelow(-(info.trimOffsetLeft ?? 0)), evenBelow(-(info.trimOffsetTop ?? 0))];
  const box = {
    left,
    top,
    width: Math.min(width - left, info.width + 1),
    height: Math.min(height - top, info.height + 1),
  };
  return { png: await drawn.extract(box).png().toBuffer(), left, top };
}

const evenBelow = (value: number): number => value - (value % 2);
