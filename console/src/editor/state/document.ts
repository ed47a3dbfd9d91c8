import type { RecipeInput } from '../../../../functions/contracts/recipe.ts';

export type CaptionInput = NonNullable<RecipeInput['captions']>[number];
export type OverlayInput = NonNullable<RecipeInput['overlays']>[number];
export type GeometryInput = NonNullable<RecipeInput['geometry']>[number];
export type LookInput = NonNullable<RecipeInput['looks']>[number];
export type TimelineInput = NonNullable<RecipeInput['timeline']>;
export type OutputInput = RecipeInput['output'];

/**
 * What is being made. The recipe is what would be sent, but for two things: an upload in it is named by `local:<n>` until it was sent, and the text of a caption
 * may be empty while nothing was written yet (`readyRecipe` leaves such captions out).
 */
export interface EditorDocument {
  readonly recipe: RecipeInput;
}

/** A pure action. Answers the very document that it was given when there is nothing to change. */
export type Edit = (document: EditorDocument) => EditorDocument;

/** An action on the recipe alone. */
export const editRecipe =
  (change: (recipe: RecipeInput) => RecipeInput): Edit =>
  (document) => {
    const recipe = change(document.recipe);
    return recipe === document.recipe ? document : { ...document, recipe };
  };

/** The same object without keys whose value is undefined: a recipe is JSON, where there is no such thing. */
export function compact<T extends object>(value: T): T {
  const kept = { ...value };
  for (const key of Object.keys(kept)) {
    if (Reflect.get(kept, key) === undefined) {
      Reflect.deleteProperty(kept, key);
    }
  }
  return kept;
}
