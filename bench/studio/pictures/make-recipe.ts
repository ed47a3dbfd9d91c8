import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { recipeSchema, type RecipeInput } from '../../../functions/contracts/recipe.ts';
import { loadTypeface } from '../../../functions/kernel/sharp/load-typeface.ts';
import { createEditMaker } from '../../../functions/studio/adapters/edit-maker.ts';
import { openAnimationEncoder } from '../../../functions/studio/adapters/open-animation-encoder.ts';
import type { CaptionFont } from '../../../functions/studio/adapters/sharp-caption.ts';
import { probePicture } from '../../../functions/studio/adapters/sharp-probe.ts';
import { makePlan } from '../../../functions/studio/domain/make-plan.ts';

const fontFile = path.join(import.meta.dirname, '../../../fonts/studio/Anton-Regular.ttf');
const uploadId = '01KAH3S1X0QJ5ZK6N9M3R7T2VW';
let font: Promise<CaptionFont> | undefined;

const readFont = async (): Promise<CaptionFont> => ({
  stack: { weight: 400, faces: [await loadTypeface(await readFile(fontFile))] },
  lineHeight: 1.15,
  outlineWidth: 0.06,
});

const maker = createEditMaker({
  font: () => (font ??= readFont()),
  encoder: openAnimationEncoder,
  openMovie: () => Promise.reject(new Error('Movies have a benchmark of their own')),
  clock: () => performance.now(),
});

/** Does with a picture what the function does with a request: probes, plans, paints, encodes. */
export async function makeRecipe(
  bytes: Uint8Array,
  recipe: Omit<RecipeInput, 'source'>,
): Promise<Uint8Array> {
  const parsed = recipeSchema.parse({ ...recipe, source: { kind: 'upload', upload: uploadId } });
  const known = {
    probes: new Map([[`upload:${uploadId}`, await probePicture(bytes)]]),
    templates: new Map(),
    fonts: new Set(['anton']),
  };
  const plan = makePlan(parsed, known);
  const inputs = { known, files: new Map([[`upload:${uploadId}`, bytes]]) };
  return (await maker.make({ recipe: parsed, plan, inputs, withinMs: 60_000 })).bytes;
}
