import sharp from 'sharp';
import { recipeSchema, type RecipeInput } from '../../functions/contracts/recipe.ts';
import type { Picture } from '../../functions/kernel/drawing/canvas.ts';
import { createEditMaker } from '../../functions/studio/adapters/edit-maker.ts';
import { openAnimationEncoder } from '../../functions/studio/adapters/open-animation-encoder.ts';
import { probePicture } from '../../functions/studio/adapters/sharp-probe.ts';
import { makePlan } from '../../functions/studio/domain/make-plan.ts';
import { fontOf } from './draw-caption.ts';
import { studioFonts } from './studio-fonts.ts';

/** Any id does: nothing else is uploaded. */
const upload = '01KAH3S1X0QJ5ZK6N9M3R7T2VW';
const deadlineMs = 60_000;

/** What the service draws of a still picture, or of a colour or gradient; the recipe's `output` is a PNG. */
export async function drawRecipe(
  recipe: Omit<RecipeInput, 'source' | 'output'> & { readonly source: Uint8Array | RecipeInput['source'] },
): Promise<Picture> {
  const fonts = await studioFonts();
  const { source } = recipe;
  const isFile = source instanceof Uint8Array;
  const parsed = recipeSchema.parse({
    ...recipe,
    source: isFile ? { kind: 'upload', upload } : source,
    output: { format: 'png' },
  });
  const known = {
    probes: new Map(isFile ? [[`upload:${upload}`, await probePicture(source)]] : []),
    templates: new Map(),
    fonts: new Set(fonts.map(({ id }) => id)),
  };
  const maker = createEditMaker({
    font: fontOf(fonts),
    encoder: openAnimationEncoder,
    openMovie: () => Promise.reject(new Error('A sheet shows no movies')),
    clock: () => performance.now(),
  });
  const { bytes } = await maker.make({
    recipe: parsed,
    plan: makePlan(parsed, known),
    inputs: { known, files: new Map(isFile ? [[`upload:${upload}`, source]] : []) },
    withinMs: deadlineMs,
  });
  const { data, info } = await sharp(bytes).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height, channels: 3 };
}
