import sharp, { type Sharp } from 'sharp';
import type { Picture } from '../../kernel/drawing/canvas.ts';
import { withAlphaOf } from '../../kernel/drawing/channels.ts';
import { applyMatrix, matrixOf } from '../domain/painting/colour-matrix.ts';
import { pixelate } from '../domain/painting/pixelate.ts';
import { darken, vignetteOf } from '../domain/painting/vignette.ts';
import type { PlannedLook } from '../domain/plan.ts';

/** The quality at which a picture that was saved far too often looks it, and what of that `amount` takes. */
const friedQuality = { best: 34, range: 30 };

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

/** Unsharp masking with a small Gaussian: `amount` times what it takes away is added. */
async function sharpen(picture: Picture, amount: number): Promise<Picture> {
  const around = [1, 2, 1, 2, 4, 2, 1, 2, 1].map((weight) => -amount * weight);
  const kernel = around.map((weight, at) => (at === 4 ? weight + 16 + 16 * amount : weight));
  // Alpha has no edges to sharpen.
  return await throughSharp(picture, (image) =>
    image.removeAlpha().convolve({ width: 3, height: 3, kernel, scale: 16 }),
  );
}

/** Too much of everything, then saved as a JPEG that is too small. */
async function deepFry(picture: Picture, amount: number): Promise<Picture> {
  const loud = [
    { look: 'saturation', amount: 1 + 2 * amount },
    { look: 'contrast', amount: 1 + 0.9 * amount },
    {
      look: 'tint',
      colour: `#ff7a18${Math.round(40 * amount)
        .toString(16)
        .padStart(2, '0')}`,
    },
  ] as const;
  const coloured = loud.reduce((fried, look) => applyMatrix(fried, matrixOf(look)), picture);
  const sharpened = amount === 0 ? coloured : await sharpen(coloured, 3 * amount);
  const { data, width, height, channels } = sharpened;
  const jpeg = await sharp(data, { raw: { width, height, channels } })
    .removeAlpha()
    .jpeg({
      quality: Math.round(friedQuality.best - friedQuality.range * amount),
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
