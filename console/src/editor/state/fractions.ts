import type { RecipeBox } from '../../../../functions/contracts/recipe.ts';

export const wholeBox: RecipeBox = { left: 0, top: 0, width: 1, height: 1 };

/** Whether a box leaves nothing of the picture out. */
export const isWhole = ({ left, top, width, height }: RecipeBox): boolean =>
  left <= 0 && top <= 0 && width >= 1 && height >= 1;

/** Ten thousandths are finer than a pixel of any canvas. */
export const roundedFraction = (fraction: number): number => Math.round(fraction * 10_000) / 10_000;
