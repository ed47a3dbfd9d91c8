import { describe, expect, it } from 'vitest';
import { toRgba } from '../../../../../functions/kernel/drawing/channels.ts';
import { rgbaToI420 } from '../../../../../functions/studio/adapters/movies/rgba-to-i420.ts';
import { createPainter } from '../../../../../functions/studio/adapters/sharp-painter.ts';
import { showsMovieAsItIs } from '../../../../../functions/studio/domain/painting/decode-plan.ts';
import type { FrameLayer, Plan, PlannedFrame } from '../../../../../functions/studio/domain/plan.ts';
import { captionOf, font, frameOf, planOf, uploadOf } from './plans.ts';
import { photo, picture } from './test-pictures.ts';

const [width, height] = [320, 180];
const convert = rgbaToI420({ width, height, background: [0, 0, 0] });
const planesOf = (rgba: Uint8Array): Uint8Array => {
  const planes = new Uint8Array(width * height * 1.5);
  convert(rgba, planes);
  return planes;
};
const layer = (over: Partial<FrameLayer>): FrameLayer => ({
  layer: 0,
  opacity: 1,
  dx: 0,
  dy: 0,
  frame: undefined,
  ...over,
});
const showing = (frame: number, ...layers: FrameLayer[]): PlannedFrame =>
  frameOf({ sources: [{ source: 0, frame, weight: 1 }], layers });

/** A caption that comes, fades and slides; one frame is shown three times. */
const plan: Plan = planOf(width, height, {
  sources: [uploadOf(width, height, [], 'movie')],
  layers: [captionOf({ box: { left: 21, top: 31, width: 250, height: 60 } })],
  frames: [
    showing(0),
    showing(1, layer({ opacity: 0.4 })),
    showing(1, layer({ opacity: 0.4, dx: 7, dy: 3 })),
    showing(1, layer({})),
    showing(2, layer({})),
  ],
  isMoving: true,
  background: '#ffffff',
  output: { format: 'mp4', quality: 80, dither: false, maxBytes: undefined },
});

describe('a movie that is shown as it is', () => {
  it('is painted in its planes as it would be in RGB', async () => {
    const source = async (_: number, frame: number) => picture(photo(width, height, frame * 5), width);
    const asked: number[] = [];
    const overlay = async () => await Promise.reject(new Error('There is none'));
    const inRgb = createPainter(plan, { font, pixels: { source, overlay } });
    const inPlanes = createPainter(plan, {
      font,
      pixels: {
        source,
        overlay,
        planes: async (frame) => {
          asked.push(frame);
          return planesOf(photo(width, height, frame * 5));
        },
      },
    });
    expect(inRgb.paintPlanes).toBeUndefined();
    for (const frame of plan.frames) {
      const expected = planesOf(toRgba(await inRgb.paint(frame)).data);
      const painted = (await inPlanes.paintPlanes?.(frame)) ?? new Uint8Array();
      const error = painted.reduce((sum, value, at) => sum + (value - (expected[at] ?? 0)) ** 2, 0);
      expect(10 * Math.log10((255 ** 2 * expected.length) / Math.max(error, 1))).toBeGreaterThan(48);
    }
    expect(asked).toEqual([0, 1, 2]);
  });

  it.each([
    ['as it is', {}, true],
    [
      'smaller',
      {
        canvas: { width: 160, height: 90 },
        sources: [uploadOf(width, height, [{ op: 'resize', width: 160, height: 90 }], 'movie')],
      },
      true,
    ],
    ['as a GIF', { output: { ...plan.output, format: 'gif' } }, false],
    ['with a look', { looks: [{ look: 'sepia' }] }, false],
    [
      'mirrored',
      { sources: [uploadOf(width, height, [{ op: 'flip', axis: 'horizontal', width, height }], 'movie')] },
      false,
    ],
    [
      'larger',
      {
        canvas: { width: 640, height: 360 },
        sources: [uploadOf(width, height, [{ op: 'resize', width: 640, height: 360 }], 'movie')],
      },
      false,
    ],
    ['of an animation', { sources: [uploadOf(width, height, [], 'animation')] }, false],
    ['of two', { sources: [...plan.sources, ...plan.sources] }, false],
  ] satisfies [string, Partial<Plan>, boolean][])('is one %s, or is none', (_name, over, expected) => {
    expect(showsMovieAsItIs({ ...plan, ...over })).toBe(expected);
  });
});
