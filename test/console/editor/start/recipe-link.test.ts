import { deflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { openRecipeLink, recipeLink } from '../../../../console/src/editor/start/recipe-link.ts';
import { readShared } from '../../../../console/src/editor/start/read-shared.ts';
import { parseRoute } from '../../../../console/src/route.ts';
import type { RecipeInput } from '../../../../functions/contracts/recipe.ts';
import { readRecipe } from '../../../../functions/studio/domain/read-recipe.ts';

const recipe: RecipeInput = {
  source: {
    kind: 'slideshow',
    slides: [1, 2, 1].map((id) => ({ upload: `01J0000000000000000000000${id}`, durationMs: 500 })),
  },
  captions: [{ text: 'Größe <script>alert(1)</script> 🎉' }],
  output: { format: 'gif' },
};
const packedOf = async (what: unknown): Promise<string> => {
  const route = parseRoute(new URL(await recipeLink(what, 'https://fanfare.example/#/studio/make')).hash);
  return route.page === 'studio-edit' ? (route.recipe ?? '') : '';
};

describe('a link with a recipe', () => {
  it('leads back to it, with the files that it is made of', async () => {
    expect(await readShared(await packedOf(recipe))).toEqual({
      recipe: readRecipe(recipe),
      uploads: ['01J00000000000000000000001', '01J00000000000000000000002'],
    });
  });

  it.each(['', 'x', '!!!', 'AAAA', 'q1YqS8wpTtVRKi1OLVKyUvJIzcnJV0jLTC1WqgUA'])(
    'that is cut off, or is none, leads nowhere: “%s”',
    async (packed) => {
      expect(await readShared(packed)).toEqual({
        sentence: expect.stringMatching(/^(This link|What this link)/u),
      });
    },
  );

  it('that is no recipe leads nowhere', async () => {
    expect(await readShared(await packedOf({ source: 'javascript:alert(1)' }))).toEqual({
      sentence: expect.stringMatching(/cannot be opened/u),
    });
  });

  it('does not unfold without end', async () => {
    const bomb = deflateRawSync(Buffer.alloc(50_000_000, ' ')).toString('base64url');
    const before = process.memoryUsage().arrayBuffers;
    expect(await openRecipeLink(bomb)).toBeUndefined();
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(20_000_000);
  });
});
