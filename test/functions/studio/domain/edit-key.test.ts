import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RecipeInput } from '../../../../functions/contracts/recipe.ts';
import { editKey } from '../../../../functions/studio/domain/edit-key.ts';
import { recipeOf, slideOf, uploadOf } from './recipes.ts';

const bytes = new Map([
  [`upload:${uploadOf('photo').upload}`, 'one'],
  [`upload:${uploadOf('tall').upload}`, 'one'],
  [`upload:${uploadOf('gif').upload}`, 'two'],
  ['template:two-boxes', 'three'],
  ['sticker:star', 'four'],
]);
const keyOf = (input: RecipeInput, digests: ReadonlyMap<string, string> = bytes) =>
  editKey(recipeOf(input), digests);
const png = { format: 'png' } as const;
const base = {
  source: uploadOf('photo'),
  captions: [{ text: 'a', colour: '#ff8800' }],
  geometry: [{ op: 'crop' as const, to: { aspect: '16:9' } }],
  output: png,
} satisfies RecipeInput;

/** The same JSON with the keys of its objects in another order. */
function shuffled(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(shuffled);
  }
  return typeof value === 'object' && value !== null
    ? Object.fromEntries(
        Object.entries(value)
          .toReversed()
          .map(([key, member]) => [key, shuffled(member)]),
      )
    : value;
}

describe('the key of a result', () => {
  it('is the same for what means the same', () => {
    const same: RecipeInput[] = [
      recipeOf(base),
      recipeOf(JSON.parse(JSON.stringify(shuffled(recipeOf(base))))),
      { ...base, source: uploadOf('tall') },
      { ...base, geometry: [{ op: 'crop', to: { aspect: '32:18' } }] },
      { ...base, captions: [{ text: 'a', colour: '#FF8800FF', fromMs: 0, rotate: 360 }] },
      { ...base, captions: [{ text: 'a', colour: '#ff8800', font: 'anton', upperCase: false, maxLines: 4 }] },
      { ...base, output: { format: 'png', quality: 80, sound: 'drop' } },
    ];
    expect(new Set(same.map((recipe) => keyOf(recipe)))).toEqual(new Set([keyOf(base)]));
    expect(keyOf(base)).toMatch(/^[0-9a-f]{64}$/u);
  });

  it('is another for whatever makes another result', () => {
    const others: RecipeInput[] = [
      base,
      { ...base, source: uploadOf('gif') },
      { ...base, source: { kind: 'template', template: 'two-boxes' } },
      { ...base, captions: [{ text: 'A', colour: '#ff8800' }] },
      { ...base, captions: [{ text: 'a', colour: '#ff880080' }] },
      { ...base, captions: [{ text: '#ff8800' }] },
      { ...base, captions: [{ text: '#FF8800' }] },
      { ...base, output: { format: 'png', width: 100 } },
      { ...base, output: { format: 'jpeg' } },
      { ...base, output: { format: 'mp4' } },
      { ...base, output: { format: 'mp4', sound: 'drop' } },
      { ...base, timeline: { loop: 2 } },
      {
        ...base,
        overlays: [
          { source: { kind: 'sticker', sticker: 'star' }, box: { left: 0, top: 0, width: 1, height: 1 } },
        ],
      },
      { ...base, source: { kind: 'slideshow', slides: [slideOf('photo', 100), slideOf('gif', 100)] } },
      { ...base, source: { kind: 'slideshow', slides: [slideOf('gif', 100), slideOf('photo', 100)] } },
    ];
    expect(new Set(others.map((recipe) => keyOf(recipe))).size).toBe(others.length);
  });

  it('is another when a template or a sticker is drawn anew', () => {
    const recipe: RecipeInput = { source: { kind: 'template', template: 'two-boxes' }, output: png };
    expect(keyOf(recipe, new Map([...bytes, ['template:two-boxes', 'redrawn']]))).not.toBe(keyOf(recipe));
  });

  it('does not depend on the order of keys or on defaults that are written out', () => {
    fc.assert(
      fc.property(
        fc.record({
          text: fc.string({ minLength: 1, maxLength: 20 }),
          speed: fc.constantFrom(1, 2),
          look: fc.constantFrom('sepia' as const, 'invert' as const),
        }),
        ({ text, speed, look }) => {
          const input: RecipeInput = {
            source: uploadOf('photo'),
            timeline: { speed },
            looks: [{ look }],
            captions: [{ text }],
            output: { format: 'gif' },
          };
          const written = recipeOf(JSON.parse(JSON.stringify(shuffled(recipeOf(input)))));
          expect(editKey(written, bytes)).toBe(keyOf(input));
        },
      ),
    );
  });
});
