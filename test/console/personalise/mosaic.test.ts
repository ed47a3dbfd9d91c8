import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mosaic } from '../../../console/src/personalise/mosaic.ts';

const square = { width: 1080, height: 1080 };
const story = { width: 1080, height: 1920 };
const wide = { width: 1200, height: 630 };

describe('a mosaic', () => {
  it('puts tall pictures beside a stack of the others', () => {
    expect(mosaic([square, story, wide]).map(({ pictures }) => pictures)).toEqual([[square, wide], [story]]);
  });

  it('puts pictures of one kind side by side', () => {
    expect(mosaic([square, wide]).map(({ pictures }) => pictures)).toEqual([[square], [wide]]);
    expect(mosaic([story, story])).toHaveLength(2);
  });

  it('keeps every picture and gives all columns the same height', () => {
    const side = fc.integer({ min: 1, max: 4096 });
    const pictures = fc.array(fc.record({ width: side, height: side }), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(pictures, (all) => {
        const columns = mosaic(all);
        expect(columns.flatMap((column) => column.pictures)).toHaveLength(all.length);
        const heights = columns.map(({ share, pictures }) =>
          pictures.reduce((sum, { width, height }) => sum + (share * height) / width, 0),
        );
        for (const height of heights) {
          expect(height).toBeCloseTo(1, 9);
        }
      }),
    );
  });
});
