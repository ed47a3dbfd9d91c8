import sharp from 'sharp';
import type { RecipeInput, RecipeLook } from '../../functions/contracts/recipe.ts';
import type { Picture } from '../../functions/kernel/drawing/canvas.ts';
import { drawRecipe } from './draw-recipe.ts';
import { sheetLabel } from './sheet-label.ts';

type Look = NonNullable<RecipeInput['looks']>[number];

const face = { left: 0.53, top: 0.27, width: 0.2, height: 0.26 };

/** Every look as people use it: those with an amount a little and a lot. */
const looks: Readonly<Record<RecipeLook['look'], readonly (readonly [label: string, look: Look])[]>> = {
  grayscale: [['grayscale', { look: 'grayscale' }]],
  sepia: [['sepia', { look: 'sepia' }]],
  invert: [['invert', { look: 'invert' }]],
  blur: [
    ['blur 3', { look: 'blur', amount: 3 }],
    ['blur 12', { look: 'blur', amount: 12 }],
  ],
  sharpen: [
    ['sharpen 1', { look: 'sharpen', amount: 1 }],
    ['sharpen 6', { look: 'sharpen', amount: 6 }],
  ],
  brightness: [
    ['brightness 0.6', { look: 'brightness', amount: 0.6 }],
    ['brightness 1.4', { look: 'brightness', amount: 1.4 }],
  ],
  contrast: [
    ['contrast 0.5', { look: 'contrast', amount: 0.5 }],
    ['contrast 1.6', { look: 'contrast', amount: 1.6 }],
  ],
  saturation: [
    ['saturation 0.4', { look: 'saturation', amount: 0.4 }],
    ['saturation 2', { look: 'saturation', amount: 2 }],
  ],
  hue: [
    ['hue 90°', { look: 'hue', degrees: 90 }],
    ['hue 200°', { look: 'hue', degrees: 200 }],
  ],
  tint: [
    ['tint #5b2be060', { look: 'tint', colour: '#5b2be060' }],
    ['tint #00a08c', { look: 'tint', colour: '#00a08c' }],
  ],
  pixelate: [
    ['pixelate a box, 8', { look: 'pixelate', box: face, size: 8 }],
    ['pixelate a box, 24', { look: 'pixelate', box: face, size: 24 }],
  ],
  vignette: [
    ['vignette 0.4', { look: 'vignette', amount: 0.4 }],
    ['vignette 1', { look: 'vignette', amount: 1 }],
  ],
  'deep-fried': [
    ['deep-fried 0.3', { look: 'deep-fried', amount: 0.3 }],
    ['deep-fried 0.7', { look: 'deep-fried' }],
    ['deep-fried 1', { look: 'deep-fried', amount: 1 }],
  ],
};

/** One picture under every look, each labelled, after the picture as it is. */
export async function looksOf({ data, width, height, channels }: Picture): Promise<Picture[]> {
  const source = await sharp(data, { raw: { width, height, channels } })
    .png({ compressionLevel: 1 })
    .toBuffer();
  const drawn: Picture[] = [];
  for (const [label, look] of [['as it is', undefined] as const, ...Object.values(looks).flat()]) {
    drawn.push(
      await drawRecipe({
        source,
        geometry: [{ op: 'resize', width: 640 }],
        looks: look === undefined ? [] : [look],
        captions: [sheetLabel(label)],
      }),
    );
  }
  return drawn;
}
