import { createHash } from 'node:crypto';
import type { Recipe } from '../../contracts/recipe.ts';
import { canonicalRecipe } from './canonical-recipe.ts';
import { inputKey } from './known-inputs.ts';

/** Raise it when the same recipe would be drawn differently: old results are then not used again. */
const engineVersion = '1';

/**
 * The identity of a result: the same sources and a recipe that means the same give the same key, whoever asks and however often something was uploaded. 64
 * hexadecimal digits.
 *
 * @param digests of everything the recipe reads, by `inputKey`: of an upload its content, of a template or a sticker its file. What is not there goes by its name
 *   alone
 */
export const editKey = (recipe: Recipe, digests: ReadonlyMap<string, string>): string =>
  createHash('sha256')
    .update(JSON.stringify([engineVersion, canonicalRecipe(withDigests(recipe, digests))]))
    .digest('hex');

/** An upload gives way to its content; a template and a sticker keep their names, by which they may be treated, and have their content added. */
function withDigests(recipe: Recipe, digests: ReadonlyMap<string, string>): Recipe {
  const ofUpload = (upload: string): string => digests.get(`upload:${upload}`) ?? upload;
  const { source } = recipe;
  return {
    ...recipe,
    source:
      source.kind === 'upload'
        ? { ...source, upload: ofUpload(source.upload) }
        : source.kind === 'template'
          ? { ...source, template: `${source.template}@${digests.get(inputKey(source) ?? '') ?? ''}` }
          : source.kind === 'slideshow'
            ? {
                ...source,
                slides: source.slides.map(({ upload, durationMs }) => ({
                  upload: ofUpload(upload),
                  durationMs,
                })),
              }
            : source,
    overlays: recipe.overlays.map((overlay) =>
      Object.assign({}, overlay, {
        source:
          overlay.source.kind === 'upload'
            ? { kind: 'upload' as const, upload: ofUpload(overlay.source.upload) }
            : {
                kind: 'sticker' as const,
                sticker: `${overlay.source.sticker}@${digests.get(inputKey(overlay.source) ?? '') ?? ''}`,
              },
      }),
    ),
  };
}
