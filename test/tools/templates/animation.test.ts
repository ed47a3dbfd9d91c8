import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TemplateTrack } from '../../../functions/contracts/template.ts';
import { delaysOf, drawingsOf, placeholdersIn, valueAt } from '../../../tools/templates/animation.ts';

const keys = (ease: 'linear' | 'smooth' | 'step'): TemplateTrack => ({
  kind: 'keys',
  ease,
  keys: [
    [100, 0],
    [300, 10],
    [500, -10],
  ],
});

describe('A track of keys', () => {
  it('holds its first value before and its last value after', () => {
    expect([0, 100, 500, 9000].map((at) => valueAt(keys('linear'), at))).toEqual([0, 0, -10, -10]);
  });

  it('goes evenly from one key to the next', () => {
    expect([150, 200, 300, 400].map((at) => valueAt(keys('linear'), at))).toEqual([2.5, 5, 10, 0]);
  });

  it('begins and ends gently when it is smooth', () => {
    expect([150, 200, 250].map((at) => valueAt(keys('smooth'), at))).toEqual([1.5625, 5, 8.4375]);
  });

  it('jumps at its keys when it steps', () => {
    expect([299, 300, 499, 500].map((at) => valueAt(keys('step'), at))).toEqual([0, 10, 10, -10]);
  });

  it('is never beyond its keys', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.integer({ min: 0, max: 5000 }), { minLength: 1, maxLength: 8 }),
        fc.array(fc.integer({ min: -500, max: 500 }), { minLength: 8, maxLength: 8 }),
        fc.constantFrom('linear' as const, 'smooth' as const, 'step' as const),
        fc.integer({ min: 0, max: 6000 }),
        (times, values, ease, at) => {
          const made = times
            .toSorted((one, other) => one - other)
            .map((time, index): [number, number] => [time, values[index] ?? 0]);
          const reached = made.map(([, value]) => value);
          const value = valueAt({ kind: 'keys', ease, keys: made }, at);
          expect(value).toBeGreaterThanOrEqual(Math.min(...reached) - 1e-9);
          expect(value).toBeLessThanOrEqual(Math.max(...reached) + 1e-9);
        },
      ),
    );
  });
});

describe('A wave', () => {
  const wave: TemplateTrack = { kind: 'wave', low: -2, high: 4, periodMs: 800, phase: 0 };

  it('goes from low to high and back within its period', () => {
    expect([0, 200, 400, 600, 800].map((at) => valueAt(wave, at))).toEqual(
      [-2, 1, 4, 1, -2].map((value) => expect.closeTo(value, 9)),
    );
  });

  it('begins elsewhere with a phase', () => {
    expect(valueAt({ ...wave, phase: 0.5 }, 0)).toBeCloseTo(4, 9);
  });
});

describe('Frames of a drawing', () => {
  it('name each placeholder once', () => {
    expect(placeholdersIn('<g a="{{turn}} {{rise}}" b="{{turn}}"/>')).toEqual(['turn', 'rise']);
  });

  it('have the delays of their runs', () => {
    expect(
      delaysOf({
        frames: [
          { count: 3, delayMs: 40 },
          { count: 1, delayMs: 900 },
        ],
      }),
    ).toEqual([40, 40, 40, 900]);
  });

  it('have the values of the moment at which they begin, whatever the delays', () => {
    const animation = {
      frames: [
        { count: 1, delayMs: 100 },
        { count: 2, delayMs: 200 },
      ],
      tracks: {
        x: {
          kind: 'keys' as const,
          ease: 'linear' as const,
          keys: [
            [0, 0],
            [300, 1],
          ] satisfies [number, number][],
        },
      },
    };
    expect(drawingsOf('<g x="{{x}}" y="{{x}}"/>', animation)).toEqual([
      '<g x="0" y="0"/>',
      '<g x="0.333" y="0.333"/>',
      '<g x="1" y="1"/>',
    ]);
  });

  it('cannot be drawn with a placeholder that has no track', () => {
    const animation = { frames: [{ count: 2, delayMs: 50 }], tracks: {} };
    expect(() => drawingsOf('<g x="{{lost}}"/>', animation)).toThrow('There is no track “lost”');
  });
});
