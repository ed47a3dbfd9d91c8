import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { coverScale, cropToCover } from '../../../../functions/kernel/drawing/crop.ts';
import { decodeSize } from '../../../../functions/kernel/drawing/decode-size.ts';

const size = fc.record({
  width: fc.integer({ min: 16, max: 9000 }),
  height: fc.integer({ min: 16, max: 9000 }),
});
const fraction = fc.double({ min: 0, max: 1, noNaN: true });

describe('cropToCover', () => {
  it('keeps the middle, or as much on the side of the focal point as there is', () => {
    const photo = { width: 400, height: 300 };
    const square = { width: 100, height: 100 };
    expect(cropToCover(photo, square, { x: 0.5, y: 0.5 })).toEqual({
      left: 50,
      top: 0,
      width: 300,
      height: 300,
    });
    expect(cropToCover(photo, square, { x: 1, y: 0 })).toEqual({
      left: 100,
      top: 0,
      width: 300,
      height: 300,
    });
    expect(cropToCover(photo, square, { x: 0.4, y: 1 })).toEqual({
      left: 10,
      top: 0,
      width: 300,
      height: 300,
    });
  });

  it('lies within the photo, has the shape of the box and is as large as can be', () => {
    fc.assert(
      fc.property(size, size, fraction, fraction, (photo, box, x, y) => {
        const crop = cropToCover(photo, box, { x, y });
        expect(crop.left).toBeGreaterThanOrEqual(0);
        expect(crop.top).toBeGreaterThanOrEqual(0);
        expect(crop.left + crop.width).toBeLessThanOrEqual(photo.width);
        expect(crop.top + crop.height).toBeLessThanOrEqual(photo.height);
        expect(crop.width === photo.width || crop.height === photo.height).toBe(true);
        const scale = coverScale(photo, box);
        expect(Math.abs(crop.width - Math.max(1, box.width / scale))).toBeLessThanOrEqual(0.5 + 1e-9);
        expect(Math.abs(crop.height - Math.max(1, box.height / scale))).toBeLessThanOrEqual(0.5 + 1e-9);
      }),
    );
  });
});

describe('decodeSize', () => {
  const phone = { width: 3024, height: 4032 };
  const square = { width: 1080, height: 1080 };

  it('decodes a JPEG of a phone at a third for a square post, which is enlarged by a few per cent', () => {
    expect(decodeSize(phone, [square], true)).toEqual({ width: 1008, height: 1344 });
  });

  it('decodes what has no fast path at the size that is needed', () => {
    expect(decodeSize(phone, [square], false)).toEqual({ width: 1080, height: 1440 });
  });

  it('serves the box that needs most', () => {
    expect(decodeSize(phone, [square, { width: 1080, height: 1920 }], true)).toEqual({
      width: 1440,
      height: 1920,
    });
  });

  it('does not enlarge', () => {
    expect(decodeSize({ width: 100, height: 50 }, [square], true)).toEqual({ width: 100, height: 50 });
  });

  it('is enough for every box but for a tenth', () => {
    fc.assert(
      fc.property(
        size,
        fc.array(size, { minLength: 1, maxLength: 4 }),
        fc.boolean(),
        (photo, boxes, isJpeg) => {
          const decoded = decodeSize(photo, boxes, isJpeg);
          expect(decoded.width).toBeLessThanOrEqual(photo.width);
          expect(decoded.height).toBeLessThanOrEqual(photo.height);
          for (const box of boxes) {
            const enlargement = coverScale(decoded, box) / Math.max(1, coverScale(photo, box));
            // Whole pixels of a very small picture weigh more than the tenth.
            expect(enlargement).toBeLessThanOrEqual(
              1.1 * (1 + 1 / Math.min(decoded.width, decoded.height)) + 1e-9,
            );
          }
        },
      ),
    );
  });
});
