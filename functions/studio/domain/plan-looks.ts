import type { RecipeBox, RecipeLook } from '../../contracts/recipe.ts';
import type { PixelSize, PlannedLook } from './plan.ts';
import type { Refusals } from './refusals.ts';

/**
 * Looks in pixels of the canvas.
 *
 * @param scale of the canvas to the picture that the recipe's lengths are of: a look is the same at every width
 */
export function planLooks(
  looks: readonly RecipeLook[],
  canvas: PixelSize,
  scale: number,
  refusals: Refusals,
): PlannedLook[] {
  return looks.flatMap((look, index): PlannedLook[] => {
    if (look.look === 'blur' || look.look === 'sharpen') {
      return [{ ...look, amount: Math.max(0.3, look.amount * scale) }];
    }
    if (look.look !== 'pixelate') {
      return [look];
    }
    const box = inside(look.box, canvas);
    if (box.width < 1 || box.height < 1) {
      refusals.add(`/looks/${index}/box`, 'The box lies outside of the picture.');
      return [];
    }
    return [{ look: 'pixelate', box, size: Math.max(2, Math.round(look.size * scale)) }];
  });
}

function inside(box: RecipeBox, canvas: PixelSize) {
  const left = Math.round(Math.max(0, box.left) * canvas.width);
  const top = Math.round(Math.max(0, box.top) * canvas.height);
  return {
    left,
    top,
    width: Math.round(Math.min(1, box.left + box.width) * canvas.width) - left,
    height: Math.round(Math.min(1, box.top + box.height) * canvas.height) - top,
  };
}
