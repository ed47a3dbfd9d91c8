import type { RecipeInput } from '../../../../functions/contracts/recipe.ts';

/**
 * The command that asks for the same in a POSIX shell, whatever is written in the recipe.
 * @param origin of the site, such as `https://fanfare.example`
 */
export const curlCommand = (recipe: RecipeInput, origin: string): string =>
  [
    `curl -s ${quoted(`${origin}/studio/edits`)}`,
    `-H ${quoted('content-type: application/json')}`,
    `--data-raw ${quoted(JSON.stringify({ recipe }))}`,
  ].join(' \\\n  ');

/** Within single quotes a shell reads nothing but the next single quote. */
const quoted = (text: string): string => `'${text.replaceAll("'", String.raw`'\''`)}'`;
