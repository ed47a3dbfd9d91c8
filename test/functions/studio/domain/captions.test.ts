import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RecipeInput } from '../../../../functions/contracts/recipe.ts';
import type { PlannedCaption } from '../../../../functions/studio/domain/plan.ts';
import { planOf, stillOf, uploadOf } from './recipes.ts';

type Caption = NonNullable<RecipeInput['captions']>[number];

const captionsOf = (recipe: RecipeInput): PlannedCaption[] =>
  planOf(recipe, { photo: stillOf(1000, 500) }).layers.filter((layer) => layer.kind === 'caption');
const captionOf = (caption: Caption, width = 1000) =>
  captionsOf({ source: uploadOf('photo'), captions: [caption], output: { format: 'png', width } })[0];
const onTemplate = (captions: Caption[], geometry: RecipeInput['geometry'] = []) =>
  captionsOf({
    source: { kind: 'template', template: 'two-boxes' },
    geometry,
    captions,
    output: { format: 'png' },
  });

describe('a caption', () => {
  it('is at the top, in the classic font, white, unless it says more', () => {
    expect(captionOf({ text: 'a' })).toMatchObject({
      box: { left: 30, top: 10, width: 940, height: 150 },
      font: 'anton',
      colour: '#ffffff',
      verticalAlign: 'top',
    });
    expect(captionOf({ text: 'a', place: 'bottom' })).toMatchObject({
      box: { left: 30, top: 340, width: 940, height: 150 },
      verticalAlign: 'bottom',
    });
  });

  it('has the same proportions at every width', () => {
    const caption = {
      text: 'a',
      minSize: 20,
      maxSize: 80,
      outline: { width: 4 },
      shadow: { x: 2, y: 4, blur: 6 },
      background: { colour: '#000000', padding: 8, radius: 10 },
    };
    expect(captionOf(caption, 500)).toMatchObject({
      minSize: 10,
      maxSize: 40,
      outline: { width: 2 },
      shadow: { x: 1, y: 2, blur: 3 },
      background: { padding: 4, radius: 5 },
    });
  });

  it('is text, whatever it looks like', () => {
    const text = '<b>&amp; <span font="9"></svg> ~n %n';
    expect(captionOf({ text })?.text).toBe(text);
    expect(captionOf({ text: 'straße <b>', upperCase: true })?.text).toBe('STRASSE <B>');
  });

  it('stays on the picture: of a box that reaches over an edge the part that is on it is used', () => {
    expect(captionOf({ text: 'a', place: { left: 0.5, top: -0.5, width: 1, height: 0.7 } })?.box).toEqual({
      left: 500,
      top: 0,
      width: 500,
      height: 100,
    });
    const between = (least: number, most: number) =>
      fc.integer({ min: least, max: most }).map((hundredths) => hundredths / 100);
    fc.assert(
      fc.property(
        fc.record({
          left: between(-90, 95),
          top: between(-90, 95),
          width: between(100, 300),
          height: between(100, 300),
        }),
        (place) => {
          const { left = -1, top = -1, width = 0, height = 0 } = captionOf({ text: 'a', place })?.box ?? {};
          expect(Math.min(left, top)).toBeGreaterThanOrEqual(0);
          expect(left + width).toBeLessThanOrEqual(1000);
          expect(top + height).toBeLessThanOrEqual(500);
          expect(Math.min(width, height)).toBeGreaterThan(0);
        },
      ),
    );
  });
});

describe('a caption of a template', () => {
  it('goes into the box with its number, in that box’ font and colour', () => {
    expect(onTemplate([{ text: 'a' }, { text: 'b' }, { text: 'c' }])).toMatchObject([
      { box: { left: 80, top: 60, width: 320, height: 120 }, font: 'bangers', colour: '#112233' },
      { box: { left: 400, top: 360, width: 320, height: 120 }, font: 'anton', colour: '#ffffff' },
      { box: { left: 24, top: 12 }, verticalAlign: 'top' },
    ]);
    expect(onTemplate([{ text: 'a', place: { slot: 0 }, font: 'anton', colour: '#ff0000' }])).toMatchObject([
      { font: 'anton', colour: '#ff0000' },
    ]);
  });

  it('is like its box wants it, unless the recipe wants it otherwise', () => {
    const turned = {
      rotate: -4,
      align: 'left',
      verticalAlign: 'bottom',
      upperCase: true,
      maxLines: 2,
    } as const;
    expect(onTemplate([{ text: 'a' }, { text: 'b' }])[1]).toMatchObject({
      text: 'B',
      rotate: -4,
      align: 'left',
      verticalAlign: 'bottom',
      maxLines: 2,
      minSize: 16,
      maxSize: 40,
      outline: { width: 4, colour: '#102030' },
    });
    const other = { ...turned, rotate: 0, align: 'right', verticalAlign: 'top', upperCase: false } as const;
    expect(
      onTemplate([{ text: 'b', place: { slot: 1 }, ...other, maxSize: 10, outline: { width: 0 } }]),
    ).toMatchObject([
      {
        text: 'b',
        rotate: 0,
        align: 'right',
        verticalAlign: 'top',
        minSize: 8,
        maxSize: 8,
        outline: { width: 0 },
      },
    ]);
  });

  it('has no outline where its box has none, and what suits the font elsewhere', () => {
    const outlines = onTemplate([{ text: 'a' }, { text: 'b', place: 'top' }]).map(
      ({ outline }) => outline?.width,
    );
    expect(outlines).toEqual([0, undefined]);
  });

  it('follows its box through crop, flip, pad and turn', () => {
    const boxAfter = (geometry: RecipeInput['geometry']) => onTemplate([{ text: 'a' }], geometry)[0]?.box;
    expect(boxAfter([{ op: 'crop', to: { left: 0, top: 0, width: 0.5, height: 0.5 } }])).toEqual({
      left: 80,
      top: 60,
      width: 320,
      height: 120,
    });
    expect(boxAfter([{ op: 'flip', axis: 'horizontal' }])).toEqual({
      left: 400,
      top: 60,
      width: 320,
      height: 120,
    });
    expect(boxAfter([{ op: 'pad', top: 100, left: 50 }])).toEqual({
      left: 130,
      top: 160,
      width: 320,
      height: 120,
    });
    expect(boxAfter([{ op: 'rotate', degrees: 90 }])).toEqual({
      left: 420,
      top: 80,
      width: 120,
      height: 320,
    });
  });
});

describe('looks', () => {
  it('are the same at every width', () => {
    const looks = [
      { look: 'blur' as const, amount: 10 },
      { look: 'pixelate' as const, box: { left: 0.5, top: 0.5, width: 1, height: 1 }, size: 20 },
    ];
    const plan = planOf(
      { source: uploadOf('photo'), looks, output: { format: 'png', width: 500 } },
      { photo: stillOf(1000, 500) },
    );
    expect(plan.looks).toEqual([
      { look: 'blur', amount: 5 },
      { look: 'pixelate', box: { left: 250, top: 125, width: 250, height: 125 }, size: 10 },
    ]);
  });
});
