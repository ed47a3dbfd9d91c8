import type { RecipeInput } from '../../../../functions/contracts/recipe.ts';
import type { Preview } from '../preview/preview.ts';
import type { LookName } from '../state/look-edits.ts';
import { lookChoices } from './look-list.ts';

/** Pixels of a sample’s width: twice what is seen, for sharp screens. */
const sampleWidth = 160;

/** Paints what each look would make of the picture at a moment. A sample that cannot be painted stays empty: its name says what it is. */
export async function paintSamples(
  preview: Preview,
  { version, source, geometry }: RecipeInput,
  atMs: number,
  canvases: ReadonlyMap<LookName, HTMLCanvasElement>,
  signal: AbortSignal,
): Promise<void> {
  for (const { look } of lookChoices) {
    const canvas = canvases.get(look.look);
    if (canvas === undefined) {
      continue;
    }
    const recipe = {
      version,
      source,
      ...(geometry === undefined ? {} : { geometry }),
      looks: [look],
      // An animation, so that every moment of it can be painted; one that does not move is a still.
      output: { format: 'webp' as const, width: sampleWidth },
    };
    try {
      const { plan } = await preview.show(recipe);
      if (signal.aborted) {
        return;
      }
      if (plan !== undefined) {
        await preview.paint(canvas, Math.min(atMs, Math.max(0, plan.durationMs - 1)));
      }
    } catch {
      // What cannot be loaded here is missing on the canvas too, which says so and tries again.
      return;
    }
  }
}
