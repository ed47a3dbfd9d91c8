import type { Coverage } from '../../contracts/coverage.ts';

/** Whether `codePoint` lies in one of the ranges. */
export function covers(coverage: Coverage, codePoint: number): boolean {
  let low = 0;
  let high = coverage.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const [first, last] = coverage[middle] ?? [Infinity, -Infinity];
    if (codePoint < first) {
      high = middle - 1;
    } else if (codePoint > last) {
      low = middle + 1;
    } else {
      return true;
    }
  }
  return false;
}

/** The ranges that hold exactly `codePoints`. */
export function toCoverage(codePoints: Iterable<number>): Coverage {
  const ranges: Coverage = [];
  for (const codePoint of [...new Set(codePoints)].toSorted((a, b) => a - b)) {
    const range = ranges.at(-1);
    if (range !== undefined && range[1] === codePoint - 1) {
      range[1] = codePoint;
    } else {
      ranges.push([codePoint, codePoint]);
    }
  }
  return ranges;
}

/**
 * The ranges in a few bytes: for each how far it begins after the one before and, where it holds more than one code point, how many more; both in base 36.
 * `w.2p,5` are the 98 code points from 32 on, and the one that is five after them.
 */
export function packCoverage(coverage: Coverage): string {
  let end = 0;
  return coverage
    .map(([first, last]) => {
      const gap = (first - end).toString(36);
      end = last;
      return last === first ? gap : `${gap}.${(last - first).toString(36)}`;
    })
    .join(',');
}

/** What `packCoverage` made text of. */
export function unpackCoverage(packed: string): Coverage {
  let end = 0;
  return packed === ''
    ? []
    : packed.split(',').map((range) => {
        const [gap = '', more = '0'] = range.split('.');
        const first = end + Number.parseInt(gap, 36);
        end = first + Number.parseInt(more, 36);
        return [first, end];
      });
}
