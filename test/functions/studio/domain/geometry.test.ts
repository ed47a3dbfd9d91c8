import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RecipeInput } from '../../../../functions/contracts/recipe.ts';
import type { PixelSize, PlannedStep } from '../../../../functions/studio/domain/plan.ts';
import { animationOf, clipOf, planOf, stillOf, uploadOf } from './recipes.ts';

type Steps = NonNullable<RecipeInput['geometry']>;

const planned = (geometry: Steps, output: Partial<RecipeInput['output']> = {}, source = stillOf(1200, 900)) =>
  planOf({ source: uploadOf('photo'), geometry, output: { format: 'png', ...output } }, { photo: source });
const stepsOf = (geometry: Steps, output: Partial<RecipeInput['output']> = {}) =>
  planned(geometry, output).sources[0]?.geometry;

describe('geometry in whole pixels', () => {
  it('crops to a box, and to the largest box of an aspect', () => {
    expect(stepsOf([{ op: 'crop', to: { left: 0.25, top: 0.5, width: 0.5, height: 0.5 } }])).toEqual([
      { op: 'crop', left: 300, top: 450, width: 600, height: 450 },
    ]);
    expect(stepsOf([{ op: 'crop', to: { aspect: '1:1' } }])).toEqual([
      { op: 'crop', left: 150, top: 0, width: 900, height: 900 },
    ]);
    expect(stepsOf([{ op: 'crop', to: { aspect: '1:1', focus: 'attention' } }])).toEqual([
      { op: 'crop-to-attention', width: 900, height: 900 },
    ]);
  });

  it('resizes to fit, to fill and to cover', () => {
    expect(stepsOf([{ op: 'resize', width: 400, height: 400 }])).toEqual([
      { op: 'resize', width: 400, height: 300 },
    ]);
    expect(stepsOf([{ op: 'resize', height: 300 }])).toEqual([{ op: 'resize', width: 400, height: 300 }]);
    expect(stepsOf([{ op: 'resize', width: 400, height: 400, fit: 'fill' }])).toEqual([
      { op: 'resize', width: 400, height: 400 },
    ]);
    expect(stepsOf([{ op: 'resize', width: 300, height: 300, fit: 'cover' }])).toEqual([
      { op: 'resize', width: 400, height: 300 },
      { op: 'crop', left: 50, top: 0, width: 300, height: 300 },
    ]);
  });

  it('turns by quarters without loss, and by any angle onto a canvas that holds everything', () => {
    expect(stepsOf([{ op: 'rotate', degrees: -90 }])).toEqual([
      { op: 'turn', degrees: 270, width: 900, height: 1200 },
    ]);
    expect(stepsOf([{ op: 'rotate', degrees: -360 }])).toEqual([]);
    expect(stepsOf([{ op: 'rotate', degrees: 45, background: '#123456' }])).toEqual([
      { op: 'rotate', degrees: 45, background: '#123456', width: 1485, height: 1485 },
    ]);
  });

  it('leaves out what changes nothing', () => {
    expect(
      stepsOf([
        { op: 'crop', to: { left: 0, top: 0, width: 1, height: 1 } },
        { op: 'resize', width: 1200 },
        { op: 'crop', to: { aspect: '4:3' } },
      ]),
    ).toEqual([]);
  });

  it('makes smaller what is cut and before it is turned and padded, for a narrow result', () => {
    expect(
      stepsOf(
        [
          { op: 'crop', to: { aspect: '1:1' } },
          { op: 'rotate', degrees: 45, background: '#000000' },
          { op: 'pad', bottom: 127, colour: '#ffffff' },
        ],
        { width: 400 },
      ),
    ).toEqual([
      { op: 'crop', left: 150, top: 0, width: 900, height: 900 },
      { op: 'resize', width: 283, height: 283 },
      { op: 'rotate', degrees: 45, background: '#000000', width: 401, height: 401 },
      expect.objectContaining({ op: 'pad', width: 400, height: 440 }),
    ]);
  });

  it('resizes once where the recipe and the width of the result both ask for it', () => {
    expect(stepsOf([{ op: 'resize', width: 600 }], { width: 300 })).toEqual([
      { op: 'resize', width: 300, height: 225 },
    ]);
  });
});

describe('the canvas', () => {
  it('is as large as what the recipe makes, bounded by what the format is usually sent as', () => {
    expect(planned([], {}, stillOf(6000, 4000)).canvas).toEqual({ width: 4096, height: 2731 });
    const moving = (format: 'gif' | 'webp' | 'mp4') =>
      planOf(
        { source: uploadOf('clip'), output: { format } },
        { clip: clipOf(30, 30, { width: 3840, height: 2160 }) },
      );
    expect(moving('gif').canvas).toEqual({ width: 800, height: 450 });
    expect(moving('webp').canvas).toEqual({ width: 1080, height: 608 });
    expect(moving('mp4').canvas).toEqual({ width: 1920, height: 1080 });
    expect(moving('gif').notes).toContainEqual(expect.stringContaining('unless output.width asks for it'));
  });

  it('has even sides in a movie, and the answer says so', () => {
    const plan = planOf(
      { source: uploadOf('gif'), output: { format: 'mp4', width: 255 } },
      { gif: animationOf([100, 100], 301, 201) },
    );
    expect(plan.canvas).toEqual({ width: 256, height: 170 });
    expect(plan.notes).toEqual(['A movie has even sides: 255 pixels became 256.']);
  });
});

const fraction = fc.integer({ min: 0, max: 50 }).map((hundredths) => hundredths / 100);
const step: fc.Arbitrary<Steps[number]> = fc.oneof(
  fc.record({ left: fraction, top: fraction, width: fraction, height: fraction }).map((box) => ({
    op: 'crop' as const,
    to: {
      left: box.left,
      top: box.top,
      width: 1 - box.left - box.width * (1 - box.left),
      height: 1 - box.top,
    },
  })),
  fc.constantFrom('1:1', '16:9', '9:16', '3:2').map((aspect) => ({ op: 'crop' as const, to: { aspect } })),
  fc.record({
    op: fc.constant('resize' as const),
    width: fc.integer({ min: 20, max: 1500 }),
    height: fc.integer({ min: 20, max: 1500 }),
    fit: fc.constantFrom('fit' as const, 'fill' as const, 'cover' as const),
  }),
  fc.integer({ min: -360, max: 360 }).map((degrees) => ({ op: 'rotate' as const, degrees })),
  fc.constantFrom('horizontal' as const, 'vertical' as const).map((axis) => ({ op: 'flip' as const, axis })),
  fc.record({
    op: fc.constant('pad' as const),
    top: fc.integer({ min: 0, max: 200 }),
    left: fc.integer({ min: 0, max: 200 }),
  }),
);

/** Carries a step out on nothing but the size, as strictly as a library would. */
function follow(size: PixelSize, planned: PlannedStep): PixelSize {
  expect(Number.isInteger(planned.width) && Number.isInteger(planned.height)).toBe(true);
  expect(Math.min(planned.width, planned.height)).toBeGreaterThan(0);
  if (planned.op === 'crop') {
    expect(planned.left).toBeGreaterThanOrEqual(0);
    expect(planned.top).toBeGreaterThanOrEqual(0);
    expect(planned.left + planned.width).toBeLessThanOrEqual(size.width);
    expect(planned.top + planned.height).toBeLessThanOrEqual(size.height);
  }
  if (planned.op === 'flip') {
    expect(planned).toMatchObject(size);
  }
  return { width: planned.width, height: planned.height };
}

describe('any geometry', () => {
  it('leads from the source to the canvas, each step within what comes before it', () => {
    fc.assert(
      fc.property(
        fc.array(step, { maxLength: 5 }),
        fc.option(fc.integer({ min: 40, max: 900 }), { nil: undefined }),
        fc.constantFrom('png' as const, 'mp4' as const),
        (geometry, width, format) => {
          const output = { format, background: '#ffffff', ...(width === undefined ? {} : { width }) };
          const recipe = { source: uploadOf('photo'), geometry, output };
          let plan;
          try {
            plan = planOf(recipe, { photo: stillOf(640, 480) });
          } catch {
            // Too large or too small on the way: refused, which is tested elsewhere.
            fc.pre(false);
            return;
          }
          const [source] = plan.sources;
          const end = source?.geometry.reduce(follow, { width: 640, height: 480 });
          expect(end).toEqual(plan.canvas);
          if (width !== undefined && format === 'png') {
            expect(plan.canvas.width).toBe(width);
          }
        },
      ),
      { numRuns: 1000 },
    );
  });
});
