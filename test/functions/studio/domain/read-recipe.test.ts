import { describe, expect, it } from 'vitest';
import { readRecipe } from '../../../../functions/studio/domain/read-recipe.ts';
import { refusalsOf } from './recipes.ts';

const source = { kind: 'colour', colour: '#000000', width: 10, height: 10 };
const output = { format: 'png' };
const refusals = (recipe: unknown) => refusalsOf(() => readRecipe(recipe));

describe('reading a recipe', () => {
  it('adds what is not said', () => {
    expect(readRecipe({ source, output })).toMatchObject({
      version: 1,
      captions: [],
      output: { quality: 80 },
    });
  });

  it.each([
    ['nothing', undefined, ''],
    ['an unknown key', { source, output, filters: [] }, '/filters: There is no such key.'],
    [
      'an unknown key inside',
      { source, output: { ...output, codec: 'x' } },
      '/output/codec: There is no such key.',
    ],
    ['an unknown format', { source, output: { format: 'bmp' } }, '/output/format: '],
    [
      'a text of 10 000 characters',
      { source, output, captions: [{ text: 'a'.repeat(10_000) }] },
      '/captions/0/text: Too big: expected string to have <=500 characters',
    ],
    [
      'a thousand captions',
      { source, output, captions: Array.from({ length: 1000 }, () => ({ text: 'a' })) },
      '/captions: Too big: expected array to have <=100 items',
    ],
    [
      'a caption box that is not quite one',
      { source, output, captions: [{ text: 'a', place: { left: 0, top: 0, width: 1, height: 'tall' } }] },
      '/captions/0/place/height: ',
    ],
    ['a speed of nothing', { source, output, timeline: { speed: 0 } }, '/timeline/speed: '],
  ])('refuses %s and says where', (_, recipe, refusal) => {
    expect(refusals(recipe).some((each) => each.startsWith(refusal))).toBe(true);
  });
});
