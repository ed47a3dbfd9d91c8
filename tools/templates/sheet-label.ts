import type { RecipeInput } from '../../functions/contracts/recipe.ts';

/** The caption that says, at the foot of a sample on a sheet, what the sample shows. */
export const sheetLabel = (text: string): NonNullable<RecipeInput['captions']>[number] => ({
  text,
  font: 'noto-sans',
  place: { left: 0, top: 0.86, width: 1, height: 0.14 },
  maxSize: 62,
  maxLines: 1,
  outline: { width: 0 },
  colour: '#2b2140',
  background: { colour: '#ffffffe6', padding: 14 },
});
