import type { RecipeInput } from '../../../../functions/contracts/recipe.ts';
import type { StudioLibrary } from '../preview/studio-library.ts';
import { pinnedPlaces } from './caption-look.ts';
import type { History } from './history.ts';

/** The caption boxes of the recipe’s template; none without one. */
export function slotsOf(
  { source }: RecipeInput,
  library: StudioLibrary,
): StudioLibrary['templates'][number]['captions'] {
  return source.kind === 'template'
    ? (library.templates.find(({ id }) => id === source.template)?.captions ?? [])
    : [];
}

/** Captions that say nothing of their place are given the one that they have. */
export function withPinnedPlaces(history: History, library: StudioLibrary): History {
  const { recipe } = history.present;
  const captions = recipe.captions ?? [];
  return captions.every(({ place }) => place !== undefined)
    ? history
    : {
        ...history,
        present: {
          ...history.present,
          recipe: { ...recipe, captions: pinnedPlaces(captions, slotsOf(recipe, library)) },
        },
      };
}
