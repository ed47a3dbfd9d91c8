import type { RecipeBox } from '../../../../functions/contracts/recipe.ts';
import { boxAround, toFractions, type Size } from '../canvas/box.ts';
import type { OverlayInput } from '../state/document.ts';

/** Of the picture’s shorter side. */
const part = 0.38;
const stepAside = 0.06;

/** In the middle, as large as is good to take hold of; further aside for each that lies there already. */
export function newOverlayBox(
  size: Size,
  canvas: Size | undefined,
  others: readonly Pick<OverlayInput, 'box'>[],
): RecipeBox {
  const ground = canvas ?? { width: 1000, height: 1000 };
  const factor = (Math.min(ground.width, ground.height) * part) / Math.max(size.width, size.height);
  const fitted = { width: size.width * factor, height: size.height * factor };
  const at = (steps: number): RecipeBox => {
    const aside = (steps % 6) * stepAside * Math.min(ground.width, ground.height);
    return toFractions(
      boxAround({ x: ground.width / 2 + aside, y: ground.height / 2 + aside }, fitted),
      ground,
    );
  };
  const isTaken = (box: RecipeBox): boolean =>
    others.some(
      ({ box: other }) => Math.abs(other.left - box.left) < 0.01 && Math.abs(other.top - box.top) < 0.01,
    );
  let steps = 0;
  while (steps < 5 && isTaken(at(steps))) {
    steps += 1;
  }
  return at(steps);
}
