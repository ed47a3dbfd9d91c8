import { editRecipe, type Edit } from './document.ts';
import { canMove } from './output-edits.ts';

/** An action that makes a still move: what can only show one moment of it becomes a GIF, in the same step. */
export const withMotion = (edit: Edit): Edit => {
  const toMoving = editRecipe((recipe) =>
    !canMove(recipe.output.format) && recipe.output.stillAtMs === undefined
      ? { ...recipe, output: { ...recipe.output, format: 'gif' } }
      : recipe,
  );
  return (document) => {
    const next = edit(document);
    return next === document ? document : toMoving(next);
  };
};
