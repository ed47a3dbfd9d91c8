import type { RecipeInput } from '../../../../functions/contracts/recipe.ts';
import { HttpProblem } from '../../../../functions/kernel/http-problem.ts';
import { readRecipe } from '../../../../functions/studio/domain/read-recipe.ts';
import { uploadsOf } from '../make/uploads-of.ts';
import { openRecipeLink } from './recipe-link.ts';

export type Shared =
  /** `uploads` are the files that only their owner has, in the order in which they are seen. */
  { readonly recipe: RecipeInput; readonly uploads: readonly string[] } | { readonly sentence: string };

/** The recipe of a link, as far as it is one: anybody may have written it. */
export async function readShared(packed: string): Promise<Shared> {
  const opened = await openRecipeLink(packed);
  if (opened === undefined) {
    return { sentence: 'This link is not complete. Ask for it again, or begin with something else.' };
  }
  try {
    const recipe = readRecipe(opened);
    return { recipe, uploads: uploadsOf(recipe) };
  } catch (error) {
    if (error instanceof HttpProblem) {
      return {
        sentence:
          'What this link leads to cannot be opened here. Ask for a new one, or begin with something else.',
      };
    }
    throw error;
  }
}
