import sharp, { type Sharp } from 'sharp';
import type { Picture } from '../../kernel/drawing/canvas.ts';
import { withAlphaOf } from '../../kernel/drawing/channels.ts';
import { applyMatrix, matrixOf } from '../domain/painting/colour-matrix.ts';
import { friedJpegQuality, loudLooks } from '../domain/painting/deep-fry.ts';
import { pixelate } from '../domain/painting/pixelate.ts';
import { sharpenKernel } from '../domain/painting/sharpen-kernel.ts';
import { darken, vignetteOf } from '../domain/painting/vignette.ts';
import type { PlannedLook } from '../domain/plan.ts';

/** A picture of a size through looks, in their order. What depends on the size only is made once. */
export function createLooks(looks: readonly PlannedLook[]): (picture: Picture) => Promise<Picture> {
  const lights = new Map<PlannedLook, Uint16Array>();
  return async (picture) => {
    let looking = picture;
    for (const look of looks) {
      if (look.look === 'vignette') {
        const light = lights.get(look) ?? vignetteOf(looking, look.amount);
        lights.set(look, light);
        looking = darken(looking, light);
      } else {
        looking = await applyLook(looking, look);
      }
    }
    return looking;
  };
}

async function applyLook(
  picture: Picture,
  look: Exclude<PlannedLook, { readonly look: 'vignette' }>,
): Promise<Picture> {
  switch (look.look) {
    case 'blur':
      return await throughSharp(picture, (image) => image.blur(look.amount));
    case 'sharpen':
      return await sharpen(picture, look.amount);
    case 'pixelate':
      return pixelate(picture, look.box, look.size);
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

async function sharpen(picture: Picture, amount: number): Promise<Picture> {
  const { kernel, scale } = sharpenKernel(amount);
  // Alpha has no edges to sharpen.
  return await throughSharp(picture, (image) =>
    image.removeAlpha().convolve({ width: 3, height: 3, kernel, scale }),
  );
}

/** Too much of everything, then saved as a JPEG that is too small. */
async function deepFry(picture: Picture, amount: number): Promise<Picture> {
  const coloured = loudLooks(amount).reduce((fried, look) => applyMatrix(fried, matrixOf(look)), picture);
  const sharpened = amount === 0 ? coloured : await sharpen(coloured, 3 * amount);
  const { data, width, height, channels } = sharpened;
  const jpeg = await sharp(data, { raw: { width, height, channels } })
    .removeAlpha()
    .jpeg({
      quality: friedJpegQuality(amount),
      chromaSubsampling: '4:2:0',
    })
    .toBuffer();
  const fried = await sharp(jpeg).raw().toBuffer();
  return withAlphaOf(picture, { data: fried, width, height, channels: 3 });
}

async function throughSharp(picture: Picture, change: (image: Sharp) => Sharp): Promise<Picture> {
  const { data: from, width, height, channels } = picture;
  const { data, info } = await change(sharp(from, { raw: { width, height, channels } }))
    .raw()
    .toBuffer({ resolveWithObject: true });
  if (info.channels !== 3 && info.channels !== 4) {
    throw new Error(`A look answered ${info.channels} channels`);
  }
  return withAlphaOf(picture, { data, width, height, channels: info.channels });
}
