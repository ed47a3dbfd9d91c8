import type { RecipeInput } from '../../../../functions/contracts/recipe.ts';
import type { Plan } from '../../../../functions/studio/domain/plan.ts';
import type { Size } from '../canvas/box.ts';
import { readFrame } from '../state/frame-edits.ts';

const usualSlideSide = 720;

/** How large the picture is once it is turned and cut, before anything is put around it; what other people’s steps did before is not counted. */
export function naturalSize({ source, geometry }: RecipeInput, plan: Plan): Size {
  const probed = plan.sources[0]?.probed ?? plan.canvas;
  const own =
    source.kind === 'slideshow'
      ? { width: source.width ?? usualSlideSide, height: source.height ?? usualSlideSide }
      : { width: probed.width, height: probed.height };
  const { turn, crop } = readFrame(geometry);
  const turned = turn.quarters % 2 === 1 ? { width: own.height, height: own.width } : own;
  return {
    width: Math.max(1, Math.round(turned.width * (crop?.width ?? 1))),
    height: Math.max(1, Math.round(turned.height * (crop?.height ?? 1))),
  };
}
