import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createCanvas, drawPicture, type Picture } from '../../../../functions/kernel/drawing/canvas.ts';
import { circleMask } from '../../../../functions/kernel/drawing/circle-mask.ts';

const opaque = (red: number, green = red, blue = red) => ({ red, green, blue, alpha: 255 });
const picture = (channels: 3 | 4, ...pixels: readonly (readonly number[])[]): Picture => ({
  data: Uint8Array.from(pixels.flat()),
  width: pixels.length,
  height: 1,
  channels,
});

describe('createCanvas', () => {
  it('has three channels for an opaque colour and four for any other', () => {
    expect(createCanvas(3, 2, opaque(1, 2, 3))).toEqual({
      data: Uint8Array.from([1, 2, 3, 1, 2, 3, 1, 2, 3, 1, 2, 3, 1, 2, 3, 1, 2, 3]),
      width: 3,
      height: 2,
      channels: 3,
    });
    expect(createCanvas(1, 2, { red: 9, green: 8, blue: 7, alpha: 6 }).data).toEqual(
      Uint8Array.from([9, 8, 7, 6, 9, 8, 7, 6]),
    );
  });
});

describe('drawPicture', () => {
  it('mixes by alpha, rounded', () => {
    const canvas = createCanvas(3, 1, opaque(100));
    drawPicture(canvas, picture(4, [200, 0, 0, 0], [200, 0, 0, 128], [200, 0, 0, 255]), { left: 0, top: 0 });
    expect([...canvas.data]).toEqual([100, 100, 100, 150, 50, 50, 200, 0, 0]);
  });

  it('leaves out what lies outside of the canvas, on every side', () => {
    for (const at of [
      { left: -1, top: 0 },
      { left: 1, top: 0 },
      { left: 0, top: -1 },
      { left: 0, top: 1 },
      { left: 9, top: 9 },
      { left: -9, top: -9 },
    ]) {
      for (const channels of [3, 4] as const) {
        const canvas = createCanvas(2, 2, opaque(0));
        const full = createCanvas(2, 2, { red: 7, green: 7, blue: 7, alpha: 255 });
        const source: Picture =
          channels === 3 ? full : { ...createCanvas(2, 2, { red: 7, green: 7, blue: 7, alpha: 254 }) };
        drawPicture(canvas, source, at);
        for (let y = 0; y < 2; y += 1) {
          for (let x = 0; x < 2; x += 1) {
            const inside = x >= at.left && x < at.left + 2 && y >= at.top && y < at.top + 2;
            expect(canvas.data[(y * 2 + x) * 3]).toBe(inside ? 7 : 0);
          }
        }
      }
    }
  });

  it('draws through a mask', () => {
    const canvas = createCanvas(3, 1, opaque(0));
    const mask = { data: Uint8Array.from([0, 128, 255]), width: 3, height: 1 };
    drawPicture(
      canvas,
      picture(3, [255, 255, 255], [255, 255, 255], [255, 255, 255]),
      { left: 0, top: 0 },
      mask,
    );
    expect([...canvas.data]).toEqual([0, 0, 0, 128, 128, 128, 255, 255, 255]);
  });

  it('composes as the formula says, on transparent canvases too', () => {
    const channel = fc.integer({ min: 0, max: 255 });
    const pixel = fc.tuple(channel, channel, channel, channel);
    fc.assert(
      fc.property(pixel, pixel, (below, above) => {
        const canvas: Picture = { data: Uint8Array.from(below), width: 1, height: 1, channels: 4 };
        drawPicture(canvas, picture(4, above), { left: 0, top: 0 });
        const [a, b] = [above[3] / 255, (below[3] / 255) * (1 - above[3] / 255)];
        expect(Math.abs((canvas.data[3] ?? 0) - (a + b) * 255)).toBeLessThanOrEqual(1);
        for (const index of [0, 1, 2] as const) {
          const expected = a + b === 0 ? below[index] : (above[index] * a + below[index] * b) / (a + b);
          expect(Math.abs((canvas.data[index] ?? 0) - expected)).toBeLessThanOrEqual(1);
        }
      }),
    );
  });
});

describe('circleMask', () => {
  it('has the area of a circle, a smooth edge and empty corners', () => {
    for (const [width, height] of [
      [200, 200],
      [120, 80],
      [31, 31],
    ] as const) {
      const { data } = circleMask(width, height);
      const area = data.reduce((sum, value) => sum + value, 0) / 255;
      expect(area / ((Math.PI * width * height) / 4)).toBeCloseTo(1, 2);
      expect([data[0], data.at(-1)]).toEqual([0, 0]);
      expect(data[Math.floor(height / 2) * width + Math.floor(width / 2)]).toBe(255);
      expect(new Set(data).size).toBeGreaterThan(10);
    }
  });
});
