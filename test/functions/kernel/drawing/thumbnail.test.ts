import { describe, expect, it } from 'vitest';
import { createCanvas, drawPicture } from '../../../../functions/kernel/drawing/canvas.ts';
import { thumbnail } from '../../../../functions/kernel/drawing/thumbnail.ts';

const grey = (value: number) => ({ red: value, green: value, blue: value, alpha: 255 });

describe('thumbnail', () => {
  it('is small, of the same shape, and shows the same', () => {
    const picture = createCanvas(900, 600, grey(0));
    drawPicture(picture, createCanvas(450, 600, grey(200)), { left: 450, top: 0 });
    const small = thumbnail(picture, 90);
    expect([small.width, small.height, small.channels]).toEqual([90, 60, 3]);
    expect([...small.data.subarray(44 * 3, 46 * 3)]).toEqual([0, 0, 0, 200, 200, 200]);
  });

  it('evens out grain', () => {
    const picture = createCanvas(300, 300, grey(0));
    for (let at = 0; at < picture.data.length; at += 3) {
      picture.data.fill(((at / 3) * 7919) % 11 < 6 ? 100 : 140, at, at + 3);
    }
    const { data } = thumbnail(picture, 60);
    expect(Math.min(...data)).toBeGreaterThan(105);
    expect(Math.max(...data)).toBeLessThan(135);
  });

  it('does not enlarge', () => {
    const tiny = createCanvas(3, 2, { red: 1, green: 2, blue: 3, alpha: 4 });
    expect(thumbnail(tiny, 96)).toEqual(tiny);
  });
});
