import { describe, expect, it } from 'vitest';
import { renameUploads, uploadsOf } from '../../../../console/src/editor/make/uploads-of.ts';
import type { RecipeInput } from '../../../../functions/contracts/recipe.ts';

const box = { left: 0, top: 0, width: 1, height: 1 };
const recipe: RecipeInput = {
  source: {
    kind: 'slideshow',
    slides: ['local:2', 'local:1', 'local:2'].map((upload) => ({ upload, durationMs: 100 })),
  },
  overlays: [
    { source: { kind: 'sticker', sticker: 'crown' }, box },
    { source: { kind: 'upload', upload: 'local:3' }, box },
  ],
  output: { format: 'gif' },
};

describe('the uploads of a recipe', () => {
  it('are those of its source and of its overlays, once each', () => {
    expect(uploadsOf(recipe)).toEqual(['local:2', 'local:1', 'local:3']);
    expect(uploadsOf({ source: { kind: 'template', template: 'chat' }, output: { format: 'png' } })).toEqual(
      [],
    );
  });

  it('are renamed everywhere, and nothing else is', () => {
    const renamed = renameUploads(recipe, (name) => `sent-${name}`);
    expect(uploadsOf(renamed)).toEqual(['sent-local:2', 'sent-local:1', 'sent-local:3']);
    expect(renameUploads(renamed, (name) => name.slice('sent-'.length))).toEqual(recipe);
  });
});
