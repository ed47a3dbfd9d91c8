import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Mask, outlineOf } from '../../../../functions/kernel/drawing/outline.ts';

const side = 61;
const middle = 30;

const maskOf = (covered: (x: number, y: number) => number): Mask => {
  const data = new Uint8Array(side * side);
  for (let at = 0; at < data.length; at += 1) {
    data[at] = Math.round(255 * covered(at % side, Math.floor(at / side)));
  }
  return { data, width: side, height: side };
};

const dot = maskOf((x, y) => (x === middle && y === middle ? 1 : 0));
/** A disc with a smooth edge. */
const disc = (radius: number): Mask =>
  maskOf((x, y) => Math.min(1, Math.max(0, radius + 0.5 - Math.hypot(x - middle, y - middle))));

const at = ({ data, width }: Mask, x: number, y: number): number => data[y * width + x] ?? -1;

describe('outlineOf', () => {
  it('is a disc around a dot: round, crisp, with a smooth edge', () => {
    const outline = outlineOf(dot, 9);
    for (let y = 0; y < side; y += 1) {
      for (let x = 0; x < side; x += 1) {
        const expected = Math.min(1, Math.max(0, 9.5 - Math.hypot(x - middle, y - middle)));
        expect(Math.abs(at(outline, x, y) - expected * 255)).toBeLessThanOrEqual(1);
      }
    }
  });

  it('grows a disc with a smooth edge by its radius, within a third of a pixel all around', () => {
    const [grown, expected] = [outlineOf(disc(12), 8), disc(20)];
    for (let index = 0; index < grown.data.length; index += 1) {
      expect(Math.abs((grown.data[index] ?? 0) - (expected.data[index] ?? 0))).toBeLessThanOrEqual(
        255 * 0.36,
      );
    }
    const area = (mask: Mask): number => mask.data.reduce((sum, value) => sum + value, 0) / 255;
    expect(area(grown) / area(expected)).toBeCloseTo(1, 1);
  });

  it('is empty around nothing', () => {
    expect(
      outlineOf(
        maskOf(() => 0),
        5,
      ).data.every((value) => value === 0),
    ).toBe(true);
  });

  it('is what the nearest covered pixel says, for any shape', () => {
    const pixels = fc.array(fc.tuple(fc.integer({ min: 15, max: 45 }), fc.integer({ min: 15, max: 45 })), {
      minLength: 1,
      maxLength: 12,
    });
    fc.assert(
      fc.property(pixels, fc.double({ min: 0.5, max: 12, noNaN: true }), (points, radius) => {
        const outline = outlineOf(
          maskOf((x, y) => (points.some(([px, py]) => px === x && py === y) ? 1 : 0)),
          radius,
        );
        for (let index = 0; index < outline.data.length; index += 7) {
          const [x, y] = [index % side, Math.floor(index / side)];
          const distance = Math.min(...points.map(([px, py]) => Math.hypot(px - x, py - y)));
          const expected = Math.min(1, Math.max(0, radius + 0.5 - distance)) * 255;
          expect(Math.abs((outline.data[index] ?? 0) - expected)).toBeLessThanOrEqual(1);
        }
      }),
      { numRuns: 40 },
    );
  });
});
