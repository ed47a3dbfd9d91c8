import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createCanvas, drawPicture, type Picture } from '../../../functions/kernel/drawing/canvas.ts';
import type { Colour } from '../../../functions/kernel/drawing/colour.ts';
import type { PlacedPicture } from '../../../functions/kernel/drawing/paint-text.ts';
import { type Flattened, flattenLayers } from '../../../tools/campaign/flatten-layers.ts';

const variant = { width: 12, height: 9 };
const colour = fc.record({
  red: fc.nat(255),
  green: fc.nat(255),
  blue: fc.nat(255),
  alpha: fc.constantFrom(0, 60, 200, 255),
});
const placed: fc.Arbitrary<PlacedPicture> = fc
  .record({
    left: fc.integer({ min: -6, max: 14 }),
    top: fc.integer({ min: -6, max: 10 }),
    width: fc.integer({ min: 1, max: 16 }),
    height: fc.integer({ min: 1, max: 12 }),
    colour,
  })
  .map(({ left, top, width, height, colour: fill }) => ({
    left,
    top,
    picture: createCanvas(width, height, fill),
  }));
const layer: fc.Arbitrary<Flattened<PlacedPicture>> = fc.oneof(
  placed.map((each) => ({ kind: 'static' as const, placed: each })),
  placed.map((each) => ({ kind: 'dynamic' as const, layer: each })),
);

const drawAll = (layers: readonly Flattened<PlacedPicture>[], background: Colour): Picture => {
  const canvas = createCanvas(variant.width, variant.height, background);
  for (const each of layers) {
    const { picture, ...at } = each.kind === 'static' ? each.placed : each.layer;
    drawPicture(canvas, picture, at);
  }
  return canvas;
};

describe('flattenLayers', () => {
  it('draws the same, but for rounding', () => {
    fc.assert(
      fc.property(fc.array(layer, { maxLength: 8 }), colour, (layers, background) => {
        const [expected, found] = [
          drawAll(layers, background),
          drawAll(flattenLayers(layers, variant, background), background),
        ];
        expect(found.channels).toBe(expected.channels);
        for (let at = 0; at < expected.data.length; at += 1) {
          // The colour of what is almost transparent cannot be told exactly, nor seen.
          const alpha = expected.channels === 4 ? (expected.data[at | 3] ?? 0) / 255 : 1;
          const difference = Math.abs((expected.data[at] ?? 0) - (found.data[at] ?? 0));
          expect(difference * alpha).toBeLessThanOrEqual(4);
        }
      }),
    );
  });

  it('keeps what is drawn for each person, in its order, and never has more pictures than before', () => {
    fc.assert(
      fc.property(fc.array(layer, { maxLength: 8 }), colour, (layers, background) => {
        const flattened = flattenLayers(layers, variant, background);
        const dynamic = (all: readonly Flattened<PlacedPicture>[]) =>
          all.filter(({ kind }) => kind === 'dynamic');
        expect(dynamic(flattened)).toEqual(dynamic(layers));
        expect(flattened.length).toBeLessThanOrEqual(layers.length);
      }),
    );
  });

  it('leaves nothing outside of the variant', () => {
    fc.assert(
      fc.property(fc.array(layer, { maxLength: 8 }), colour, (layers, background) => {
        for (const each of flattenLayers(layers, variant, background)) {
          if (each.kind === 'static') {
            const { left, top, picture } = each.placed;
            expect(Math.min(left, top)).toBeGreaterThanOrEqual(0);
            expect(left + picture.width).toBeLessThanOrEqual(variant.width);
            expect(top + picture.height).toBeLessThanOrEqual(variant.height);
          }
        }
      }),
    );
  });
});
