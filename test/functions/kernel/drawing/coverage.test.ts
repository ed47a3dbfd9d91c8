import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  covers,
  packCoverage,
  toCoverage,
  unpackCoverage,
} from '../../../../functions/kernel/drawing/coverage.ts';

describe('what a font covers', () => {
  it('is written in a few bytes and read back', () => {
    expect(
      packCoverage([
        [32, 129],
        [134, 134],
      ]),
    ).toBe('w.2p,5');
    expect(unpackCoverage('w.2p,5')).toEqual([
      [32, 129],
      [134, 134],
    ]);
    expect(unpackCoverage(packCoverage([]))).toEqual([]);
  });

  it('is the same after that, whatever it is', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 0x10ffff })), (points) => {
        const coverage = toCoverage(points);
        const read = unpackCoverage(packCoverage(coverage));
        expect(read).toEqual(coverage);
        expect(points.every((point) => covers(read, point))).toBe(true);
      }),
    );
  });
});
