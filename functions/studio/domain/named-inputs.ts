import type { Recipe } from '../../contracts/recipe.ts';
import type { PlannedInput } from './plan.ts';
import { inputKey } from './known-inputs.ts';

/** Every place of a recipe that names something, by the `inputKey` of what is named: JSON pointers into the recipe. */
export function placesOf(recipe: Recipe): ReadonlyMap<string, readonly string[]> {
  const places = new Map<string, string[]>();
  const add = (input: PlannedInput, pointer: string): void => {
    const key = inputKey(input);
    if (key !== undefined) {
      places.set(key, [...(places.get(key) ?? []), pointer]);
    }
  };
  const { source } = recipe;
  if (source.kind === 'slideshow') {
    for (const [index, { upload }] of source.slides.entries()) {
      add({ kind: 'upload', upload }, `/source/slides/${index}/upload`);
    }
  } else if (source.kind === 'upload' || source.kind === 'template') {
    add(source, `/source/${source.kind}`);
  }
  for (const [index, overlay] of recipe.overlays.entries()) {
    add(overlay.source, `/overlays/${index}/source/${overlay.source.kind}`);
  }
  return places;
}
