import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { drawPicture, type Picture } from '../../../../../functions/kernel/drawing/canvas.ts';
import { limitedPlanes } from '../../../../../functions/studio/adapters/movies/limited-planes.ts';
import { drawOnPlanes, planeLayer } from '../../../../../functions/studio/adapters/movies/plane-layer.ts';
import { rgbaToI420 } from '../../../../../functions/studio/adapters/movies/rgba-to-i420.ts';

const size = { width: 12, height: 8 };
const convert = rgbaToI420({ ...size, background: [255, 255, 255] });
const planesOf = (picture: Picture): Uint8Array => {
  const planes = new Uint8Array(size.width * size.height * 1.5);
  convert(new Uint8Array(picture.data), planes);
  return planes;
};

const byte = fc.nat({ max: 255 });
/** Colours that stay for two pixels each way, as a movie's do. */
const canvases = fc
  .array(fc.tuple(byte, byte, byte), { minLength: 24, maxLength: 24 })
  .map((colours): Picture => {
    const data = new Uint8Array(size.width * size.height * 4);
    for (let at = 0; at < size.width * size.height; at += 1) {
      const [x, y] = [at % size.width, Math.floor(at / size.width)];
      data.set(colours[(y >> 1) * 6 + (x >> 1)] ?? [], at * 4);
      data[at * 4 + 3] = 255;
    }
    return { data, width: size.width, height: size.height, channels: 4 };
  });
const pictures = fc
  .record({
    width: fc.integer({ min: 1, max: 9 }),
    height: fc.integer({ min: 1, max: 9 }),
    channels: fc.constantFrom(3 as const, 4 as const),
  })
  .chain(({ width, height, channels }) =>
    fc
      .uint8Array({ minLength: width * height * channels, maxLength: width * height * channels })
      .map((data): Picture => ({ data, width, height, channels })),
  );
const place = fc.integer({ min: -8, max: 14 });

describe('a layer on planes', () => {
  it('is what it is on the same frame in RGB, wherever it lies', () => {
    fc.assert(
      fc.property(canvases, pictures, place, place, (canvas, picture, left, top) => {
        const planes = planesOf(canvas);
        const layer = planeLayer({ picture, left, top }, size);
        if (layer !== undefined) {
          drawOnPlanes({ data: planes, ...size }, layer);
        }
        drawPicture(canvas, picture, { left, top });
        const off = planesOf(canvas).map((value, at) => Math.abs(value - (planes[at] ?? 0)));
        expect(Math.max(...off)).toBeLessThanOrEqual(2);
      }),
      { numRuns: 300 },
    );
  });

  it('is nothing where it is outside', () => {
    const picture: Picture = { data: new Uint8Array(12), width: 2, height: 2, channels: 3 };
    expect(planeLayer({ picture, left: 12, top: 0 }, size)).toBeUndefined();
    expect(planeLayer({ picture, left: 0, top: -2 }, size)).toBeUndefined();
  });
});

describe('planes of full range', () => {
  it('become limited: black, white, and no colour stays none', () => {
    const planes = Uint8Array.of(0, 255, 128, 64, 128, 0);
    expect([...limitedPlanes({ planes: new Uint8Array(planes), isFullRange: true })]).toEqual([
      16, 235, 126, 71, 128, 16,
    ]);
    expect(limitedPlanes({ planes, isFullRange: false })).toEqual(planes);
  });
});
