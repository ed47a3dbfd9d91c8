import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TemplateView } from '../../../../functions/contracts/studio-library.ts';
import { recipeSchema } from '../../../../functions/contracts/recipe.ts';
import { makePlan } from '../../../../functions/studio/domain/make-plan.ts';
import { places } from '../../../../functions/studio/domain/plan-layers.ts';
import {
  captionInBox,
  captionLook,
  pinnedPlaces,
} from '../../../../console/src/editor/state/caption-look.ts';
import { compact, type CaptionInput } from '../../../../console/src/editor/state/document.ts';
import { editorPointer, readyRecipe } from '../../../../console/src/editor/state/ready-recipe.ts';

type Slot = TemplateView['captions'][number];

const colour = fc.constantFrom('#ffffff', '#102030', '#ff5a4f');
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
const slots: fc.Arbitrary<Slot> = fc.record({
  label: fc.constant('Who'),
  example: fc.constant('Me'),
  box: fc.constantFrom(
    { left: 0.1, top: 0.1, width: 0.4, height: 0.2 },
    { left: 0.5, top: 0.6, width: 0.3, height: 0.25 },
  ),
  font: fc.constantFrom('anton', 'lora'),
  colour,
  outline: maybe(fc.record({ width: fc.integer({ min: 1, max: 10 }), colour })),
  minSize: fc.integer({ min: 10, max: 40 }),
  maxSize: fc.integer({ min: 30, max: 200 }),
  maxLines: fc.integer({ min: 1, max: 6 }),
  align: fc.constantFrom('left', 'centre', 'right'),
  verticalAlign: fc.constantFrom('top', 'middle', 'bottom'),
  upperCase: fc.boolean(),
  rotate: fc.constantFrom(0, -8, 12),
});
const captions: fc.Arbitrary<CaptionInput> = fc
  .record(
    {
      text: fc.constantFrom('hello', 'Grüße aus'),
      place: fc.constantFrom({ slot: 0 }, 'top' as const, 'middle' as const, 'bottom' as const),
      font: maybe(fc.constantFrom('anton', 'lora')),
      colour: maybe(colour),
      align: maybe(fc.constantFrom('left' as const, 'right' as const)),
      verticalAlign: maybe(fc.constantFrom('top' as const, 'middle' as const)),
      maxSize: maybe(fc.integer({ min: 50, max: 100 })),
      upperCase: maybe(fc.boolean()),
      rotate: maybe(fc.constantFrom(0, 30)),
      shadow: maybe(fc.constant({ x: 2 })),
    },
    { requiredKeys: ['text', 'place'] },
  )
  .map(compact);

/** What is drawn of a caption on a template with one box. */
function planned(caption: CaptionInput, slot: Slot) {
  const recipe = recipeSchema.parse({
    source: { kind: 'template', template: 'one' },
    captions: [caption],
    output: { format: 'png' },
  });
  const template = {
    id: 'one',
    name: 'One',
    keywords: [],
    isAnimated: false,
    width: 1000,
    height: 800,
    captions: [slot],
  };
  const probed = {
    kind: 'still',
    contentType: 'image/webp',
    width: 1000,
    height: 800,
    delaysMs: [],
    durationMs: 0,
    hasTransparency: false,
    audio: undefined,
    colour: '',
    bytes: 1,
  } as const;
  return makePlan(recipe, {
    probes: new Map([['template:one', probed]]),
    templates: new Map([['one', template]]),
    fonts: new Set(['anton', 'lora']),
  }).layers;
}

describe('a caption', () => {
  it('looks as it did when it is taken out of its place or its box of the template', () => {
    fc.assert(
      fc.property(captions, slots, (caption, slot) => {
        const place = caption.place;
        const box =
          typeof place === 'string'
            ? places[place]
            : place !== undefined && 'slot' in place
              ? slot.box
              : undefined;
        if (box === undefined) {
          throw new Error('It has no place');
        }
        const free = compact(captionInBox(caption, [slot], { ...box }));
        expect(planned(free, slot)).toEqual(planned(caption, slot));
      }),
    );
  });

  it('is called in the controls what the plan makes of it', () => {
    fc.assert(
      fc.property(captions, slots, (caption, slot) => {
        const look = captionLook(caption, [slot]);
        const [layer] = planned(caption, slot);
        // The canvas is a thousand pixels wide: lengths are those of the recipe.
        expect(layer).toMatchObject({
          font: look.font,
          minSize: look.minSize,
          maxSize: look.maxSize,
          maxLines: look.maxLines,
          align: look.align,
          verticalAlign: look.verticalAlign,
          colour: look.colour,
          rotate: look.rotate,
        });
      }),
    );
  });

  it('stays where it is when one before it goes', () => {
    const pinned = pinnedPlaces([{ text: 'a' }, { text: 'b' }], fc.sample(slots, 1));
    expect(pinned.map(({ place }) => place)).toEqual([{ slot: 0 }, 'top']);
  });

  it('in which nothing is written is not sent, and refusals find the others', () => {
    const { recipe, captions: kept } = readyRecipe({
      source: { kind: 'upload', upload: 'local:1' },
      captions: [{ text: ' ' }, { text: 'a' }, { text: '' }, { text: 'b' }],
      output: { format: 'png' },
    });
    expect(recipe.captions).toEqual([{ text: 'a' }, { text: 'b' }]);
    expect(editorPointer('/captions/1/toMs', kept)).toBe('/captions/3/toMs');
    expect(editorPointer('/recipe/captions/0', kept)).toBe('/recipe/captions/1');
    expect(editorPointer('/output/width', kept)).toBe('/output/width');
  });
});
