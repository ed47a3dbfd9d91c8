import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { medianOf } from '../../../../functions/deployments/domain/median.ts';

describe('the median', () => {
  it('is the middle of what is sorted, or the mean of the two in the middle', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 50 }), { minLength: 1, maxLength: 60 }),
        fc.integer({ min: 0, max: 20 }),
        (ended, open) => {
          const all = [...ended.toSorted((a, b) => a - b), ...Array.from({ length: open }, () => Infinity)];
          const lower = all[Math.floor((all.length - 1) / 2)] ?? 0;
          const upper = all[Math.floor(all.length / 2)] ?? 0;
          expect(medianOf(ended, open)).toEqual(
            upper === Infinity ? { unknown: 'most-are-still-open' } : { ms: (lower + upper) / 2 },
          );
        },
      ),
      { numRuns: 500 },
    );
  });

  it('of nothing is unknown', () => {
    expect(medianOf([], 0)).toEqual({ unknown: 'nothing-to-measure' });
    expect(medianOf([], 1)).toEqual({ unknown: 'most-are-still-open' });
  });

  it('of very many is found at once, whatever their order', () => {
    const count = 200_001;
    const rising = Array.from({ length: count }, (_, index) => index);
    for (const values of [rising, rising.toReversed(), rising.map((value) => value % 2)]) {
      const expected = values.toSorted((a, b) => a - b)[(count - 1) / 2];
      expect(medianOf(values, 0)).toEqual({ ms: expected });
    }
  });
});
