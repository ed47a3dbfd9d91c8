import type { RecipeInput } from '../../../../functions/contracts/recipe.ts';

export interface ReadyRecipe {
  readonly recipe: RecipeInput;
  /** For each of its captions the index that it has in the editor. */
  readonly captions: readonly number[];
}

/** The recipe as it can be drawn and sent: without captions in which nothing is written yet. */
export function readyRecipe(recipe: RecipeInput): ReadyRecipe {
  const all = recipe.captions ?? [];
  const kept = [...all.keys()].filter((index) => all[index]?.text.trim() !== '');
  return kept.length === all.length
    ? { recipe, captions: kept }
    : { recipe: { ...recipe, captions: all.filter((_, index) => kept.includes(index)) }, captions: kept };
}

/** `/captions/1/toMs` of what was drawn or sent, as a pointer into the editor's recipe. */
export const editorPointer = (pointer: string, captions: readonly number[]): string =>
  pointer.replace(/^(\/recipe)?\/captions\/(\d+)/u, (_, prefix: string | undefined, index: string) => {
    return `${prefix ?? ''}/captions/${captions[Number(index)] ?? Number(index)}`;
  });
