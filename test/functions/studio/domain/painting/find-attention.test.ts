import { describe, expect, it } from 'vitest';
import type { Picture } from '../../../../../functions/kernel/drawing/canvas.ts';
import { findAttention } from '../../../../../functions/studio/domain/painting/find-attention.ts';

type Rgb = readonly [number, number, number];

/** A picture of one colour with a disc of another. */
function disc(ground: Rgb, colour: Rgb, x: number, y: number, radius: number): Picture {
  const [width, height] = [400, 300];
  const data = new Uint8Array(width * height * 3);
  for (let row = 0; row < height; row += 1) {
    for (let column = 0; column < width; column += 1) {
      const isInside = Math.hypot(column - x, row - y) < radius;
      data.set(isInside ? colour : ground, (row * width + column) * 3);
    }
  }
  return { data, width, height, channels: 3 };
}

const grey: Rgb = [128, 128, 128];

describe('the point of attention', () => {
  it.each([
    ['skin', [224, 172, 140]],
    ['dark skin', [120, 78, 58]],
    ['a bright colour', [30, 60, 240]],
    ['something light', [250, 250, 250]],
  ] as const)('is where there is %s', (_, colour) => {
    for (const [x, y] of [
      [80, 80],
      [320, 200],
    ] as const) {
      const focus = findAttention(disc(grey, colour, x, y, 30));
      expect(Math.hypot(focus.x * 400 - x, focus.y * 300 - y)).toBeLessThan(40);
    }
  });

  it('is skin rather than a colour of the same size', () => {
    const picture = disc(grey, [224, 172, 140], 100, 150, 30);
    const other = disc(grey, [60, 140, 70], 300, 150, 30);
    for (let at = 0; at < picture.data.length; at += 3) {
      if ((at / 3) % 400 >= 200) {
        picture.data.set(other.data.subarray(at, at + 3), at);
      }
    }
    expect(findAttention(picture).x).toBeLessThan(0.5);
  });

  it('is on the picture even where there is nothing to see', () => {
    const { x, y } = findAttention(disc(grey, grey, 0, 0, 1));
    expect(x).toBeGreaterThanOrEqual(0);
    expect(x).toBeLessThanOrEqual(1);
    expect(y).toBeGreaterThanOrEqual(0);
    expect(y).toBeLessThanOrEqual(1);
  });
});
