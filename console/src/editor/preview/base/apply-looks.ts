import type { Picture } from '../../../../../functions/kernel/drawing/canvas.ts';
import { toRgb, withAlphaOf } from '../../../../../functions/kernel/drawing/channels.ts';
import { applyMatrix, matrixOf } from '../../../../../functions/studio/domain/painting/colour-matrix.ts';
import { friedJpegQuality, loudLooks } from '../../../../../functions/studio/domain/painting/deep-fry.ts';
import { pixelate } from '../../../../../functions/studio/domain/painting/pixelate.ts';
import { sharpenKernel } from '../../../../../functions/studio/domain/painting/sharpen-kernel.ts';
import { darken, vignetteOf } from '../../../../../functions/studio/domain/painting/vignette.ts';
import type { PlannedLook } from '../../../../../functions/studio/domain/plan.ts';
import { toPicture, toSurface } from '../surface.ts';
import { blurPicture } from './blur-picture.ts';

/** A picture through looks, in their order. */
export async function applyLooks(picture: Picture, looks: readonly PlannedLook[]): Promise<Picture> {
  let looking = picture;
  for (const look of looks) {
    looking = await applyLook(looking, look);
  }
  return looking;
}

async function applyLook(picture: Picture, look: PlannedLook): Promise<Picture> {
  switch (look.look) {
    case 'blur':
      return blurPicture(picture, look.amount);
    case 'sharpen':
      return sharpen(picture, look.amount);
    case 'pixelate':
      return pixelate(picture, look.box, look.size);
    case 'vignette':
      return darken(picture, vignetteOf(picture, look.amount));
    case 'deep-fried':
      return await deepFry(picture, look.amount);
    case 'grayscale':
    case 'sepia':
    case 'invert':
    case 'brightness':
    case 'contrast':
    case 'saturation':
    case 'hue':
    case 'tint':
      return applyMatrix(picture, matrixOf(look));
  }
}

/** Alpha has no edges to sharpen. */
function sharpen({ data: from, width, height, channels }: Picture, amount: number): Picture {
  const { kernel, scale } = sharpenKernel(amount);
  const [k0 = 0, k1 = 0, k2 = 0, k3 = 0, k4 = 0, k5 = 0, k6 = 0, k7 = 0, k8 = 0] = kernel.map(
    (weight) => weight / scale,
  );
  const data = new Uint8ClampedArray(from.length);
  const row = width * channels;
  for (let y = 0; y < height; y += 1) {
    const here = y * row;
    const above = y > 0 ? here - row : here;
    const below = y < height - 1 ? here + row : here;
    for (let x = 0; x < width; x += 1) {
      const at = x * channels;
      const left = x > 0 ? at - channels : at;
      const right = x < width - 1 ? at + channels : at;
      for (let channel = 0; channel < 3; channel += 1) {
        data[here + at + channel] =
          (from[above + left + channel] ?? 0) * k0 +
          (from[above + at + channel] ?? 0) * k1 +
          (from[above + right + channel] ?? 0) * k2 +
          (from[here + left + channel] ?? 0) * k3 +
          (from[here + at + channel] ?? 0) * k4 +
          (from[here + right + channel] ?? 0) * k5 +
          (from[below + left + channel] ?? 0) * k6 +
          (from[below + at + channel] ?? 0) * k7 +
          (from[below + right + channel] ?? 0) * k8;
      }
      if (channels === 4) {
        data[here + at + 3] = from[here + at + 3] ?? 0;
      }
    }
  }
  return { data: new Uint8Array(data.buffer), width, height, channels };
}

/** Too much of everything, then saved as a JPEG that is too small. */
async function deepFry(picture: Picture, amount: number): Promise<Picture> {
  const coloured = loudLooks(amount).reduce((fried, look) => applyMatrix(fried, matrixOf(look)), picture);
  const sharpened = amount === 0 ? coloured : sharpen(coloured, 3 * amount);
  const fried = await throughJpeg(sharpened, friedJpegQuality(amount));
  return withAlphaOf(picture, fried);
}

/** Saved as a JPEG and read again. Three channels. */
async function throughJpeg(picture: Picture, quality: number): Promise<Picture> {
  const surface = toSurface(picture.channels === 4 ? toRgb(picture) : picture);
  const jpeg = await surface.convertToBlob({ type: 'image/jpeg', quality: quality / 100 });
  const decoded = await createImageBitmap(jpeg);
  surface.getContext('2d')?.drawImage(decoded, 0, 0);
  decoded.close();
  return toRgb(toPicture(surface));
}
