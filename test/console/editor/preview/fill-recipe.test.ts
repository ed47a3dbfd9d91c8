import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fillRecipe } from '../../../../console/src/editor/preview/fill-recipe.ts';
import { recipeSchema, type RecipeInput } from '../../../../functions/contracts/recipe.ts';
import { parityCases } from './parity-recipes.ts';

const upload = '01KAH3S1X0QJ5ZK6N9M3R7T2V1';
const slides = [
  { upload, durationMs: 500 },
  { upload, durationMs: 700 },
];
const whole = { left: 0, top: 0, width: 1, height: 1 };
const colour = fc.constantFrom('#ffffff', '#10203080');
const optional: { requiredKeys: [] } = { requiredKeys: [] };

const sources: fc.Arbitrary<RecipeInput['source']> = fc.oneof(
  fc.constant({ kind: 'template' as const, template: 'podium' }),
  fc.record(
    {
      kind: fc.constant('slideshow' as const),
      slides: fc.constant(slides),
      crossFadeMs: fc.nat(500),
      width: fc.integer({ min: 16, max: 900 }),
      fit: fc.constantFrom('cover' as const, 'contain' as const),
    },
    { requiredKeys: ['kind', 'slides'] },
  ),
  fc.record(
    {
      kind: fc.constant('gradient' as const),
      from: colour,
      to: colour,
      angle: fc.integer({ min: 0, max: 360 }),
      width: fc.constant(300),
      height: fc.constant(200),
    },
    { requiredKeys: ['kind', 'from', 'to', 'width', 'height'] },
  ),
);
const steps: fc.Arbitrary<NonNullable<RecipeInput['geometry']>[number]> = fc.oneof(
  fc.constant({ op: 'crop' as const, to: { aspect: '1:1' } }),
  fc.constant({ op: 'crop' as const, to: whole }),
  fc.constant({ op: 'flip' as const, axis: 'vertical' as const }),
  fc.record(
    { op: fc.constant('resize' as const), width: fc.constant(90), fit: fc.constant('cover' as const) },
    { requiredKeys: ['op'] },
  ),
  fc.record(
    { op: fc.constant('rotate' as const), degrees: fc.nat(90), background: colour },
    { requiredKeys: ['op', 'degrees'] },
  ),
  fc.record({ op: fc.constant('pad' as const), left: fc.nat(90), colour }, { requiredKeys: ['op'] }),
);
const looks: fc.Arbitrary<NonNullable<RecipeInput['looks']>[number]> = fc.constantFrom(
  { look: 'grayscale' },
  { look: 'blur' },
  { look: 'sharpen' },
  { look: 'pixelate', box: whole },
  { look: 'vignette' },
  { look: 'deep-fried' },
  { look: 'hue', degrees: 20 },
  { look: 'blur', amount: 9 },
);
const captions: fc.Arbitrary<NonNullable<RecipeInput['captions']>[number]> = fc.record(
  {
    text: fc.constant('hello'),
    place: fc.constantFrom('top' as const, whole, { slot: 1 }),
    outline: fc.record({ width: fc.nat(40), colour }, optional),
    shadow: fc.record({ x: fc.nat(9), blur: fc.nat(50), colour }, optional),
    background: fc.record({ colour, radius: fc.nat(200) }, { requiredKeys: ['colour'] }),
    fromMs: fc.nat(100),
    fadeMs: fc.nat(100),
    upperCase: fc.boolean(),
  },
  { requiredKeys: ['text'] },
);
const overlays: fc.Arbitrary<NonNullable<RecipeInput['overlays']>[number]> = fc.record(
  {
    source: fc.constant({ kind: 'sticker' as const, sticker: 'star' }),
    box: fc.constant(whole),
    rotate: fc.nat(90),
    opacity: fc.constant(0.5),
    slide: fc.constant('left' as const),
  },
  { requiredKeys: ['source', 'box'] },
);
const recipes: fc.Arbitrary<RecipeInput> = fc.record(
  {
    source: sources,
    timeline: fc.record({ speed: fc.constant(2), loop: fc.nat(3), holdLastMs: fc.nat(900) }, optional),
    geometry: fc.array(steps, { maxLength: 3 }),
    looks: fc.array(looks, { maxLength: 3 }),
    captions: fc.array(captions, { maxLength: 3 }),
    overlays: fc.array(overlays, { maxLength: 2 }),
    output: fc.record(
      {
        format: fc.constantFrom('png' as const, 'gif' as const),
        quality: fc.constant(60),
        dither: fc.boolean(),
      },
      { requiredKeys: ['format'] },
    ),
  },
  { requiredKeys: ['source', 'output'] },
);

describe('a recipe that is filled in', () => {
  it('has the defaults that the service gives it', () => {
    fc.assert(
      fc.property(recipes, (recipe) => {
        expect(fillRecipe(recipe)).toEqual(recipeSchema.parse(recipe));
      }),
      { numRuns: 300 },
    );
  });

  it.each(parityCases)('is what the service reads: $name', ({ recipe }) => {
    expect(fillRecipe(recipe)).toEqual(recipeSchema.parse(recipe));
  });

  it('takes what is there and undefined for what is not there', () => {
    const recipe: RecipeInput = {
      source: { kind: 'template', template: 'podium' },
      timeline: { speed: undefined },
      captions: [{ text: 'hello', fadeMs: undefined }],
      output: { format: 'png', quality: undefined },
    };
    expect(fillRecipe(recipe)).toEqual(recipeSchema.parse(recipe));
  });
});
