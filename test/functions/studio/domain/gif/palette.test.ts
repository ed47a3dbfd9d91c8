import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { choosePalette, errorOf } from '../../../../../functions/studio/domain/gif/choose-palette.ts';
import { Histogram } from '../../../../../functions/studio/domain/gif/histogram.ts';
import { PaletteMap } from '../../../../../functions/studio/domain/gif/palette-map.ts';
import { paint, photo } from '../../adapters/pictures/test-pictures.ts';

const level = fc.integer({ min: 0, max: 255 });
const tables = fc
  .array(fc.tuple(level, level, level), { minLength: 1, maxLength: 255 })
  .map((colours) => Uint8Array.from(colours.flat()));

function seenIn(pixels: Uint8Array, bits = 5): Float64Array {
  const histogram = new Histogram(bits);
  histogram.add(pixels, 1);
  return histogram.colours();
}

describe('finding the nearest colour', () => {
  it('is nearly as if all were looked at, and exactly so where there is the same', () => {
    fc.assert(
      fc.property(tables, fc.array(fc.tuple(level, level, level), { maxLength: 50 }), (table, colours) => {
        const map = new PaletteMap(table);
        const away = (index: number, [red, green, blue]: readonly [number, number, number]): number =>
          ((table[index * 3] ?? 0) - red) ** 2 +
          ((table[index * 3 + 1] ?? 0) - green) ** 2 +
          ((table[index * 3 + 2] ?? 0) - blue) ** 2;
        for (const colour of colours) {
          const all = Array.from({ length: table.length / 3 }, (_, index) => away(index, colour));
          // Twice from the corner of a cell of four levels to its middle.
          expect(Math.sqrt(away(map.indexOf(...colour), colour))).toBeLessThanOrEqual(
            Math.sqrt(Math.min(...all)) + 2 * Math.sqrt(3 * 1.5 ** 2) + 1e-9,
          );
        }
        for (let at = 0; at < table.length; at += 3) {
          const own = [table[at] ?? 0, table[at + 1] ?? 0, table[at + 2] ?? 0] as const;
          expect(away(map.indexOf(...own), own)).toBe(0);
        }
      }),
    );
  });

  it('mixes to a colour in between, and leaves alone what is there', () => {
    const map = new PaletteMap(Uint8Array.of(0, 0, 0, 255, 255, 255, 200, 40, 30));
    const ranks = Array.from({ length: 64 }, (_, rank) => rank);
    const light = ranks.filter((rank) => map.mixedIndexOf(64, 64, 64, rank) === 1).length;
    expect(light / 64).toBeCloseTo(0.25, 1);
    expect(new Set(ranks.map((rank) => map.mixedIndexOf(200, 40, 30, rank)))).toEqual(new Set([2]));
  });
});

describe('choosing colours', () => {
  it('takes all of them when there are few', () => {
    const pixels = paint(8, 8, (x) => [x * 30, 7, 9]);
    const table = choosePalette(seenIn(pixels), 255);
    expect(table.length / 3).toBe(8);
    expect(errorOf(table, seenIn(pixels, 8))).toBeLessThan(0.01);
  });

  it('errs less the more it may have', () => {
    const seen = (): Float64Array => seenIn(photo(100, 100));
    const errors = [4, 16, 64, 255].map((most) => errorOf(choosePalette(seen(), most), seen()));
    expect(errors).toEqual(errors.toSorted((a, b) => b - a));
    expect(errors.at(-1)).toBeLessThan((errors[0] ?? 0) / 20);
  });

  it('keeps a small thing of another colour', () => {
    const pixels = paint(100, 100, (x, y) => (x === 50 && y < 12 ? [255, 0, 255] : [x, y + 60, 30]));
    const table = choosePalette(seenIn(pixels), 64);
    expect(errorOf(table, Float64Array.of(255, 0, 255, 1))).toBeLessThan(3);
  });

  it('does not look at what is seen through', () => {
    const pixels = paint(10, 10, (x) => (x < 5 ? [255, 0, 0, 0] : [0, 0, 200]));
    expect(choosePalette(seenIn(pixels), 255)).toEqual(Uint8Array.of(0, 0, 200));
  });
});
