import { createHash } from 'node:crypto';
import type { Recipe } from '../../contracts/recipe.ts';
import type { StudioIndex } from '../../contracts/template.ts';
import { editKey } from './edit-key.ts';
import { inputKey, readInputs } from './known-inputs.ts';
import type { PlannedInput } from './plan.ts';
import { recipeOfShared, sharedOf } from './share-address.ts';

/**
 * The id of an edit: the same recipe, of the same uploads, has the same id. Who does not know the uploads cannot guess it; a template that is drawn anew makes
 * another one of the same recipe. 64 hexadecimal digits.
 */
export const editIdOf = (recipe: Recipe, index: StudioIndex): string =>
  identify('edit', recipe, index, (upload) => upload);

/**
 * The same for the same bytes, however often they were uploaded. 64 hexadecimal digits.
 * @param etags of the uploads that the recipe names, by their ids
 */
export const contentKeyOf = (
  recipe: Recipe,
  index: StudioIndex,
  etags: ReadonlyMap<string, string>,
): string => identify('content', recipe, index, (upload) => etags.get(upload));

function identify(
  what: string,
  given: Recipe,
  index: StudioIndex,
  digestOfUpload: (upload: string) => string | undefined,
): string {
  const recipe = asShared(given, index);
  const digests = new Map(
    readInputs(recipe).flatMap((input) => {
      const digest = input.kind === 'upload' ? digestOfUpload(input.upload) : digestOf(input, index);
      return digest === undefined ? [] : [[inputKey(input) ?? '', digest]];
    }),
  );
  // Letters are drawn by the fonts of this deployment.
  const fonts = recipe.captions.length === 0 ? [] : index.fonts.map(({ id, files }) => [id, files]);
  return sha256([what, editKey(recipe, digests), fonts]);
}

/** A picture and its share address are one edit: what an address can say is written as the address says it. */
function asShared(recipe: Recipe, { templates }: StudioIndex): Recipe {
  const shared = sharedOf(recipe);
  if (shared === undefined) {
    return recipe;
  }
  const again = recipeOfShared(shared);
  // Only of what is still the first moment is all of it; else the recipe as it was given is refused.
  const isStill = templates.some(({ id, isAnimated }) => id === shared.template && !isAnimated);
  return isStill || again.output.stillAtMs === recipe.output.stillAtMs ? again : recipe;
}

/** Of a template all that is published, since its caption boxes count too. */
function digestOf(input: PlannedInput, { templates, stickers }: StudioIndex): string | undefined {
  switch (input.kind) {
    case 'template':
      return sha256(templates.find(({ id }) => id === input.template));
    case 'sticker':
      return stickers.find(({ id }) => id === input.sticker)?.picture.file;
    case 'upload':
    case 'colour':
    case 'gradient':
      return undefined;
  }
}

const sha256 = (value: unknown): string =>
  createHash('sha256')
    .update(JSON.stringify(value) ?? '')
    .digest('hex');
