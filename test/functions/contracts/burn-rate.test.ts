import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { burnPairs, partOf } from '../../../functions/contracts/burn-rate.ts';

const names = (atLeast: number): string[] =>
  burnPairs(atLeast).flatMap((pair) => [partOf(pair, pair.long), partOf(pair, pair.short)]);

describe('the pairs of windows of an objective', () => {
  it('are four for a strict one: two wake somebody up, two wait for the morning', () => {
    expect(names(0.999)).toEqual([
      '1h-14.4x',
      '5m-14.4x',
      '6h-6x',
      '30m-6x',
      '1d-3x',
      '2h-3x',
      '3d-1x',
      '6h-1x',
    ]);
    expect(burnPairs(0.999).map(({ severity }) => severity)).toEqual(['page', 'page', 'ticket', 'ticket']);
  });

  it('leave out what cannot happen: a budget of a tenth never burns 14.4 times too fast', () => {
    expect(names(0.93)).not.toContain('1h-14.4x');
    expect(names(0.9)).toEqual(['6h-6x', '30m-6x', '1d-3x', '2h-3x', '3d-1x', '6h-1x']);
  });

  it('can all be broken by a service that answers nothing as promised, and fit what CloudWatch looks back', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.01, max: 0.99999, noNaN: true }), (atLeast) => {
        for (const { factor, long, short } of burnPairs(atLeast)) {
          expect(1 / (1 - atLeast)).toBeGreaterThan(factor);
          expect(long.minutes).toBeLessThanOrEqual(7 * 24 * 60);
          expect(short.minutes).toBeLessThan(long.minutes);
        }
      }),
    );
  });
});
